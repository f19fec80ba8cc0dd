"""Figures that a clean form may hold, and the habits in which people write them."""
from decimal import Decimal as D

from .notice import CAMPUS, COVERAGE, KINDS, OUTREACH


def clean(form, unit, rng):
    """Figures that no rule about single figures or pairs questions, by field."""
    if form == CAMPUS:
        target = D(COVERAGE.get(unit, 10000)) / 10000
        share = D(rng.randint(15, 85)) / 100
        total = target * D(rng.choice([101, 110, 133, 150, 240])) / 100
        online, offline = rng.randint(1, 12), rng.randint(1, 12)
        up = (total * share).quantize(D(rng.choice(["0.01", "0.0001", "0.001"])))
        up = max(up, D("0.01"))
        down = max((total - up).quantize(D("0.0001")), D("0.0001") * 6 * offline)
        while up + down < target:
            down += D("0.01")
        return {"活动场次/线上": D(online), "活动场次/线下": D(offline), "覆盖人数/线上": up, "覆盖人数/线下": down,
                "媒体报道": D(rng.randint(1, 60))}
    values = {}
    for kind in KINDS:
        up = rng.choice([0, 1, 1, 2, 3])
        down = rng.randint(5, 19) if kind == "送文艺" else rng.randint(1, rng.choice([4, 14]))
        pairs = ((up, up * rng.choice([rng.randint(5, 99), rng.randint(300, 5000), rng.randint(300, 90000)])),
                 (down, down * rng.randint(20, 180) + rng.randint(0, 9)))
        for channel, (s, p) in zip(("线上", "线下"), pairs):
            values[f"{kind}/场次/{channel}"], values[f"{kind}/参加人数/{channel}"] = D(s), D(p)
        for measure in ("场次", "参加人数"):
            values[f"{kind}/{measure}/合计"] = values[f"{kind}/{measure}/线上"] + values[f"{kind}/{measure}/线下"]
    if all(values[f"{k}/{m}/线上"] == 0 for k in KINDS for m in ("场次", "参加人数")):
        return clean(form, unit, rng)
    return values


def unit_of(form, field):
    measure = field.split("/")[1] if form == OUTREACH else field.split("/")[0]
    return {"场次": "场", "参加人数": "人", "活动场次": "场", "覆盖人数": "万人次", "媒体报道": "篇"}[measure]


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def chinese(n):
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千"]
    if n == 0:
        return "零"
    if n >= 10000:
        rest = n % 10000
        return chinese(n // 10000) + "万" + ("" if rest == 0 else ("零" if rest < 1000 else "") + chinese(rest))
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = n // 10 ** place % 10
        if digit == 0:
            zero = bool(text)
            continue
        text += ("零" if zero else "") + digits[digit] + places[place]
        zero = False
    return text.removeprefix("一") if 10 <= n < 20 else text


def plain(value):
    return str(int(value)) if value == value.to_integral_value() else format(value.normalize(), "f")


def habit(form, field, value, rng):
    """(what is written, whether that is to be told as C02). Everything here stands for the value exactly."""
    text, unit = plain(value), unit_of(form, field)
    whole = value == value.to_integral_value()
    ways = ["text", "wide", "unit", "spaced", "wideunit"]
    if whole and value >= 1000:
        ways += ["comma", "widecomma"]
    if unit == "人":
        ways += ["people"]
        if value >= 10000 and value % 100 == 0:
            ways += ["wan", "wanunit", "wan"]
    if whole and 1 <= value < 100000 and unit != "万人次":
        ways += ["chinese"]
    if value == 0:
        ways = ["word", "word", "word", "text"]
    way = rng.choice(ways)
    return {
        "text": lambda: text, "wide": lambda: wide(text), "unit": lambda: text + unit, "spaced": lambda: f" {text} {unit} ",
        "wideunit": lambda: wide(text) + unit, "comma": lambda: f"{int(value):,}", "widecomma": lambda: wide(f"{int(value):,}"),
        "people": lambda: text + rng.choice(["人次", "人", "名"]), "wan": lambda: plain(value / 10000) + "万",
        "wanunit": lambda: plain(value / 10000) + "万人", "chinese": lambda: chinese(int(value)),
        "word": lambda: rng.choice(["无", "/", "—", "-", "零", "〇", "——", "0" + unit, "０"])}[way]()
