#!/usr/bin/env python3
"""Holds the workbooks that the program writes against independent programs.

workbooks.py --tool .build/release/huizong [--keep DIR]

The blank forms, and the consolidated workbooks of the samples in Examples, must
- pass openxml-audit without a finding,
- hold the values that LibreOffice calculates itself (the stored results are thrown away first),
- read alike through openpyxl and python-calamine,
- and the consolidated workbook's sheets must have the contract's names, in order.
"""
import argparse, math, os, shutil, subprocess, sys, tempfile
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

SHEETS = ["附件2汇总", "附件2分单位", "附件4汇总", "附件4分单位", "任务完成情况", "覆盖面完成情况", "报送情况", "问题清单", "来源"]


def run(tool, *arguments, allowed=(0,)):
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in allowed:
        sys.exit(f"huizong {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stdout[-1000:]}{done.stderr[-1000:]}")


def audit(path):
    done = subprocess.run(["openxml-audit", str(path)], capture_output=True, text=True)
    return [] if done.returncode == 0 and "Errors: 0" in done.stdout else [f"{path.name}: openxml-audit\n{done.stdout[-1500:]}{done.stderr[-500:]}"]


def values(path):
    """Every cell with something in it: (sheet, address) -> value."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.value not in (None, "")}


def same(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)) and not isinstance(a, bool):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-9)
    return a == b


def recalculated(path, folder):
    """The values that LibreOffice finds for the formulas, whose stored results openpyxl leaves out when it saves."""
    bare = folder / "bare" / path.name
    bare.parent.mkdir(exist_ok=True)
    openpyxl.load_workbook(path).save(bare)
    out = folder / "calculated"
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(bare)],
                   check=True, capture_output=True)
    return values(out / path.name)


def compare(path, folder):
    ours, theirs = values(path), recalculated(path, folder)
    formulas = sum(1 for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
    wrong = [f"{path.name} {sheet}!{cell}: stored {ours.get((sheet, cell))!r}, LibreOffice {theirs.get((sheet, cell))!r}"
             for sheet, cell in sorted(ours.keys() | theirs.keys()) if not same(ours.get((sheet, cell)), theirs.get((sheet, cell)))]
    return wrong[:20], formulas


def through_calamine(path):
    ours, book, wrong = values(path), CalamineWorkbook.from_path(str(path)), []
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        for r, row in enumerate(sheet.to_python(skip_empty_area=False)):
            for c, value in enumerate(row):
                address = f"{openpyxl.utils.get_column_letter(c + 1)}{r + 1}"
                expected = ours.get((name, address), "")
                if not same(expected, value) and str(expected) != str(value):
                    wrong.append(f"{path.name} {name}!{address}: openpyxl {expected!r}, calamine {value!r}")
    return wrong[:20]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--keep", help="copy the workbooks into this folder")
    given = options.parse_args()
    tool = os.path.abspath(given.tool)
    examples = Path(__file__).resolve().parent.parent / "Examples" / "收件"
    problems, checked, formulas = [], 0, 0
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp)
        run(tool, "template", "-o", tmp / "空白表")
        run(tool, "template", "--form", "附件1", "-o", tmp / "空白表" / "附件1.xlsx")
        merged = tmp / "汇总.xlsx"
        run(tool, "merge", examples, "--as-of", "2024-12-01", "-o", merged, allowed=(0, 1))
        names = openpyxl.load_workbook(merged, read_only=True).sheetnames
        if names != SHEETS:
            problems.append(f"sheets {names}, expected {SHEETS}")
        # Another office's campaign, with its own sheets.
        other = tmp / "老年健康.xlsx"
        run(tool, "merge", "--campaign", examples.parent / "老年健康", examples.parent / "老年健康" / "收件", "--as-of", "2026-01-05", "-o", other,
            allowed=(0, 1))
        for path in [*sorted((tmp / "空白表").rglob("*.xlsx")), merged, other]:
            problems += audit(path)
            wrong, count = compare(path, tmp)
            problems += wrong + through_calamine(path)
            checked, formulas = checked + 1, formulas + count
        if given.keep:
            shutil.copytree(tmp, given.keep, dirs_exist_ok=True)
    if problems:
        sys.exit("\n".join(problems))
    print(f"{checked} workbooks: clean, and LibreOffice calculates the {formulas} formulas to the stored values")


if __name__ == "__main__":
    main()
