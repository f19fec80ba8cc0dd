#!/usr/bin/env python3
"""Checks an inbox of any size on an Apache Spark cluster and merges it into one workbook.

    spark-submit huizong_spark.py --inbox hdfs:///收件 --lines hdfs:///审核 -o 汇总.xlsx

Map: Spark hands the files to its workers (`binaryFiles`), and each partition goes through one `huizong check --format
jsonl` (`mapPartitions`), which writes a line for every form, finding and file. A worker that dies loses nothing: Spark
gives its partitions to another, and only whole partitions are ever saved. Reduce: `huizong merge` takes the lines in
place of the files and writes the same workbook, byte for byte, as one run over all files would.

The program has to be at the same path on every worker (--tool); a campaign that is a file is sent along with the lists
beside it.
Lines that are there already, from a map that was interrupted before merging, are not made again.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pyspark import SparkConf, SparkContext


def check_partition(tool, options, name, campaign):
    """A function for `mapPartitions`: files, as (place below the inbox, content), become lines."""

    def check(files):
        with tempfile.TemporaryDirectory() as folder:
            inbox = Path(folder) / name
            count = 0
            for place, content in files:
                target = inbox / place
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
                count += 1
            if count == 0:
                return
            arguments = [tool, "check", name, "--inbox", name, "--format", "jsonl", "--yes", *options]
            if campaign:
                main, parts = campaign.value
                place = Path(folder) / "campaign"
                place.mkdir()
                for part, content in parts.items():
                    (place / part).write_bytes(content)
                arguments += ["--campaign", str(place / main)]
            # In the folder above, so that files are called as they are called in the inbox.
            run = subprocess.run(arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            # 1 says that there are errors in the forms, which is nothing unusual; anything else is a failed task.
            if run.returncode not in (0, 1):
                raise RuntimeError(f"huizong check: exit {run.returncode}: {run.stderr.decode(errors='replace')}")
            for line in run.stdout.decode().split("\n"):
                if line:
                    yield line

    return check


def campaign_files(given):
    """The campaign's file and the files beside it that it may name: the workers get a copy of each."""
    place = Path(given)
    if place.is_dir():
        main = next((n for n in ("campaign.yaml", "活动.yaml") if (place / n).exists()), None)
        if main is None:
            sys.exit(f"{given}: no campaign.yaml or 活动.yaml in the folder")
        folder = place
    else:
        main, folder = place.name, place.parent
    beside = [p for p in folder.iterdir() if p.is_file() and p.suffix.lower() in (".yaml", ".yml", ".csv")]
    return main, {p.name: p.read_bytes() for p in {*beside, folder / main}}


class Store:
    """The file system that an address belongs to: HDFS, S3, the local disk."""

    def __init__(self, context, address):
        self.jvm = context._jvm
        path = self.jvm.org.apache.hadoop.fs.Path(address)
        self.system = path.getFileSystem(context._jsc.hadoopConfiguration())
        self.path = self.system.makeQualified(path)

    def __str__(self):
        return self.path.toString()

    def exists(self):
        return self.system.exists(self.path)

    def files(self):
        """The address of every file below, whatever its name."""
        found, walk = [], self.system.listFiles(self.path, True)
        while walk.hasNext():
            found.append(walk.next().getPath())
        return found

    def content(self, path):
        stream = self.system.open(path)
        try:
            return bytes(self.jvm.org.apache.commons.io.IOUtils.toByteArray(stream))
        finally:
            stream.close()

    def size(self, path):
        return self.system.getFileStatus(path).getLen()

    def fetch(self, path, target):
        self.system.copyToLocalFile(False, path, self.jvm.org.apache.hadoop.fs.Path(f"file://{target}"), True)


def map_inbox(context, given, inbox, lines, options):
    """Writes the lines of all files of the inbox."""
    name = inbox.path.getName()
    root = f"{inbox}/"
    places = {str(path.toString()): str(path.toString())[len(root):] for path in inbox.files()}
    # Hadoop passes over files and folders whose names begin with a point or an underscore. A unit's figures may be in one.
    hidden = {address for address, place in places.items() if any(part[0] in "._" for part in place.split("/"))}
    seen = len(places) - len(hidden)
    partitions = given.partitions or max(context.defaultParallelism * 4, seen // 250 + 1)
    context._jsc.hadoopConfiguration().set("mapreduce.input.fileinputformat.input.dir.recursive", "true")
    files = context.binaryFiles(str(inbox), minPartitions=partitions) if seen else context.emptyRDD()
    # Paths are short; contents stay where they are until a worker reads them.
    files = files.map(lambda file: (file[0][len(root):], bytes(file[1]))).repartition(partitions)
    if hidden:
        jvm_path = context._jvm.org.apache.hadoop.fs.Path
        extra = [(places[address], inbox.content(jvm_path(address))) for address in sorted(hidden)]
        files = files.union(context.parallelize(extra, min(len(extra), partitions)))
    campaign = None
    if given.campaign and os.path.exists(given.campaign):
        campaign = context.broadcast(campaign_files(given.campaign))
    elif given.campaign:
        options = [*options, "--campaign", given.campaign]
    files.mapPartitions(check_partition(given.tool, options, name, campaign)).saveAsTextFile(str(lines))
    return len(places)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inbox", required=True, help="the folder of all files, at any address that Hadoop reads")
    parser.add_argument("--lines", required=True, help="a folder for the lines, where all workers can write")
    parser.add_argument("-o", "--output", required=True, help="the workbook, on this machine")
    parser.add_argument("--tool", default="huizong", help="the program, at the same path on every worker")
    parser.add_argument("--campaign", help="a built-in campaign, or a campaign file or folder on this machine")
    parser.add_argument("--as-of", help="the day against which deadlines are judged, YYYY-MM-DD")
    parser.add_argument("--partitions", type=int, help="how many parts the inbox is checked in")
    parser.add_argument("merge", nargs="*", help="further options of merge, behind --")
    given = parser.parse_args()

    context = SparkContext(conf=SparkConf().setAppName("huizong"))
    context.setLogLevel("WARN")
    inbox, lines = Store(context, given.inbox.rstrip("/")), Store(context, given.lines.rstrip("/"))
    options = ["--as-of", given.as_of] if given.as_of else []
    if not Store(context, f"{lines}/_SUCCESS").exists():
        if lines.exists():
            sys.exit(f"{lines} is there and not complete; take it away first")
        print(f"{map_inbox(context, given, inbox, lines, options)} files checked", flush=True)

    folder = tempfile.mkdtemp()
    try:
        parts = []
        for path in lines.files():
            # A part to which no file fell is empty.
            if path.getName().startswith("part-") and lines.size(path) > 0:
                parts.append(f"{folder}/{path.getName()}")
                lines.fetch(path, parts[-1])
        context.stop()
        campaign = ["--campaign", given.campaign] if given.campaign else []
        run = subprocess.run([given.tool, "merge", *sorted(parts), "-o", given.output, "--yes", *campaign, *options, *given.merge])
        sys.exit(run.returncode)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
