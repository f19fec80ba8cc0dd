#!/usr/bin/env python3
"""An inbox that is checked in parts and merged gives the same bytes as one that is merged at once.

shards.py --tool .build/release/huizong [--forms 2000] [--seed N]

The inbox has a folder for each city, with some forms sent twice under other names, some in two versions, some in zips, and
files that are no forms. It is split at random into 1, 2, 7 and 64 parts; one of the runs is killed and continued. Prints
how long everything takes.
"""
import argparse, json, os, random, shutil, signal, subprocess, sys, tempfile, time, zipfile
from pathlib import Path

import rollup

AS_OF = ["--as-of", "2024-12-05"]


def inbox(tmp, forms, seed):
    """An inbox, and the campaign that it is about."""
    rng = random.Random(seed)
    parts, marks = rollup.pattern(tmp)
    per_city = 50
    cities = rollup.names(max(1, forms // per_city), "市总工会")
    lines, root = ["单位,上级"], tmp / "收件"
    for city in cities:
        lines.append(f"{city},")
        folder = root / city
        folder.mkdir(parents=True)
        packed = []
        for n, unit in enumerate(rollup.names(per_city - 1, "县总工会") + ["教育工会"]):
            lines.append(f"{unit},{city}")
            chance = rng.random()
            if chance < 0.02:
                continue
            path = folder / f"{n + 1:03}.xlsx"
            rollup.write(path, parts, marks, unit, rollup.figures(rng))
            if chance < 0.05:
                # Sent twice: equal content counts once, whichever part it is in.
                shutil.copy(path, folder / f"{n + 1:03} - 副本.xlsx")
            elif chance < 0.09:
                # A second version: the newer one counts, whichever part it is in.
                rollup.write(folder / f"{n + 1:03}（更正）.xlsx", parts, marks, unit, rollup.figures(rng))
            elif chance < 0.11:
                # A form that says nobody's name goes by its file's name.
                rollup.write(path, parts, marks, "", rollup.figures(rng))
                path.rename(folder / f"{unit}.xlsx")
            elif chance < 0.13:
                packed.append(path)
            elif chance < 0.14:
                path.write_bytes(path.read_bytes()[:2000])
        if packed:
            with zipfile.ZipFile(folder / "补报.zip", "w") as archive:
                for path in packed:
                    archive.write(path, path.name)
                    path.unlink()
        (folder / "说明.txt").write_text("请查收。\n", encoding="utf-8")
    (tmp / "单位.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root, rollup.campaign(tmp / "省.yaml", "某省总工会", "province", "单位.csv")


class Tool:
    def __init__(self, tool, folder, campaign):
        self.tool, self.folder = os.path.abspath(tool), folder
        self.options = ["--campaign", str(campaign), *AS_OF, "--yes"]

    def run(self, *arguments, codes=(0, 1), **options):
        run = subprocess.run([self.tool, *map(str, arguments), *self.options], cwd=self.folder, capture_output=True, **options)
        assert run.returncode in codes, f"{arguments[:3]}: exit {run.returncode}: {run.stderr.decode(errors='replace')[:400]}"
        return run

    def merge(self, inputs, name):
        """The bytes of the workbook and of what is printed."""
        output = self.folder / name
        printed = self.run("merge", *inputs, "-o", output, "--format", "json").stdout
        return output.read_bytes(), printed


def files(root):
    return sorted(p for p in root.rglob("*") if p.is_file())


def continued(tool, root):
    """A run is killed and the same command given again. Returns the file of lines and how many files were not read again."""
    lines = tool.folder / "中断.jsonl"
    command = [tool.tool, "check", root.name, "--format", "jsonl", "-o", str(lines), *tool.options]
    run = subprocess.Popen(command, cwd=tool.folder, stdout=subprocess.DEVNULL)
    while run.poll() is None and (not lines.exists() or lines.stat().st_size < 1 << 18):
        time.sleep(0.002)
    was_running = run.poll() is None
    run.send_signal(signal.SIGKILL)
    run.wait()
    whole = [json.loads(line) for line in lines.read_bytes().split(b"\n")[:-1]]
    kept = {line["in"] for line in whole if line["record"] == "file" and line["file"] == line["in"]}
    if was_running:
        refused = tool.run("merge", lines, "-o", tool.folder / "不全.xlsx", codes=(2,))
        assert not (tool.folder / "不全.xlsx").exists() and any(w in refused.stderr.decode() for w in ("续完", "没有写完整"))
    before = lines.read_bytes()
    tool.run("check", root.name, "--format", "jsonl", "-o", lines)
    after = lines.read_bytes()
    # What was whole is there still, line by line, and was not made anew.
    whole = b"".join(l + b"\n" for l in before.split(b"\n")[:-1] if json.loads(l).get("in") in kept)
    assert after.startswith(whole), "the continued run has made anew what was there"
    again = tool.run("check", root.name, "--format", "jsonl", "-o", lines).stdout.decode()
    assert f"其中{len(files(root))}个" in again, again
    return lines, len(kept), was_running


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--forms", type=int, default=2000)
    options.add_argument("--parts", type=int, nargs="*", default=[1, 2, 7, 64])
    options.add_argument("--seed", type=int, default=20241120)
    given = options.parse_args()
    rng = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        tmp = Path(folder)
        root, campaign = inbox(tmp, given.forms, given.seed)
        tool = Tool(given.tool, tmp, campaign)
        start = time.monotonic()
        whole = tool.merge([root.name], "一次.xlsx")
        print(f"  at once: {time.monotonic() - start:.1f} s")
        every = files(root)
        for count in given.parts:
            start = time.monotonic()
            shards = [[] for _ in range(count)]
            for path in every:
                rng.choice(shards).append(path.relative_to(tmp))
            lines = []
            for number, shard in enumerate(shards):
                lines.append(tmp / f"{count}-{number}.jsonl")
                printed = tool.run("check", *shard, "--inbox", root.name, "--format", "jsonl").stdout if shard else b""
                lines[-1].write_bytes(printed)
            rng.shuffle(lines)
            assert tool.merge(lines, f"{count}.xlsx") == whole, f"{count} parts give other bytes than one run"
            print(f"  {count} parts: {time.monotonic() - start:.1f} s")
            if count == 7:
                # A part that is missing, or another one twice, is noticed or changes nothing.
                broken = lines[0].read_bytes().split(b"\n")
                (tmp / "缺行.jsonl").write_bytes(b"\n".join(l for l in broken if b'"record":"submission"' not in l))
                tool.run("merge", tmp / "缺行.jsonl", *lines[1:], "-o", tmp / "缺.xlsx", codes=(2,))
                assert tool.merge([*lines, lines[3]], "重.xlsx") == whole, "a part given twice changes the result"
        # Lines may be put together and dealt out again in any order.
        mixed = [l for path in lines for l in path.read_bytes().split(b"\n") if l]
        rng.shuffle(mixed)
        (tmp / "乱.jsonl").write_bytes(b"\n".join(mixed) + b"\n")
        assert tool.merge([tmp / "乱.jsonl"], "乱.xlsx") == whole, "the order of lines changes the result"
        lines, kept, was_running = continued(tool, root)
        assert tool.merge([lines], "续.xlsx") == whole, "an interrupted run that went on gives other bytes"
    print(f"shards: {len(every)} files in 1, 2, 7, 64 parts, shuffled, and after an interruption ({kept} files kept{'' if was_running else ', after its end'}): the same bytes")


if __name__ == "__main__":
    try:
        main()
    except AssertionError as error:
        sys.exit(f"shards.py: {error}")
