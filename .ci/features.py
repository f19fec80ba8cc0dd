#!/usr/bin/env python3
"""Holds every feature that XLSX can write against independent programs.

features.py --gallery .build/release/xlsx-gallery --tool .build/release/huizong [--keep DIR]

xlsx-gallery writes a workbook for each feature, and one with all of them. Each
- is written twice with the same bytes,
- passes openxml-audit without a finding,
- opens in LibreOffice, which finds the same values,
- reads back through openpyxl and python-calamine as through our own reader.
"""
import argparse, json, math, os, re, subprocess, sys, tempfile, warnings
from pathlib import Path

import openpyxl
from openpyxl.utils import coordinate_to_tuple
from python_calamine import CalamineWorkbook

# openpyxl says which extensions it will not keep.
warnings.filterwarnings("ignore", module="openpyxl")


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
    return done.stdout


def audit(folder, count):
    done = subprocess.run(["openxml-audit", "--recursive", "--output", "json", str(folder)], capture_output=True, text=True)
    reports = json.loads(done.stdout or "[]")
    found = [f"{Path(r['file']).name}: openxml-audit: {e}" for r in reports for e in r["errors"]]
    if len(reports) != count:
        found.append(f"openxml-audit saw {len(reports)} of {count} workbooks: {done.stderr[-500:]}")
    return found[:20]


def ours(tool, path):
    """Every cell with something in it, as our reader has it: (sheet, address) -> (value, date)."""
    return {(sheet["name"], address): (cell["value"], cell.get("date"))
            for sheet in json.loads(run(tool, "dump", path))["sheets"]
            for address, cell in sheet["cells"].items() if cell.get("value") not in (None, "")}


def same(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool) and not isinstance(b, bool):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-9)
    return a == b


def as_python(value, date):
    """openpyxl's and calamine's dates, times and durations as the text or number they stand for."""
    if hasattr(value, "total_seconds"):
        return value.total_seconds() / 86400
    if hasattr(value, "isoformat"):
        text = value.isoformat()
        if date is None or len(text) == 8:
            hours, minutes, seconds = (text.split("T")[-1]).split(":")
            return (int(hours) * 3600 + int(minutes) * 60 + float(seconds)) / 86400
        return text.removesuffix("T00:00:00")
    return value


def unescaped(text):
    """openpyxl decodes _x005F_ and leaves other escapes as they stand in the file."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text).replace("\r\n", "\n")


def differs(expected, got):
    value, date = expected
    got = as_python(got, date)
    if isinstance(got, str) and isinstance(value, str):
        return got != value and unescaped(got) != unescaped(value)
    return not same(value, got) and not (date is not None and got == date)


def through_openpyxl(path, cells):
    book = openpyxl.load_workbook(path, data_only=True)
    theirs = {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.value not in (None, "")}
    return compare(path.name, "openpyxl", cells, theirs)


def through_calamine(path, cells):
    book, theirs = CalamineWorkbook.from_path(str(path)), {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for (sheet, address) in cells:
            row, column = coordinate_to_tuple(address)
            if sheet == name and row <= len(rows) and column <= len(rows[row - 1]) and rows[row - 1][column - 1] != "":
                theirs[sheet, address] = rows[row - 1][column - 1]
    # calamine has no errors in to_python: they are the empty text.
    expected = {k: v for k, v in cells.items() if not (isinstance(v[0], str) and v[0].startswith("#") and k not in theirs)}
    return compare(path.name, "calamine", expected, theirs)


def compare(file, reader, cells, theirs):
    wrong = [f"{file} {sheet}!{cell}: ours {cells[sheet, cell][0]!r}, {reader} {theirs.get((sheet, cell))!r}"
             for sheet, cell in cells if differs(cells[sheet, cell], theirs.get((sheet, cell)))]
    wrong += [f"{file} {sheet}!{cell}: only {reader} has {theirs[sheet, cell]!r}" for sheet, cell in theirs.keys() - cells.keys()]
    return wrong[:20]


def through_libreoffice(files, cells, tool, folder):
    """All files in one run of LibreOffice; what it saves is read with our reader."""
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
                    "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "saved"), *map(str, files)], check=True, capture_output=True)
    wrong = []
    for path in files:
        saved = folder / "saved" / path.name
        if not saved.exists():
            wrong.append(f"{path.name}: LibreOffice does not open it")
            continue
        theirs = {key: value for key, (value, _) in ours(tool, saved).items()}
        # LibreOffice lays pivot tables out anew, in words of its own: the figures are what must be the same.
        for sheet in {sheet for sheet, _ in cells[path] if "Pivot" in sheet}:
            mine, other = (sorted(v for (s, _), v in values if s == sheet and isinstance(v, (int, float)))
                           for values in ([(k, v[0]) for k, v in cells[path].items()], theirs.items()))
            if len(mine) != len(other) or any(not math.isclose(a, b, rel_tol=1e-9) for a, b in zip(mine, other)):
                wrong.append(f"{path.name} {sheet}: the figures of LibreOffice differ")
            theirs = {k: v for k, v in theirs.items() if k[0] != sheet}
            cells[path] = {k: v for k, v in cells[path].items() if k[0] != sheet}
        # LibreOffice keeps no control characters.
        wrong += compare(path.name, "LibreOffice", {k: v for k, v in cells[path].items() if "\x01" not in str(v[0])},
                         {k: v for k, v in theirs.items() if "\x01" not in str(cells[path].get(k, ("",))[0])})
    return wrong


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gallery", required=True)
    options.add_argument("--tool", required=True)
    options.add_argument("--keep", help="write the workbooks into this folder and leave them there")
    given = options.parse_args()
    gallery, tool = os.path.abspath(given.gallery), os.path.abspath(given.tool)
    problems, cells = [], {}
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp)
        first, second = Path(given.keep) if given.keep else tmp / "first", tmp / "second"
        for folder in (first, second):
            run(gallery, "--each", folder)
        files = sorted(first.glob("*.xlsx"))
        for path in files:
            if path.read_bytes() != (second / path.name).read_bytes():
                problems.append(f"{path.name}: written twice, the bytes differ")
            cells[path] = ours(tool, path)
            problems += through_openpyxl(path, cells[path]) + through_calamine(path, cells[path])
        problems += audit(first, len(files))
        problems += through_libreoffice(files, cells, tool, tmp)
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(files)} workbooks, {sum(map(len, cells.values()))} cells: audited clean, the same twice, and the same "
          "through openpyxl, calamine and LibreOffice")


if __name__ == "__main__":
    main()
