#!/usr/bin/python3
"""Holds changes of structure (rows, columns, sheets that come, go and move) against LibreOffice.

structure.py [--tool .build/debug/xlsx-structure] [--generated 12] [--corpus DIR] [--seed N] [--verbose]

Each workbook is changed twice: by the tool, and by LibreOffice through UNO. Both outcomes are read by LibreOffice and
compared: the formulas of every cell, their results after recalculation, merged ranges, names and comments.

LibreOffice differs from Excel, and is not followed, where it
- writes a lost reference as `#REF!` of a certain shape: any formula with `#REF!` on both sides counts as equal;
- takes a merged range apart when its first row or column goes: after a removal it may have fewer of them;
- forgets at the next insertion that a reference was lost, and goes on with what now stands there;
- leaves the heading of a column empty that comes into a table, which Excel names `Column1`: such a text may stand there;
- gives a result to formulas that refer to what was removed: after a loss no results are compared;
- leaves formulas of a copied sheet that name the sheet itself with the old sheet, where Excel goes with the copy: they are not
  compared.
"""
import argparse, os, random, re, subprocess, sys, tempfile, time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


class Office:
    """A LibreOffice without a window, and what is asked of it."""

    def __init__(self, folder):
        self.port = 20000 + os.getpid() % 20000
        self.folder = folder
        self.start()

    def start(self):
        accept = f"socket,host=127.0.0.1,port={self.port};urp;"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", f"--accept={accept}",
             f"-env:UserInstallation=file://{self.folder}/profile"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:{accept}StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        else:
            raise SystemExit("structure: LibreOffice does not start")
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def load(self, path):
        return self.desktop.loadComponentFromURL(
            Path(path).absolute().as_uri(), "_blank", 0, (prop("Hidden", True), prop("MacroExecutionMode", 0)))

    def stop(self):
        try:
            self.desktop.terminate()
        except Exception:
            pass
        self.process.wait(timeout=30)


def change(document, step):
    """Makes in LibreOffice what the tool makes."""
    kind, name, *rest = step.split("/")
    sheets = document.Sheets
    if kind in ("insertRows", "removeRows", "insertColumns", "removeColumns"):
        sheet = sheets.getByName(name)
        lines = sheet.Rows if kind.endswith("Rows") else sheet.Columns
        at, count = int(rest[0]) - 1, int(rest[1])
        (lines.insertByIndex if kind.startswith("insert") else lines.removeByIndex)(at, count)
    elif kind == "renameSheet":
        sheets.getByName(name).Name = rest[0]
    elif kind == "removeSheet":
        sheets.removeByName(name)
    elif kind == "moveSheet":
        # UNO counts the place with the sheet still in its old one.
        old = sheets.ElementNames.index(name)
        new = int(rest[0])
        sheets.moveByName(name, new + 1 if new > old else new)
    elif kind == "copySheet":
        sheets.copyByName(name, rest[0], sheets.ElementNames.index(name) + 1)


def plain(formula):
    if "#REF!" in formula:
        return "#REF!"
    text = formula.replace("$", "").replace(" ", "")
    # A range may be written from its last cell to its first.
    return re.sub(r"\b([A-Z]+)(\d+):([A-Z]+)(\d+)\b", lambda m: sorted_range(*m.groups()), text)


def sorted_range(a, b, c, d):
    columns = sorted((a, c), key=lambda x: (len(x), x))
    rows = sorted((int(b), int(d)))
    return f"{columns[0]}{rows[0]}:{columns[1]}{rows[1]}"


def describe(document, copies, skipped):
    """What of a document is compared, as texts by place; `skipped` collects the places that are not."""
    document.calculateAll()
    found = {}
    for sheet in (document.Sheets.getByIndex(i) for i in range(document.Sheets.Count)):
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        row, column = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
        if (row + 1) * (column + 1) > 400_000:
            continue
        area = sheet.getCellRangeByPosition(0, 0, column, row)
        formulas, data = area.getFormulaArray(), area.getDataArray()
        for r, line in enumerate(formulas):
            for c, formula in enumerate(line):
                if formula == "":
                    continue
                place = f"{sheet.Name}!{c},{r}"
                if formula.startswith("=") or formula.startswith("{="):
                    text = plain(formula)
                    if copies.get(sheet.Name) and any(f"{name}" in formula for name in (copies[sheet.Name], sheet.Name)):
                        skipped |= {place, place + " value"}
                    found[place] = "link" if "file:" in text else text
                    if "#REF!" in text or re.search(r"(?i)NOW|TODAY|RAND|CELL\(|INFO\(|INDIRECT|OFFSET|SHEET|file:", text):
                        continue
                    value = data[r][c]
                    found[place + " value"] = f"{value:.9g}" if isinstance(value, float) else str(value)
                else:
                    found[place] = formula
        seen = set()
        for r in range(min(row + 1, 60)):
            for c in range(min(column + 1, 30)):
                cell = sheet.getCellByPosition(c, r)
                if cell.IsMerged:
                    merged = sheet.createCursorByRange(cell)
                    merged.collapseToMergedArea()
                    a = merged.RangeAddress
                    seen.add((a.StartColumn, a.StartRow, a.EndColumn, a.EndRow))
        found[f"{sheet.Name} merges"] = str(sorted(seen))
        notes = sheet.Annotations
        found[f"{sheet.Name} notes"] = str(
            sorted((notes.getByIndex(i).Position.Row, notes.getByIndex(i).Position.Column) for i in range(notes.Count)))
    found["sheets"] = str(document.Sheets.ElementNames)
    names = document.NamedRanges
    for i in range(names.Count):
        name = names.getByIndex(i)
        found[f"name {name.Name}"] = "link" if "file:" in name.Content else plain(name.Content)
    return found


def steps(rng, names):
    """Changes at random, of those that every workbook can take."""
    names = list(names)
    result = []
    for _ in range(rng.randint(1, 3)):
        name = rng.choice(names)
        kind = rng.choice(["insertRows", "removeRows", "insertColumns", "removeColumns"] * 3
                          + ["renameSheet", "removeSheet", "moveSheet", "copySheet"])
        if kind.endswith("Rows"):
            result.append(f"{kind}/{name}/{rng.randint(1, 18)}/{rng.randint(1, 4)}")
        elif kind.endswith("Columns"):
            result.append(f"{kind}/{name}/{rng.randint(1, 8)}/{rng.randint(1, 2)}")
        elif kind == "removeSheet":
            if len(names) > 1:
                names.remove(name)
                result.append(f"{kind}/{name}")
        elif kind == "moveSheet":
            result.append(f"{kind}/{name}/{rng.randrange(len(names))}")
        else:
            new = f"New{len(result)}{rng.randint(0, 99)}"
            result.append(f"{kind}/{name}/{new}")
            if kind == "renameSheet":
                names[names.index(name)] = new
            else:
                names.append(new)
    return result


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--tool", type=Path, default=Path(".build/debug/xlsx-structure"))
    ap.add_argument("--generated", type=int, default=12)
    ap.add_argument("--corpus", type=Path)
    ap.add_argument("--count", type=int, default=200, help="workbooks of the corpus")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--verbose", action="store_true")
    a = ap.parse_args()
    tool = a.tool.absolute()
    rng = random.Random(a.seed)
    counts = {"equal": 0, "refused": 0, "differ": 0, "unread": 0}
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        books = []
        for number in range(a.generated):
            path = folder / f"generated{a.seed * 1000 + number}.xlsx"
            subprocess.run([tool, "--generate", str(a.seed * 1000 + number), path], check=True)
            books.append(path)
        if a.corpus:
            files = sorted(p for p in a.corpus.rglob("*.xlsx") if p.stat().st_size < 400_000)
            rng.shuffle(files)
            books += files[:a.count]
        office = Office(folder)
        for path in books:
            out = folder / "out.xlsx"
            out.unlink(missing_ok=True)
            try:
                document = office.load(path)
                if document is None:
                    raise RuntimeError("no document")
                names = document.Sheets.ElementNames
                wanted = steps(rng, names)
                if not wanted or any("/" in name for name in names):
                    document.close(True)
                    continue
                done = subprocess.run([tool, path, out, *wanted], capture_output=True, text=True, timeout=60)
                if done.returncode == 3:
                    counts["refused"] += 1
                    if a.verbose:
                        print("refused", path.name, wanted, done.stdout.strip())
                    document.close(True)
                    continue
                if done.returncode != 0:
                    counts["differ"] += 1
                    print("CRASH", path, wanted, done.stderr[-300:])
                    document.close(True)
                    continue
                copies = {s.split("/")[2]: s.split("/")[1] for s in wanted if s.startswith("copySheet")}
                skipped = set()
                for step in wanted:
                    change(document, step)
                theirs = describe(document, copies, skipped)
                document.close(True)
                document = office.load(out)
                if document is None:
                    counts["differ"] += 1
                    print("UNREADABLE", path, wanted)
                    continue
                ours = describe(document, copies, skipped)
                document.close(True)
            except Exception as error:
                counts["unread"] += 1
                if a.verbose:
                    print("unread", path.name, str(error)[:200])
                if office.process.poll() is not None:
                    office.start()
                continue
            if "#REF!" in theirs.values():
                # In LibreOffice what is lost still has a row and a column, and so a result.
                skipped |= {k for k in theirs.keys() | ours.keys() if k.endswith(" value")}
            if any(step.startswith("remove") for step in wanted):
                # LibreOffice takes a merged range apart when its first row or column goes, Excel does not.
                for key in [k for k in theirs if k.endswith(" merges") and k in ours]:
                    if set(eval(theirs[key])) <= set(eval(ours[key])):
                        skipped.add(key)
            kinds = [step.split("/")[0] for step in wanted]
            first = next((i for i, kind in enumerate(kinds) if kind.startswith("remove")), len(kinds))
            if any(kind.startswith("insert") for kind in kinds[first:]):
                skipped |= {k for k, v in ours.items() if v == "#REF!"} | {k for k in theirs if k.endswith(" value")}
            skipped |= {k for k, v in ours.items() if k not in theirs and re.fullmatch(r"Column\d+", v)}
            wrong = [(k, theirs.get(k), ours.get(k)) for k in sorted((theirs.keys() | ours.keys()) - skipped)
                     if theirs.get(k) != ours.get(k)]
            if wrong:
                counts["differ"] += 1
                print("DIFFER", path.name, wanted, len(wrong), *wrong[:5 if a.verbose else 2], sep="\n    ")
            else:
                counts["equal"] += 1
        office.stop()
    print("structure:", ", ".join(f"{count} {what}" for what, count in counts.items()))
    return 1 if counts["differ"] or not counts["equal"] else 0


if __name__ == "__main__":
    sys.exit(main())
