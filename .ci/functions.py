#!/usr/bin/env python3
"""Holds the functions of the formula engine against LibreOffice.

functions.py --tool .build/debug/huizong [--verbose] [--keep DIR]

Writes a workbook of a formula for each line of functions.txt, lets LibreOffice calculate it (headless), and compares what
`huizong dump --recalculate` makes of the same workbook: numbers to 1e-10, or to what the line says (`~1e-6`).  A line that begins
with `{` is an array formula.  Functions that this LibreOffice does not have are left out and named; where LibreOffice is known to
differ from Excel, the line says what Excel gives (`=> value`).
"""
import argparse, json, re, shlex, subprocess, sys, tempfile, warnings
from pathlib import Path

import openpyxl
from openpyxl.utils import FORMULAE
from openpyxl.worksheet.formula import ArrayFormula

warnings.filterwarnings("ignore", module="openpyxl")
HERE = Path(__file__).resolve().parent
DATA = [  # A1:H9 of every formula's sheet
    [3, 10, "apple", 1, 2, "2024-01-31", 0.1, True],
    [5, 20, "pear", 3, 4, "2024-02-29", 0.2, False],
    [8, 35, "plum", 5, 6, "2024-03-15", 0.3, None],
    [2, 12, "fig", 7, 8, "2024-04-01", 0.4, "text"],
    [9, 41, "date", 2, 1, "2024-05-20", None, 7],
    [4, 18, "kiwi", 4, 5, "2024-06-30", 0.6, None],
    [6, 25, "lime", 6, 3, "2024-07-04", None, 12],
    [1, 7, "nut", 9, 7, "2024-08-08", None, None],
    [7, 30, "oat", 8, 9, "2024-09-09", None, None],
]
OLDER = set(FORMULAE)
PLAIN = {"NETWORKDAYS.INTL", "WORKDAY.INTL", "ISO.CEILING", "ECMA.CEILING", "ERROR.TYPE"}


def prefixed(formula):
    def one(match):
        name = match.group(1)
        return name + "(" if name in PLAIN or (name in OLDER and "." not in name) else "_xlfn." + name + "("
    parts = re.split(r'("[^"]*")', formula)
    return "".join(p if p.startswith('"') else re.sub(r"\b([A-Z][A-Z0-9.]*)\(", one, p) for p in parts)


def lines():
    for number, line in enumerate((HERE / "functions.txt").read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        formula, _, expected = line.partition(" => ")
        formula, _, tolerance = formula.rpartition(" ~") if " ~" in formula else (formula, "", "")
        yield number, formula.strip(), float(tolerance or 1e-10), expected.strip()


def write(path, cases):
    import datetime
    book = openpyxl.Workbook()
    sheet = book.active
    for row, values in enumerate(DATA, 1):
        for column, value in enumerate(values, 1):
            if column == 6:
                value = datetime.datetime.fromisoformat(value)
            sheet.cell(row, column, value)
    for place, (_, formula, _, _) in enumerate(cases):
        cell = f"K{place + 1}"
        text = "=" + prefixed(formula.lstrip("{"))
        sheet[cell] = ArrayFormula(cell, text) if formula.startswith("{") else text
    book.save(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--keep")
    options = parser.parse_args()
    folder = Path(options.keep or tempfile.mkdtemp()).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    cases = list(lines())
    source = folder / "functions.xlsx"
    write(source, cases)
    out = folder / "calculated"
    subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                    "--outdir", str(out), str(source)], check=True, capture_output=True, timeout=180)
    theirs = openpyxl.load_workbook(out / "functions.xlsx", data_only=True).active
    done = subprocess.run(shlex.split(options.tool) + ["dump", "--recalculate", str(source)], capture_output=True, text=True, check=True)
    ours = json.loads(done.stdout)["sheets"][0]["cells"]
    wrong, missing, equal, excel = [], set(), 0, 0
    for place, (number, formula, tolerance, expected) in enumerate(cases):
        got = (ours.get(f"K{place + 1}") or {}).get("calculated") or {}
        if "error" in got:
            wrong.append(f"{number}: {formula}: {got['error']}")
            continue
        value, want = got.get("value"), theirs[f"K{place + 1}"].value
        if expected:
            try:
                want = json.loads(expected)
            except ValueError:
                want = expected
            excel += 1
        elif want == "#NAME?":
            missing.add(re.match(r"[{(]*([A-Z0-9.]+)", formula).group(1))
            continue
        if isinstance(want, (int, float)) and not isinstance(want, bool) and isinstance(value, (int, float)) and not isinstance(value, bool):
            same = abs(want - value) <= tolerance * max(1e-3, abs(want))
        else:
            same = value == want or (want is None and value == "")
        if same:
            equal += 1
        else:
            wrong.append(f"{number}: {formula}: {value!r}, not {want!r}")
    for line in wrong:
        print("WRONG", line)
    print(f"{equal} of {len(cases)} formulas equal ({excel} to Excel's documentation), {len(wrong)} wrong; not in this LibreOffice: {' '.join(sorted(missing)) or 'none'}")
    return 1 if wrong or equal < 200 else 0


if __name__ == "__main__":
    sys.exit(main())
