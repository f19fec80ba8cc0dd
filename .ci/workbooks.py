#!/usr/bin/env python3
"""Holds the workbooks that the program writes against independent programs.

workbooks.py --tool .build/release/huizong [--keep DIR]

The blank forms, and the consolidated workbooks of the samples in Examples (matrices, another office's, a list of people), and
the blanks of campaigns that `learn` made of a notice and of a blank list, must
- pass openxml-audit without a finding,
- hold the values that LibreOffice calculates itself (the stored results are thrown away first),
- read alike through openpyxl and python-calamine,
- and the consolidated workbook's sheets must have the contract's names, in order.

Printed by LibreOffice, a blank is one page, a list's consolidated workbook stands on A4 or A3, and neither shows ### for a figure.
"""
import argparse, datetime, math, os, re, shutil, subprocess, sys, tempfile
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
    # A day is a date to one reader and a moment to the other.
    a, b = (value.date() if isinstance(value, datetime.datetime) and value.time() == datetime.time() else value for value in (a, b))
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


def printed(path, folder):
    """The number of pages as LibreOffice prints the file, the sizes of paper, and the text."""
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(folder / "pdf"), str(path)],
                   check=True, capture_output=True, timeout=180)
    pdf = folder / "pdf" / f"{path.stem}.pdf"
    info = subprocess.run(["pdfinfo", "-l", "100", str(pdf)], capture_output=True, text=True, check=True).stdout
    sizes = {tuple(sorted(round(float(side)) for side in size)) for size in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", info)}
    return int(re.search(r"Pages:\s+(\d+)", info)[1]), sizes, subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def looks(path, folder, is_blank):
    pages, sizes, text = printed(path, folder)
    wrong = []
    if "###" in text:
        wrong.append(f"{path.name}: a figure is printed as ###")
    if is_blank and pages != 1:
        wrong.append(f"{path.name}: {pages} pages")
    if not sizes <= {(595, 842), (842, 1191)}:
        wrong.append(f"{path.name}: paper {sizes}")
    return wrong


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
        # A list, and campaigns that were learned: from a notice, and from a blank list.
        people = examples.parent / "劳模培训"
        run(tool, "template", "--campaign", people, "--all-units", "-o", tmp / "名册")
        names_of_people = tmp / "名册汇总.xlsx"
        run(tool, "merge", "--campaign", people, people / "收件", "--as-of", "2025-10-10", "-o", names_of_people, allowed=(0, 1))
        run(tool, "template", "--campaign", people, "-o", tmp / "花名册.xlsx", "--form", "附件1")
        for name, source in (("通知", examples.parent / "2025年通知.docx"), ("花名册", tmp / "花名册.xlsx")):
            run(tool, "learn", source, "-o", tmp / "学" / name)
            run(tool, "template", "--campaign", tmp / "学" / name, "-o", tmp / "学来的" / name)
        lists = [*sorted((tmp / "名册").rglob("*.xlsx"))[:1], *sorted((tmp / "学来的").rglob("*.xlsx"))]
        for path in [*lists, names_of_people]:
            problems += looks(path, tmp, path in lists)
        for path in [*sorted((tmp / "空白表").rglob("*.xlsx")), merged, other, *lists, names_of_people]:
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
