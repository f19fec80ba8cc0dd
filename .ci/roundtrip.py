#!/usr/bin/env python3
"""Blank forms, filled in by other programs, come back clean and add up.

roundtrip.py --tool .build/release/huizong

Writes a blank form for every unit, fills them in with openpyxl (附件2) and with LibreOffice (附件4: the file goes through
it, so it is LibreOffice that writes it), checks them, consolidates them, and compares the totals with sums made here.
"""
import argparse, json, os, random, subprocess, sys, tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl


def run(tool, *arguments, expect=0):
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != expect:
        sys.exit(f"huizong {' '.join(map(str, arguments))}: exit {done.returncode}, expected {expect}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return json.loads(done.stdout, parse_float=Decimal) if "json" in arguments else done.stdout


def cells_of(tool, blank):
    """The cell of every field, as the program itself reads its own blank form."""
    report = json.loads(subprocess.run([tool, "check", "--format", "json", str(blank)], capture_output=True, text=True).stdout)
    (submission,) = report["submissions"]
    return submission["cells"]


def fill(path, cells, figures):
    """Writes figures into the unlocked cells, and the lines around the table after their labels."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for field, value in figures.items():
        cell = sheet[cells[field]]
        assert not cell.protection.locked, f"{path}: the input {field} is locked"
        cell.value = float(value) if isinstance(value, Decimal) else value
    words = {"填报时间": "2024年11月15日", "填报人": "李明", "联系电话": "03913999920"}
    for row in sheet.iter_rows():
        for cell in row:
            text = str(cell.value or "")
            for label, word in words.items():
                if text.replace(" ", "").startswith(label):
                    after = sheet.cell(cell.row, cell.column + 1)
                    merged = next((m for m in sheet.merged_cells.ranges if cell.coordinate in m), None)
                    if merged:
                        after = sheet.cell(cell.row, merged.max_col + 1)
                    if cell.protection.locked and not after.protection.locked:
                        after.value = word
                    else:
                        cell.value = text + word
    book.save(path)


def through_libreoffice(folder, out):
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out),
                    *map(str, sorted(folder.glob("*.xlsx")))], check=True, capture_output=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tool", required=True)
    tool = os.path.abspath(options.parse_args().tool)
    rng = random.Random(20241120)
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp)
        sums = {}
        for form in ("附件2", "附件4"):
            folder = tmp / form
            run(tool, "template", "--form", form, "--all-units", "-o", folder)
            blanks = sorted(folder.rglob("*.xlsx"))
            assert len(blanks) == 16, f"{form}: {len(blanks)} blank forms instead of 16"
            for blank in blanks:
                cells = cells_of(tool, blank)
                figures = {}
                for field in cells:
                    if field.endswith("合计"):
                        continue
                    if field.endswith("场次/线上"):        # five kinds of 5 or 6: plausible against every target
                        figures[field] = rng.randint(1, 2)
                    elif field.endswith("场次/线下"):
                        figures[field] = 4
                    elif "场次" in field:
                        figures[field] = rng.randint(6, 15)
                    elif "参加人数" in field:
                        figures[field] = rng.randint(900, 4000)
                    elif field.startswith("覆盖人数"):
                        figures[field] = Decimal(rng.randint(5200, 9800)) / 10000
                    else:
                        figures[field] = rng.randint(3, 30)
                fill(blank, cells, figures)
                for field, value in figures.items():
                    sums[form, field] = sums.get((form, field), 0) + Decimal(value)
        inbox = tmp / "收件"
        inbox.mkdir()
        for blank in (tmp / "附件2").rglob("*.xlsx"):
            blank.rename(inbox / blank.name)
        through_libreoffice(tmp / "附件4", inbox)

        report = run(tool, "check", "--format", "json", "--as-of", "2024-11-18", inbox)
        bad = [f for s in report["submissions"] for f in s["findings"] if f["severity"] != "info"]
        # The inbox holds the forms alone: that other documents are still due is true.
        bad += [f for f in report["findings"] if f["severity"] != "info" and f["rule"] != "D03"]
        assert len(report["submissions"]) == 32, f"{len(report['submissions'])} submissions instead of 32"
        assert not bad, f"findings on clean forms: {bad[:3]}"

        merged = run(tool, "merge", "--format", "json", "--as-of", "2024-11-18", inbox, "-o", tmp / "汇总.xlsx")
        totals = {(label, field): Decimal(value) for label, form in (("附件2", "culture-outreach"), ("附件4", "model-worker-campus"))
                  for field, value in merged["forms"][form]["totals"].items()}
        wrong = {key: (totals.get(key), value) for key, value in sums.items() if totals.get(key) != value}
        assert not wrong, f"totals that differ from the sum: {wrong}"
        for (label, field), value in totals.items():
            if field.endswith("合计"):
                parts = [sums[label, field[:-2] + part] for part in ("线上", "线下")]
                assert value == sum(parts), f"{field}: {value} is not {parts}"
    print(f"32 forms filled in and back: no finding, {len(sums)} totals equal to sums made independently")


if __name__ == "__main__":
    main()
