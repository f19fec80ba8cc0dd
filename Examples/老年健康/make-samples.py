#!/usr/bin/env python3
"""Writes the sample submissions of 收件: the program's own blank forms, filled in; and one table typed anew.

  make-samples.py --tool .build/release/huizong     (needs openpyxl; the result is checked in)

Prints the sums of what was put in, made here and not by the program.
"""
import argparse, json, os, random, subprocess, tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Side

HERE = Path(__file__).resolve().parent
rng = random.Random(2025)
AGES, QUARTERS = ["65—74岁", "75—84岁", "85岁及以上"], ["一季度", "二季度", "三季度", "四季度"]
TARGETS = {"东明县卫生健康委员会": 5200, "西平县卫生健康委员会": 4800, "南乐县卫生健康委员会": 4300, "北川市卫生健康委员会": 6100,
           "河东区卫生健康委员会": 3600, "河西区卫生健康委员会": 3000}
BUDGETS = {"东明县卫生健康委员会": 46, "西平县卫生健康委员会": 42, "南乐县卫生健康委员会": 38, "北川市卫生健康委员会": 52,
           "河东区卫生健康委员会": 30, "河西区卫生健康委员会": 26}
MISSING = ("附表2", "河西区卫生健康委员会")
BY_HAND = "南乐县卫生健康委员会"


def checkup(target):
    figures = {}
    for age, part in zip(AGES, (60, 29, 14)):
        people = target * part * rng.randint(96, 106) // 10000
        town = people * rng.randint(35, 62) // 100
        for place, count in (("城镇", town), ("农村", people - town)):
            men = count * rng.randint(44, 52) // 100
            figures[f"{age}/健康体检/{place}/男"], figures[f"{age}/健康体检/{place}/女"] = men, count - men
        figures[f"{age}/家庭医生签约/城镇"], figures[f"{age}/家庭医生签约/农村"] = town * 6 // 10, (people - town) * 7 // 10
        figures[f"{age}/补助经费"] = Decimal(people * 50) / 10000
    return {key: Decimal(value).quantize(Decimal("0.01")) if "经费" in key else Decimal(value) for key, value in figures.items()}


def prevention(budget):
    figures = {}
    for quarter, part in zip(QUARTERS, (22, 24, 20, 33)):
        lectures = rng.randint(4, 12)
        figures[f"{quarter}/健康讲座/场次"], figures[f"{quarter}/健康讲座/参加人次"] = lectures, lectures * rng.randint(40, 120)
        figures[f"{quarter}/流感疫苗接种/免费接种/65—74岁"] = rng.randint(150, 900)
        figures[f"{quarter}/流感疫苗接种/免费接种/75岁及以上"] = rng.randint(80, 500)
        figures[f"{quarter}/流感疫苗接种/自费接种"] = rng.randint(20, 200)
        figures[f"{quarter}/经费支出"] = (Decimal(budget * part) * rng.randint(95, 108) / 10000).quantize(Decimal("0.01"))
    return {key: Decimal(value) for key, value in figures.items()}


def number(value):
    return float(value) if value != value.to_integral_value() else int(value)


def fill(tool, blank, path, figures, day):
    report = json.loads(subprocess.run([tool, "check", "--campaign", HERE, "--format", "json", blank], capture_output=True, text=True).stdout)
    cells = report["submissions"][0]["cells"]
    book = openpyxl.load_workbook(blank)
    sheet = book.active
    for key, value in figures.items():
        sheet[cells[key]] = number(value)
    for row in sheet.iter_rows():
        for cell in row:
            words = {"报出日期：": day, "制表人：": "周敏", "电话：": "0399-2023456"}.get(str(cell.value or ""))
            if words:
                merged = next((m for m in sheet.merged_cells.ranges if cell.coordinate in m), None)
                sheet.cell(cell.row, (merged.max_col if merged else cell.column) + 1).value = words
    book.save(path)


def by_hand(path, unit, figures, day):
    """The same table typed anew: shorter headings, typed totals, and two digits of one of them the wrong way round."""
    box, middle = Border(*[Side(style="thin")] * 4), Alignment(horizontal="center", vertical="center", wrap_text=True)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["A2"] = "2025年65岁及以上老年人健康管理情况统计表", f"填报单位：{unit}"
    sheet["G2"] = f"填报日期：{day}"
    heads = {"A3:A5": "年龄", "B3:H3": "健康体检（人）", "B4:D4": "城镇", "E4:G4": "农村", "H4:H5": "合计", "I3:K3": "家庭医生签约（户）",
             "I4:I5": "城镇", "J4:J5": "农村", "K4:K5": "小计", "L3:L5": "补助经费（万元）"}
    for area, word in heads.items():
        sheet.merge_cells(area)
        sheet[area.split(":")[0]] = word
    for column, word in zip("BCDEFG", ["男", "女", "小计"] * 2):
        sheet[f"{column}5"] = word
    rows = {age: [figures[f"{age}/{tail}"] for tail in ("健康体检/城镇/男", "健康体检/城镇/女", "健康体检/农村/男", "健康体检/农村/女",
                                                     "家庭医生签约/城镇", "家庭医生签约/农村", "补助经费")] for age in AGES}
    rows["合计"] = [sum(column) for column in zip(*rows.values())]
    for row, (name, (a, b, c, d, e, f, money)) in enumerate(rows.items(), 6):
        line = [a, b, a + b, c, d, c + d, a + b + c + d, e, f, e + f, money]
        if name == AGES[0]:
            digits = str(line[2])
            line[2] = Decimal(digits[:-2] + digits[-1] + digits[-2])
        sheet.cell(row, 1, name)
        for column, value in enumerate(line, 2):
            sheet.cell(row, column, number(value))
    sheet["A10"], sheet["G10"] = "填表人：何平", "电话：13803990001"
    for cells in sheet["A1:L9"]:
        for cell in cells:
            cell.alignment = middle
            if cell.row > 2:
                cell.border = box
    sheet.merge_cells("A1:L1")
    book.save(path)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    tool = os.path.abspath(options.parse_args().tool)
    inbox = HERE / "收件"
    inbox.mkdir(exist_ok=True)
    for old in inbox.iterdir():
        old.unlink()
    sums = {}
    with tempfile.TemporaryDirectory() as tmp:
        for form, units in (("附表1", [*TARGETS, "怀州市中医院", "怀州市老年医院"]), ("附表2", list(TARGETS))):
            for unit in units:
                figures = checkup(TARGETS.get(unit, 900)) if form == "附表1" else prevention(BUDGETS[unit])
                if (form, unit) == MISSING:
                    continue
                for key, value in figures.items():
                    sums[form, key] = sums.get((form, key), 0) + value
                short = unit.replace("卫生健康委员会", "卫健委")
                path, day = inbox / f"{short}{form}.xlsx", f"2025年12月{rng.randint(3, 9)}日"
                if (form, unit) == ("附表1", BY_HAND):
                    by_hand(path, unit, figures, day)
                    continue
                blank = Path(tmp) / "blank.xlsx"
                subprocess.run([tool, "template", "--campaign", HERE, "--form", form, "--unit", unit, "-o", blank], check=True, capture_output=True)
                fill(tool, blank, path, figures, day)
                blank.unlink()
    for (form, key), value in sums.items():
        print(form, key, value)


if __name__ == "__main__":
    main()
