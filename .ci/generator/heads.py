"""The four lines around a table, as people write them."""
import datetime

from .figures import chinese
from .page import DateCell

LABELS = {
    "unit": ["填报单位（盖章）", "填报单位（盖章）", "填报单位(盖章)", "填报单位", "填 报 单 位", "报送单位", "单位名称（盖章）", "填报单位（公章）"],
    "filledOn": ["填报时间", "填报时间", "填报日期", "填表时间", "报送时间", "填 报 时 间", "填报\n时间"],
    "filledBy": ["填报人", "填报人", "填表人", "制表人", "填 报 人", "填报人（签字）", "经办人"],
    "phone": ["联系电话", "联系电话", "电话", "联系方式", "联 系 电 话", "手机号码"]}
NAMES = ["王芳", "李明", "欧阳娜", "赵 静", "张建国", "毋秋菊", "司马云飞"]


def phone(rng):
    local = str(rng.choice([2, 3, 7, 8])) + "".join(rng.choice("0123456789") for _ in range(6))
    mobile = "1" + rng.choice("3578") + "".join(rng.choice("0123456789") for _ in range(9))
    return rng.choice([local, "0391-" + local, "0391" + local, "(0391)" + local, "（0391）" + local, mobile, int(mobile), int(local),
                       mobile[:3] + " " + mobile[3:7] + " " + mobile[7:], mobile[:3] + "-" + mobile[3:7] + "-" + mobile[7:], "0391—" + local])


def date_text(day, rng):
    """A date in one of the ways that people write it, or a cell that is one."""
    y, m, d = day.year, day.month, day.day
    digits = "〇一二三四五六七八九"
    han = "".join(digits[int(c)] for c in str(y)) + f"年{chinese(m)}月{chinese(d)}日"
    serial = (day - datetime.date(1899, 12, 30)).days
    return rng.choice([
        f"{y}年{m}月{d}日", f"{y}年{m}月{d}日", f"{y}年{m:02}月{d:02}日", f"{y}.{m}.{d}", f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}{m:02}{d:02}",
        f"{m}月{d}日", han, f"{y} 年 {m} 月 {d} 日", f"{y}．{m}．{d}", DateCell(day), DateCell(day, 'yyyy"年"m"月"d"日"'), serial,
        int(f"{y}{m:02}{d:02}"), f"{y}年{m}月{d}号"])


class Head:
    """What the lines say, and the habit in which they are written. A blank value is None."""

    def __init__(self, rng, values):
        self.values = dict(values)
        self.labels = {r: rng.choice(w) for r, w in LABELS.items()}
        self.colon = rng.choice(["：", "：", "：", ":", "： "])
        self.style = rng.choice(["fused", "fused", "fused own", "pairs", "pairs", "merged pairs", "own pairs", "one cell", "vertical", "split"])
        self.place = rng.choice(["usual"] * 5 + ["above", "below", "turned"])
        self.extra = rng.choice([None] * 4 + [("审核人", "陈立"), ("单位负责人", "周文"), ("审核人", "")])
        self.rng = rng

    def groups(self):
        usual = [["unit", "filledOn"], ["filledBy", "phone"]]
        return {"usual": usual, "turned": usual[::-1], "above": [usual[0] + usual[1], []], "below": [[], usual[0] + usual[1]]}[self.place]

    def text(self, role):
        value = self.values.get(role)
        if isinstance(value, DateCell):
            value = f"{value.date.year}年{value.date.month}月{value.date.day}日"
        if role == "filledOn" and isinstance(value, int) and value < 100000:       # nobody types a serial number
            day = datetime.date(1899, 12, 30) + datetime.timedelta(value)
            value = f"{day.year}年{day.month}月{day.day}日"
        return "" if value is None else str(value)

    def write(self, page, row, column, width, roles):
        """Puts the lines of some roles on a page; returns the next free row."""
        if not roles:
            return row
        width, style, rng = max(width, 2), self.style, self.rng
        split = lambda role: style == "split" and role == "filledOn" and isinstance(self.values.get(role), DateCell)
        if style == "one cell":
            blank = rng.choice(["    ", "　　　", "          "])
            page.put(row, column, blank.join(self.labels[r] + self.colon + self.text(r) for r in roles), columns=width)
            row += 1
        elif style in ("fused", "fused own"):
            for n, role in enumerate(roles):
                text = self.labels[role] + self.colon + self.text(role)
                if style == "fused own":
                    page.put(row, column, text, columns=width)
                    row += 1
                else:
                    page.put(row, column + n * max(1, (width + 1) // 2) if len(roles) == 2 else column + n, text)
            row += style == "fused"
        elif style == "vertical" and len(roles) > 1:
            for n, role in enumerate(roles):
                page.put(row, column + n, self.labels[role])
                page.put(row + 1, column + n, self.values.get(role))
            row += 2
        else:
            at = column
            for role in roles:
                label = self.labels[role] + (self.colon.strip() if rng.random() < 0.7 else "")
                if split(role):
                    day = self.values[role].date
                    page.put(row, at, label)
                    pieces = rng.choice([[day.year, "年", day.month, "月", day.day, "日"], [f"{day.year}年", f"{day.month}月", f"{day.day}日"],
                                         [str(day.year), "年", f"{day.month:02}", "月", f"{day.day:02}", "日"]])
                    for n, piece in enumerate(pieces):
                        page.put(row, at + 1 + n, piece)
                    row, at = row + 1, column
                    continue
                if style == "merged pairs":
                    page.put(row, at, label, columns=2)
                    page.put(row, at + 2, self.values.get(role), columns=2)
                    at += 4
                elif style == "own pairs" or split(role):
                    page.put(row, at, label)
                    page.put(row, at + 1, self.values.get(role), columns=rng.choice([1, width - 1]) or 1)
                    row += 1
                else:
                    page.put(row, at, label)
                    page.put(row, at + 1, self.values.get(role))
                    at += 2
            row += style != "own pairs" and at != column
        if self.extra and "filledBy" in roles and style != "vertical":
            page.put(row, column, self.extra[0] + self.colon + self.extra[1])
            row += 1
        return row
