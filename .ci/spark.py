#!/usr/bin/env python3
"""Examples/distributed on a cluster of four workers, one of which is killed half-way: the same bytes as one run.

spark.py --tool .build/release/huizong [--forms 2000]

The cluster is Spark's local-cluster mode: a master and four workers on this machine, each with a process of its own that
runs the tasks. When half of the parts are done, the process of one is killed; Spark gives what it was working on to
another. Needs pyspark and a Java runtime.
"""
import argparse, os, signal, subprocess, sys, tempfile, time
from pathlib import Path

import shards

JOB = Path(__file__).resolve().parent.parent / "Examples" / "distributed" / "huizong_spark.py"
PARTITIONS = 24


def children(parent):
    """The processes below one, as (pid, command line)."""
    found, waiting = [], [parent]
    while waiting:
        pid = waiting.pop()
        try:
            below = [int(p) for task in Path(f"/proc/{pid}/task").iterdir() for p in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in below:
            try:
                found.append((child, Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()))
            except (FileNotFoundError, ProcessLookupError):
                continue
            waiting.append(child)
    return found


def kill_one_half_way(job, lines):
    """Kills the process of one worker when half of the parts are written. Returns how many were."""
    while job.poll() is None:
        # Where a finished part lies depends on how Hadoop is set up to commit it.
        done = len(list(lines.glob("part-*"))) or len(list(lines.glob("_temporary/*/task_*")))
        if done >= PARTITIONS // 2:
            workers = [pid for pid, command in children(job.pid) if "CoarseGrainedExecutorBackend" in command and "java" in command]
            assert len(workers) == 4, f"{len(workers)} workers instead of 4"
            os.kill(workers[1], signal.SIGKILL)
            return done
        time.sleep(0.02)
    return None


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--forms", type=int, default=2000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tmp = Path(folder)
        root, campaign = shards.inbox(tmp, given.forms, 20241120)
        # Names that Hadoop passes over: a file with figures, and one without.
        first = shards.files(root)[0]
        first.rename(first.with_name("_" + first.name))
        (root / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
        # The campaign travels as a folder, with its list of units.
        place = tmp / "活动"
        place.mkdir()
        (place / "活动.yaml").write_bytes(campaign.read_bytes())
        (tmp / "单位.csv").rename(place / "单位.csv")
        tool = shards.Tool(given.tool, tmp, place)
        start = time.monotonic()
        whole = tool.merge([root.name], "一次.xlsx")
        print(f"  at once: {time.monotonic() - start:.1f} s")
        lines, output = tmp / "审核", tmp / "集群.xlsx"
        environment = dict(os.environ, PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable,
                           SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_DIRS=str(tmp / "spark"))
        command = [sys.executable, "-m", "pyspark.find_spark_home"]
        home = subprocess.run(command, capture_output=True, text=True).stdout.strip()
        environment["SPARK_HOME"] = home
        log = open(tmp / "spark.log", "w")
        start = time.monotonic()
        job = subprocess.Popen(
            [f"{home}/bin/spark-submit", "--master", "local-cluster[4,1,1024]", "--conf", "spark.executor.memory=512m",
             "--conf", "spark.ui.enabled=false", "--conf", "spark.task.maxFailures=8", str(JOB),
             "--inbox", str(root), "--lines", str(lines), "-o", str(output), "--tool", tool.tool, "--campaign", str(place),
             "--partitions", str(PARTITIONS), *shards.AS_OF, "--", "--format", "json"],
            cwd=tmp, env=environment, stdout=subprocess.PIPE, stderr=log)
        killed = kill_one_half_way(job, lines)
        printed = job.communicate()[0]
        log.close()
        said = (tmp / "spark.log").read_text(errors="replace")
        assert job.returncode in (0, 1), f"exit {job.returncode}\n{said[-3000:]}"
        assert output.exists(), f"no workbook\n{printed.decode(errors='replace')[-2000:]}\n{said[-2000:]}"
        assert killed is not None, "all parts were done before a worker could be killed"
        spent = time.monotonic() - start
        # What the job prints itself stands before the JSON of merge.
        assert printed[printed.index(b"{"):] == whole[1], "the cluster prints another JSON than one run"
        assert output.read_bytes() == whole[0], "the cluster writes another workbook than one run"
        lost = said.count("Lost executor")
        assert lost, "Spark has not noticed that a worker was killed"
        print(f"spark: {len(shards.files(root))} files, 4 workers, one killed after {killed} of {PARTITIONS} parts, {spent:.0f} s: the same bytes")


if __name__ == "__main__":
    try:
        main()
    except AssertionError as error:
        sys.exit(f"spark.py: {error}")
