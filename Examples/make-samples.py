#!/usr/bin/env python3
"""Writes the sample submissions of Examples/收件: what sixteen units might mail in, with the habits people have.

  make-samples.py        (needs openpyxl; the result is checked in, so nobody needs to run this)

Most forms are right. What is not, and what the program should say of it, stands beside each unit below.
"""
import csv, random, shutil, zipfile
from pathlib import Path

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side

INBOX = Path(__file__).parent / "收件"
KINDS = ["送文艺", "送电影", "送书画", "送讲座", "送培训"]
BOX = Border(*[Side(style="thin")] * 4)
MIDDLE = Alignment(horizontal="center", vertical="center")

# unit: (target of 附件1 in sessions, target of 附件3 in 人次 or None)
UNITS = {
    "沁阳市总工会": (60, 10000), "孟州市总工会": (60, 10000), "博爱县总工会": (60, 10000), "武陟县总工会": (60, 10000),
    "温县总工会": (60, 10000), "修武县总工会": (60, 10000), "解放区总工会": (40, 8000), "山阳区总工会": (40, 8000),
    "中站区总工会": (40, 8000), "马村区总工会": (40, 8000), "高新区工会": (15, 8000), "焦煤工会": (30, None),
    "交通工会": (10, None), "建设工会": (15, None), "教育工会": (15, 10000), "财贸工会": (15, None),
}
rng = random.Random(2024)


def culture(target):
    """Figures of 附件2: {(kind, measure): [online, offline, total]} that reach the target."""
    figures, share = {}, -(-target // 5)
    for kind in KINDS:
        online = rng.randint(0, 2)
        offline = max(5, share - online + rng.randint(0, 4))
        people = [online * rng.randint(200, 900), offline * rng.randint(40, 160)]
        figures[kind, "场次"] = [online, offline, online + offline]
        figures[kind, "参加人数"] = [*people, sum(people)]
    return figures


def campus(target):
    """Figures of 附件4: sessions online and offline, coverage in 万人次 online and offline, reports."""
    need = (target or 6000) * rng.randint(102, 130) // 100
    online = need * rng.randint(40, 60) // 100
    return [rng.randint(1, 4), rng.randint(6, 20), online / 10000, (need - online) / 10000, rng.randint(3, 25)]


def culture_rows(unit, figures, day):
    rows = [["附件2"], ["“中国梦·劳动美·工会情”文化活动进基层情况统计表"], [f"填报单位（盖章）：{unit}", "", "", f"填报时间：{day}"],
            ["", "", "线上", "线下", "合计"]]
    for kind in KINDS:
        for measure in ("场次", "参加人数"):
            rows.append([kind if measure == "场次" else "", measure, *figures[kind, measure]])
    return rows + [["填报人：王芳", "", "", "联系电话：0391-3999920"]]


def campus_rows(unit, figures, day):
    return [["附件4"], ["2024年“劳模工匠进校园”活动开展情况统计表"], [f"填报单位（盖章）：{unit}", "", "", f"填报时间：{day}"],
            ["活动场次（场）", "", "覆盖人数（万人次）", "", "媒体报道（篇次）"], ["线上", "线下", "线上", "线下", ""], figures,
            ["填报人：王芳", "", "", "联系电话：0391-3999920"]]


def workbook(rows, merges):
    book = openpyxl.Workbook()
    sheet = book.active
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c, value if value != "" else None)
            cell.alignment = MIDDLE
            if 3 < r < len(rows):
                cell.border = BOX
    sheet["A2"].font = Font(size=18)
    sheet.merge_cells("A2:E2")
    for merge in merges:
        sheet.merge_cells(merge)
    for letter in "ABCDE":
        sheet.column_dimensions[letter].width = 16
    return book


CULTURE_MERGES = [f"A{r}:A{r + 1}" for r in range(5, 15, 2)]
CAMPUS_MERGES = ["A4:B4", "C4:D4", "E4:E5"]


def save(name, rows, merges, formulas=False):
    path = INBOX / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".csv"):
        with open(path, "w", newline="", encoding="gb18030") as out:
            csv.writer(out).writerows(rows)
        return
    book = workbook(rows, merges)
    if formulas:
        for r in range(5, 15):
            book.active[f"E{r}"] = f"=SUM(C{r}:D{r})"
    book.save(path)


def main():
    shutil.rmtree(INBOX, ignore_errors=True)
    INBOX.mkdir(parents=True)
    for unit, (sessions, coverage) in UNITS.items():
        short = unit.replace("总工会", "").replace("工会", "")
        figures, visits, day = culture(sessions), campus(coverage), "2024年11月15日"
        name2, name4 = f"附件2-{short}.xlsx", f"{unit}附件4.xlsx"
        if unit == "沁阳市总工会":                       # two digits of a total exchanged: T03, with the likely answer
            total = str(figures["送讲座", "参加人数"][2])
            figures["送讲座", "参加人数"][2] = int(total[1] + total[0] + total[2:])
        if unit == "孟州市总工会":                       # the totals of one kind left blank: T01
            figures["送电影", "场次"][2] = figures["送电影", "参加人数"][2] = ""
        if unit == "温县总工会":                         # figures as text, with units and full-width digits: C02
            figures["送书画", "场次"][1] = f"{figures['送书画', '场次'][1]}场"
            figures["送文艺", "参加人数"][1] = "".join(chr(ord(d) + 0xFEE0) for d in str(figures["送文艺", "参加人数"][1]))
        if unit == "修武县总工会":                       # five days late: D01
            day = "2024.11.25"
        if unit == "解放区总工会":                       # a CSV as Excel saves it in China
            name2, name4 = "解放区 附件2.csv", "解放区 附件4.csv"
        if unit == "山阳区总工会":                       # people but no session: X01
            figures["送培训", "场次"][0], figures["送培训", "场次"][2] = 0, figures["送培训", "场次"][1]
            figures["送培训", "参加人数"][0] = 150
            figures["送培训", "参加人数"][2] = 150 + figures["送培训", "参加人数"][1]
        if unit == "高新区工会":                         # coverage written in 人次 instead of 万人次: U01
            visits[3] = round(visits[3] * 10000)
        if unit == "建设工会":                           # has not sent 附件2; D02 after the deadline
            save(name4, campus_rows(unit, visits, day), CAMPUS_MERGES)
            continue
        if unit == "财贸工会":                           # only a scan: D03
            (INBOX / "财贸工会附件2（盖章扫描件）.pdf").write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
            save(name4, campus_rows(unit, visits, day), CAMPUS_MERGES)
            continue
        rows = culture_rows(unit, figures, day)
        if unit == "马村区总工会":                       # the telephone number is too short: H02
            rows[-1][3] = "联系电话：139391234"
        save(name2, rows, CULTURE_MERGES, formulas=unit in ("武陟县总工会", "教育工会"))
        if unit != "交通工会":                           # owes 附件4; not an error before 2024-12-01
            save(name4, campus_rows(unit, visits, day), CAMPUS_MERGES)
        if unit == "博爱县总工会":                       # sent again, later, with one more session: D05, the later one counts
            figures["送文艺", "场次"][1] += 1
            figures["送文艺", "场次"][2] += 1
            save(f"附件2-{short}（更正）.xlsx", culture_rows(unit, figures, "2024年11月18日"), CULTURE_MERGES)
    packed = [INBOX / "附件2-中站区.xlsx", INBOX / "中站区总工会附件4.xlsx"]
    with zipfile.ZipFile(INBOX / "中站区报送材料.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in packed:
            archive.write(path, path.name)
            path.unlink()


if __name__ == "__main__":
    main()
