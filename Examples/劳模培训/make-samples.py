#!/usr/bin/env python3
"""Writes the sample submissions of 收件: the program's own blank lists filled in, a list typed anew in Word, one saved as CSV.

  make-samples.py --tool .build/release/huizong     (needs openpyxl, python-docx; the result is checked in)

Prints how many trainees there are and what they cost, added up here and not by the program.
"""
import argparse, csv, datetime, random, subprocess, sys, tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path = [path for path in sys.path if Path(path or ".").resolve() != HERE]
import docx
import openpyxl

rng = random.Random(2025)
HONOURS = ["全国劳动模范", "省级劳动模范", "市级劳动模范", "工匠"]
FAMILY, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "建国志强秀兰海燕文博晓东立新玉梅永军春华"
FACTORIES = ["第二机床厂", "市第一医院", "供水公司", "公交公司", "实验中学", "电力检修公司", "纺织厂", "农机站"]
UNITS = {"安和县总工会": 7, "白水县总工会": 5, "临江区总工会": 9, "南塘区总工会": 6, "机械冶金工会": 8}   # 教科文卫工会 sends nothing
HEADINGS = ["序号", "姓名", "性别", "身份证号", "工作单位", "荣誉称号", "报到日期", "培训天数（天）", "食宿费", "资料费", "小计", "是否结业", "联系电话", "备注"]


def citizen_id(born, number):
    """Region 4199 does not exist."""
    digits = f"419901{born:%Y%m%d}{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def person():
    man = rng.random() < 0.6
    honour = rng.choices(HONOURS, (1, 3, 5, 5))[0]
    days = rng.choice((3, 5, 7))
    board, books = 0 if honour == HONOURS[0] else days * rng.choice((260, 300, 320)), rng.choice((60, 80, 120))
    return {"姓名": rng.choice(FAMILY) + "".join(rng.sample(GIVEN, 2)), "性别": "男" if man else "女",
            "身份证号": citizen_id(datetime.date(rng.randint(1966, 1995), rng.randint(1, 12), rng.randint(1, 28)), rng.randint(0, 499) * 2 + man),
            "工作单位": rng.choice(FACTORIES), "荣誉称号": honour, "报到日期": datetime.date(2025, rng.randint(4, 8), rng.randint(1, 28)),
            "培训天数": days, "食宿费": board, "资料费": books, "小计": board + books, "是否结业": "是" if rng.random() < 0.9 else "否",
            "联系电话": "1390000" + f"{rng.randint(0, 9999):04d}", "备注": None}


def place_of(sheet, heading):
    for row in sheet.iter_rows(max_row=10):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.replace("\n", "").split("（")[0] == heading:
                return cell
    raise SystemExit(f"no heading {heading}")


def fill(blank, path, people, day, change=None):
    book = openpyxl.load_workbook(blank)
    sheet = book.active
    first = place_of(sheet, "小计").row + 1
    for index, one in enumerate(people):
        for key, value in one.items():
            cell = sheet.cell(first + index, place_of(sheet, key).column)
            if value is not None and not str(cell.value or "").startswith("="):
                cell.value = value
    for row in sheet.iter_rows():
        for cell in row:
            label = str(cell.value or "")
            if label in ("填报时间：", "填报人：", "联系电话："):
                text = {"填报时间": day, "填报人": "林峰", "联系电话": "0999-6100288"}[label.rstrip("：")]
                column = cell.column + 1
                while isinstance(sheet.cell(cell.row, column), openpyxl.cell.cell.MergedCell):
                    column += 1
                sheet.cell(cell.row, column).value = text
    if change:
        change(sheet, first)
    book.save(path)


def in_word(path, unit, people, day):
    document = docx.Document()
    document.add_paragraph("2025年劳模工匠培训学员名册")
    document.add_paragraph(f"填报单位：{unit}\t填报日期：{day}")
    table = document.add_table(rows=2, cols=len(HEADINGS), style="Table Grid")
    for column, heading in enumerate(HEADINGS):
        if heading in ("食宿费", "资料费", "小计"):
            table.cell(1, column).text = heading
        else:
            table.cell(0, column).merge(table.cell(1, column)).text = heading
    table.cell(0, 8).merge(table.cell(0, 10)).text = "培训经费（元）"
    keys = ["姓名", "性别", "身份证号", "工作单位", "荣誉称号", "报到日期", "培训天数", "食宿费", "资料费", "小计", "是否结业", "联系电话", "备注"]
    for number, one in enumerate(people, 1):
        for cell, value in zip(table.add_row().cells, [number] + [one[key] for key in keys]):
            cell.text = "" if value is None else f"{value.month}月{value.day}日" if isinstance(value, datetime.date) else str(value)
    sums = {key: sum(one[key] for one in people) for key in ("培训天数", "食宿费", "资料费", "小计")}
    for cell, text in zip(table.add_row().cells, ["合计"] + [str(sums[key]) if key in sums else "" for key in keys]):
        cell.text = text
    document.add_paragraph("填表人：林峰\t电话：0999-6100288")
    document.save(path)


def in_csv(path, unit, people, day):
    with open(path, "w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow(["2025年劳模工匠培训学员名册"])
        out.writerow(["填报单位：", unit, "", "填报时间：", day])
        out.writerow(HEADINGS)
        for number, one in enumerate(people, 1):
            out.writerow([number] + ["" if v is None else f"{v:%Y.%m.%d}" if isinstance(v, datetime.date) else v for v in one.values()])
        out.writerow(["填报人：", "林峰", "联系电话：", "0999-6100288"])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    tool = options.parse_args().tool
    lists = {unit: [person() for _ in range(count)] for unit, count in UNITS.items()}
    inbox = HERE / "收件"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([tool, "template", "--all-units", "--campaign", HERE, "-o", folder], check=True, capture_output=True)
        blanks = {unit: next(path for path in sorted(Path(folder).rglob("*.xlsx")) if unit in path.name) for unit in lists}
        for path in inbox.glob("*"):
            path.unlink()
        # Nothing wrong.
        fill(blanks["安和县总工会"], inbox / "安和县总工会附件1.xlsx", lists["安和县总工会"], "2025-09-18")
        # The same person in two lists, a slip in another's number, a board fee beyond the limit.
        again = dict(lists["安和县总工会"][2], 工作单位="白水县农机站")
        lists["白水县总工会"][1] = again
        spoilt = lists["白水县总工会"][3]["身份证号"]
        lists["白水县总工会"][3]["身份证号"] = spoilt[:12] + spoilt[13] + spoilt[12] + spoilt[14:]
        lists["白水县总工会"][4].update(荣誉称号="市级劳动模范", 培训天数=5, 食宿费=2600)
        fill(blanks["白水县总工会"], inbox / "附件1-白水县.xlsx", lists["白水县总工会"], "2025-09-22")
        # Choices in other words, one misspelt; days in words; one line twice; one without a name.
        people = lists["临江区总工会"]
        people[0].update(荣誉称号="市劳模"), people[1].update(荣誉称号="省级劳动摸范"), people[2].update(报到日期="5月12日")
        people[4].update(培训天数="5天"), people[5].update(姓名=None)
        people.append(dict(people[3]))
        fill(blanks["临江区总工会"], inbox / "临江区总工会学员名册.xlsx", people, "2025年9月25日")
        # In Word, with a total that leaves one person out.
        in_word(inbox / "南塘区学员名册.docx", "南塘区总工会", lists["南塘区总工会"], "2025.9.28")
        document = docx.Document(inbox / "南塘区学员名册.docx")
        cells = document.tables[0].rows[-1].cells
        cells[10].text = str(int(cells[10].text) - lists["南塘区总工会"][2]["小计"])
        document.save(inbox / "南塘区学员名册.docx")
        # Too late, as CSV; a model worker who pays.
        lists["机械冶金工会"][0].update(荣誉称号="全国劳动模范", 食宿费=900, 小计=900 + lists["机械冶金工会"][0]["资料费"])
        in_csv(inbox / "机械冶金工会附件1.csv", "机械冶金工会", lists["机械冶金工会"], "2025-10-08")
    everyone = [one for people in lists.values() for one in people]
    print(f"{len(everyone)} trainees, {sum(one['食宿费'] + one['资料费'] for one in everyone)} yuan")


if __name__ == "__main__":
    main()
