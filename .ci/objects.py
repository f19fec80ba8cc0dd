#!/usr/bin/env python3
"""Holds what is changed on the sheets of strangers' workbooks (pictures, charts, tables, pivot tables, conversations, conditional
formats, sparklines) against independent programs.

objects.py [--tool .build/debug/xlsx-structure] [--reader .build/debug/huizong] [--corpus DIR] [--count 40] [--only KIND] [--keep DIR]

For every kind of change, on so many workbooks of the corpus that have something to change, and on those of xlsx-gallery without
a corpus:
- parts that are not concerned stay byte for byte, and no part is left that nothing leads to,
- openxml-audit finds nothing that it did not find before,
- openpyxl and LibreOffice open what they opened before,
- the cells that our own reader finds are the same.
"""
import argparse, json, random, re, subprocess, sys, tempfile, warnings, zipfile
from collections import Counter
from pathlib import Path

import openpyxl

warnings.filterwarnings("ignore")
BOOK = [r"\[Content_Types\].xml", r"xl/_rels/workbook.*\.rels", r"xl/workbook.*\.xml"]
SHEET = [r"xl/worksheets/[^/]*\.xml", r"xl/worksheets/_rels/.*"]
# What each change may touch, beside the content types.
CONCERNED = {
    "dropPictures": SHEET + [r"xl/drawings/.*", r"xl/media/.*"],
    "dropPicture": SHEET + [r"xl/drawings/.*", r"xl/media/.*"],
    "changePictures": [r"xl/drawings/[^/]*\.xml"],
    "dropCharts": SHEET + [r"xl/drawings/.*", r"xl/charts/.*", r"xl/embeddings/.*", r"xl/media/.*", r"xl/theme/.*"],
    "changeCharts": [r"xl/drawings/[^/]*\.xml", r"xl/charts/[^/]*\.xml"],
    "dropTables": SHEET + [r"xl/tables/.*", r"xl/queryTables/.*", r"xl/workbook.xml", r"xl/calcChain.xml"],
    "changeTables": SHEET + [r"xl/tables/.*", r"xl/workbook.xml", r"xl/pivotCache/pivotCacheDefinition[^/]*", r"xl/charts/.*"],
    "dropPivots": BOOK + SHEET + [r"xl/pivotTables/.*", r"xl/pivotCache/.*"],
    "add": BOOK + [r"xl/worksheets/.*", r"xl/drawings/.*", r"xl/media/.*", r"xl/charts/.*", r"xl/tables/.*", r"xl/styles.xml"],
    "addPivot": BOOK + [r"xl/worksheets/.*", r"xl/pivotTables/.*", r"xl/pivotCache/.*", r"xl/styles.xml"],
    "threads": BOOK + SHEET + [r"xl/threadedComments/.*", r"xl/persons/.*", r"xl/comments.*", r"xl/drawings/.*vml.*"],
    "dropComments": SHEET + [r"xl/threadedComments/.*", r"xl/comments.*", r"xl/drawings/.*vml.*", r"xl/persons/.*"],
    "dropFormats": SHEET, "turnFormats": SHEET, "dropSparklines": SHEET,
}


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def orphans(found):
    """Parts that no relationship leads to."""
    led = {"[content_types].xml"}
    for name, content in found.items():
        if not name.endswith(".rels"):
            continue
        led.add(name.lower())
        base = name.replace("_rels/", "").removesuffix(".rels")
        for tag in re.findall(rb"<(?:\w+:)?Relationship\s[^>]*>", content):
            target = re.search(rb'Target\s*=\s*["\']([^"\']*)', tag)
            if not target or b'"External"' in tag:
                continue
            text = target[1].decode("utf-8", "replace").split("#")[0].replace("\\", "/")
            steps = [] if text.startswith("/") else base.split("/")[:-1]
            for step in text.split("/"):
                if step == "..":
                    steps = steps[:-1]
                elif step not in ("", "."):
                    steps.append(step)
            led.add("/".join(steps).lower())
    return {name for name in found if name.lower() not in led and not name.endswith("/")}


def audit(paths):
    """What openxml-audit finds, by file: messages without the numbers in them."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(paths):
            (Path(folder) / f"{number:05}.xlsx").write_bytes(path.read_bytes())
        done = subprocess.run(["openxml-audit", "--recursive", "--output", "json", folder], capture_output=True, text=True)
        for report in json.loads(done.stdout or "[]"):
            index = int(Path(report["file"]).stem)
            # That text stands in its cell (inlineStr) is a warning only.
            found[paths[index]] = Counter(re.sub(r"\d+", "#", json.dumps(error, ensure_ascii=False))
                                          for error in report["errors"] if error["severity"] == "error")
    return found


def cells(reader, path):
    done = subprocess.run([reader, "dump", path], capture_output=True, text=True)
    if done.returncode:
        return None
    return {(sheet["name"], address): cell.get("value") for sheet in json.loads(done.stdout)["sheets"]
            for address, cell in sheet["cells"].items() if "objects" not in sheet["name"]}


def opens(path):
    try:
        openpyxl.load_workbook(path)
        return True
    except Exception as error:
        return str(error)[:200]


def office(paths, folder):
    """Which of some workbooks LibreOffice opens."""
    (folder / "saved").mkdir(exist_ok=True)
    for start in range(0, len(paths), 40):
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "ods",
                        "--outdir", str(folder / "saved"), *map(str, paths[start:start + 40])], capture_output=True, timeout=900)
    return {path for path in paths if (folder / "saved" / f"{path.stem}.ods").exists()}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--tool", type=Path, default=Path(".build/debug/xlsx-structure"))
    ap.add_argument("--reader", type=Path, default=Path(".build/debug/huizong"))
    ap.add_argument("--gallery", type=Path, default=Path(".build/debug/xlsx-gallery"))
    ap.add_argument("--corpus", type=Path)
    ap.add_argument("--count", type=int, default=40, help="workbooks of each kind")
    ap.add_argument("--only")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--no-office", action="store_true")
    ap.add_argument("--keep", type=Path)
    a = ap.parse_args()
    tool, reader = a.tool.absolute(), a.reader.absolute()
    problems, summary = [], []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if a.corpus:
            files = sorted(p for p in a.corpus.rglob("*.xls[xm]") if p.stat().st_size < 400_000)
            random.Random(a.seed).shuffle(files)
        else:
            subprocess.run([a.gallery.absolute(), "--each", folder / "gallery"], check=True)
            files = sorted((folder / "gallery").glob("*.xlsx"))
        before_audit, before_cells = {}, {}
        for kind in [a.only] if a.only else CONCERNED:
            done, refused = [], Counter()
            for path in files:
                if len(done) >= a.count:
                    break
                out = folder / f"{kind}-{len(done):03}-{path.stem[:40]}{path.suffix}"
                run = subprocess.run([tool, path, out, f"objects/{kind}"], capture_output=True, text=True, timeout=120)
                if run.returncode == 4 or not out.exists() and "refused" not in run.stdout:
                    if run.returncode not in (0, 3, 4):
                        problems.append(f"{kind} {path.name}: CRASH {run.stderr[-300:]}")
                    continue
                if path not in before_cells:
                    before_cells[path] = cells(reader, path)
                if run.returncode == 3:
                    # What cannot even be opened is no refusal.
                    if before_cells[path] is not None:
                        refused[re.sub(r"\d+", "#", run.stdout.strip().replace(str(path), ""))[:230]] += 1
                    continue
                try:
                    old, new = parts(path), parts(out)
                except Exception:
                    continue
                done.append((path, out))
                wrong = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)
                         and not any(re.fullmatch(pattern.replace("xl/", r"(?:\w+/)?"), name, re.I) for pattern in CONCERNED[kind] + [r"\[Content_Types\].xml", r".*\.rels"])]
                if wrong:
                    problems.append(f"{kind} {path.name}: changed {sorted(wrong)[:4]}")
                left = orphans(new) - orphans(old)
                if left:
                    problems.append(f"{kind} {path.name}: nothing leads to {sorted(left)[:4]}")
                if before_cells[path] is not None and cells(reader, out) != before_cells[path]:
                    problems.append(f"{kind} {path.name}: cells differ")
                after = opens(out)
                if after is not True and opens(path) is True:
                    problems.append(f"{kind} {path.name}: openpyxl: {after}")
                if a.keep:
                    a.keep.mkdir(exist_ok=True)
                    (a.keep / out.name).write_bytes(out.read_bytes())
            missing = [path for path, _ in done if path not in before_audit]
            before_audit.update(audit(missing) if missing else {})
            now = audit([out for _, out in done]) if done else {}
            for path, out in done:
                more = now.get(out, Counter()) - before_audit.get(path, Counter())
                if more:
                    problems.append(f"{kind} {path.name}: openxml-audit: {list(more)[:3]}")
            if not a.no_office and done:
                opened = office([out for _, out in done], folder)
                closed = [path for path, out in done if out not in opened]
                still = office(closed, folder) if closed else set()
                problems += [f"{kind} {path.name}: LibreOffice does not open it" for path in closed if path in still]
            summary.append(f"{kind}: {len(done)} changed, {sum(refused.values())} refused")
            print(summary[-1], *(f"\n    {count} × {text}" for text, count in refused.most_common(4)), flush=True)
    print("\n".join(problems[:60]))
    print(f"objects: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
