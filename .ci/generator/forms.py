"""One filled form: its figures and lines, the errors planted in it, and what is to be said about them."""
import datetime
from decimal import Decimal as D

from . import seen
from .figures import clean, habit, plain
from .heads import NAMES, date_text, phone
from .notice import CAMPUS, FIELDS, KINDS, OUTREACH, UNIT_SPELLINGS
from .page import Shown


class Form:
    def __init__(self, id, unit, rng, as_of):
        self.id, self.unit, self.rng, self.as_of = id, unit, rng, as_of
        self.values = {f: None for f in FIELDS[id]} | clean(id, unit, rng)
        self.written = {}                       # what stands in a cell where it is not the plain figure
        self.unreadable, self.doubtful, self.missing = set(), set(), set()
        self.broken, self.exchanged, self.why = set(), set(), {}
        self.total_is_formula = False
        self.added = None                       # "right" or "wrong": a row of sums that the unit added
        self.must, self.may, self.planted = [], [], []
        last = datetime.date.fromisoformat(min(as_of, "2024-11-20" if id == OUTREACH else "2024-11-30"))
        self.filled_on = last - datetime.timedelta(rng.randint(0, 25))
        self.name, self.phone = rng.choice(NAMES), phone(rng)
        self.head = {"unit": rng.choice(UNIT_SPELLINGS[unit]), "filledOn": date_text(self.filled_on, rng), "filledBy": self.name, "phone": self.phone}
        self.expected_unit = unit
        self.named = True                       # whether the file's name may say whose it is
        self.file_unit = unit
        self.merged, self.kept = None, {}       # a row whose parts share a cell, and its figures

    @property
    def may_be_rejected(self):
        """Whether the file's state is left open: nothing filled in, of nobody, or with headings missing."""
        return self.unit is None or bool(self.missing) or all(self.values[f] is None for f in self.inputs()) and not self.unreadable

    def tell(self, rule, severity, field=None, candidates=()):
        self.must.append({"rule": rule, "severity": severity, "field": field, "candidates": list(candidates)})

    def inputs(self):
        return [f for f in self.values if not f.endswith("合计")]

    def rows(self):
        return [f"{k}/{m}" for k in KINDS for m in ("场次", "参加人数")]

    def retotal(self, row):
        self.values[f"{row}/合计"] = self.values[f"{row}/线上"] + self.values[f"{row}/线下"]

    def write_habits(self, share):
        for field, value in self.values.items():
            if value is not None and field not in self.written and self.rng.random() < share:
                self.written[field] = habit(self.id, field, value, self.rng)
                self.tell("C02", "info", field)
        if self.rng.random() < 0.1:
            for field, value in self.values.items():
                if value is not None and field not in self.written and value == value.to_integral_value() and "人数" not in field:
                    self.written[field] = Shown(value, '0"场"' if "场次" in field else "General")

    def plant(self, name):
        if PLANTS[name](self) is not False:
            self.planted.append(name)


def pick_row(form, least=0):
    rows = [r for r in form.rows() if r not in form.broken and all(
        form.values[f"{r}/{c}"] is not None and f"{r}/{c}" not in form.written for c in ("线上", "线下", "合计")) and form.values[f"{r}/合计"] >= least
        and not any(x.startswith(r.split("/")[0]) for x in form.broken)]
    if not rows:
        return None
    row = form.rng.choice(rows)
    form.broken.add(row)
    return row


def outreach_only(plant):
    def planted(form):
        return plant(form) if form.id == OUTREACH else False
    return planted


def campus_only(plant):
    def planted(form):
        return plant(form) if form.id == CAMPUS else False
    return planted


def on_row(least=0):
    def wrap(plant):
        def planted(form):
            if form.id != OUTREACH or form.total_is_formula:
                return False
            row = pick_row(form, least)
            return False if row is None else plant(form, row)
        return planted
    return wrap


@on_row()
def total_blank(form, row):
    form.values[f"{row}/合计"] = None


@on_row()
def part_blank(form, row):
    form.values[f"{row}/{form.rng.choice(['线上', '线下'])}"] = None


@on_row()
def part_and_total_blank(form, row):
    form.values[f"{row}/{form.rng.choice(['线上', '线下'])}"] = form.values[f"{row}/合计"] = None


@on_row()
def row_blank(form, row):
    form.values[f"{row}/线上"] = form.values[f"{row}/线下"] = None


@outreach_only
def kind_blank(form):
    kinds = [k for k in KINDS if not any(r.startswith(k) for r in form.broken)]
    if not kinds:
        return False
    kind = form.rng.choice(kinds)
    form.broken |= {f"{kind}/场次", f"{kind}/参加人数"}
    for f in form.values:
        if f.startswith(kind + "/"):
            form.values[f] = None
            form.written.pop(f, None)


@on_row()
def merged_inputs(form, row):
    """Both parts in one merged cell; taken back if the layout has them apart."""
    parts = [f"{row}/线上", f"{row}/线下"]
    form.merged, form.kept = row, {p: form.values[p] for p in parts}
    form.unreadable |= set(parts)
    form.values.update(dict.fromkeys(parts))


def all_blank(form):
    if form.planted or form.added:
        return False
    form.values = dict.fromkeys(form.values)
    form.written = {}
    form.broken = set(form.rows())


def swapped_digits(value, rng):
    text = plain(value)
    places = [i for i in range(len(text) - 1) if text[i] != text[i + 1] and not (i == 0 and text[1] == "0")]
    if not places:
        return None
    i = rng.choice(places)
    return D(text[:i] + text[i + 1] + text[i] + text[i + 2:])


def slip(way):
    """A slip of the hand in the total, or in a part."""
    def plant(form, row):
        rng, field = form.rng, f"{row}/{form.rng.choice(['合计', '合计', '线上', '线下'])}"
        right = form.values[field]
        text = plain(right)
        if len(text) < 3:
            field = f"{row}/合计"
            right = form.values[field]
            text = plain(right)
        wrong, why = None, None
        if way == "transposed":
            wrong, why = swapped_digits(right, rng), "transposed-digits"
        elif way == "digit":
            i = rng.randrange(len(text))
            digit = rng.choice([d for d in "123456789" if d != text[i]])
            wrong, why = D(text[:i] + digit + text[i + 1:]), "wrong-digit"
        elif way == "extra":
            i = rng.randrange(1, len(text))
            wrong, why = D(text[:i] + rng.choice("0123456789") + text[i:]), "extra-digit"
        elif way == "missing":
            i = rng.randrange(1, len(text))
            wrong, why = D(text[:i] + text[i + 1:]), "missing-digit"
        elif way == "power":
            k = rng.choice([1, 1, 2, 3])
            wrong, why = right * 10 ** k, "power-of-ten"
            if field.endswith("合计") and rng.random() < 0.3 and right % 10 == 0:
                wrong = right / 10
        elif way == "copied":
            field = f"{row}/合计"
            wrong = form.values[f"{row}/{rng.choice(['线上', '线下'])}"]
            right, why = form.values[field], "copied"
        elif way == "far":
            field = f"{row}/合计"
            wrong = right + rng.randint(11, 99)
        elif way == "below":
            field = f"{row}/合计"
            least = min(form.values[f"{row}/线上"], form.values[f"{row}/线下"])
            wrong = least - rng.randint(1, int(least)) if least > 0 else None
        if wrong is None or wrong == right:
            return False
        form.values[field] = wrong
        # Another explanation may rank first; that the right figure is offered is what is asked then.
        if why and min(len(plain(wrong)), len(plain(right))) >= 3 and wrong > 0 and way != "power":
            form.why[field] = why if plausible(wrong, right, why, form, row, field) else None
    return on_row(100 if way in ("transposed", "digit", "extra", "missing") else 10)(plant)


def plausible(wrong, right, why, form, row, field):
    """Whether nothing else explains the slip better: a power of ten, a copy."""
    small, large = sorted((wrong, right))
    if any(small * 10 ** k == large for k in range(1, 5)):
        return False
    if field.endswith("合计"):
        parts = [form.values[f"{row}/{c}"] for c in ("线上", "线下")]
        return (wrong in parts) == (why == "copied")
    return True


def pairs(form):
    return [(k, c) for k in KINDS for c in ("线上", "线下") if not any(r.startswith(k) for r in form.broken)]


@outreach_only
def no_people(form):
    choice = [(k, c) for k, c in pairs(form) if form.values[f"{k}/场次/{c}"] > 0]
    return change_pair(form, choice, lambda s, p: (s, D(0)))


@outreach_only
def no_sessions(form):
    choice = [(k, c) for k, c in pairs(form) if form.values[f"{k}/参加人数/{c}"] > 0]
    return change_pair(form, choice, lambda s, p: (D(0), p))


@outreach_only
def exchanged(form):
    choice = [(k, c) for k, c in pairs(form) if form.values[f"{k}/参加人数/{c}"] > form.values[f"{k}/场次/{c}"] > 0]
    if not choice:
        return False
    kind, channel = form.rng.choice(choice)
    form.broken |= {f"{kind}/场次", f"{kind}/参加人数"}
    a, b = f"{kind}/场次/{channel}", f"{kind}/参加人数/{channel}"
    form.values[a], form.values[b] = form.values[b], form.values[a]
    form.doubtful |= {a, b}
    form.tell("X02", "error", kind)
    if form.rng.random() < 0.5 and not form.total_is_formula:
        form.exchanged |= {f"{kind}/场次", f"{kind}/参加人数"}
    else:
        form.retotal(f"{kind}/场次")
        form.retotal(f"{kind}/参加人数")


@outreach_only
def per_session(form):
    """Too few, too many, or exactly at the edge."""
    choice = [(k, c) for k, c in pairs(form) if form.values[f"{k}/场次/{c}"] > 0]
    def change(s, p, channel):
        high = 5000 if channel == "线下" else 200000
        return s, form.rng.choice([5 * s, 5 * s - 1, high * s, high * s + 1, 4 * s])
    return change_pair(form, choice, change, True)


@outreach_only
def equal_figures(form):
    """As many people as sessions: few, but not exchanged."""
    return change_pair(form, [(k, c) for k, c in pairs(form) if form.values[f"{k}/场次/{c}"] > 0], lambda s, p: (s, s))


def change_pair(form, choice, change, with_channel=False):
    if not choice:
        return False
    kind, channel = form.rng.choice(choice)
    a, b = f"{kind}/场次/{channel}", f"{kind}/参加人数/{channel}"
    s, p = form.values[a], form.values[b]
    s, p = change(s, p, channel) if with_channel else change(s, p)
    if p < 0:
        return False
    form.values[a], form.values[b] = s, p
    form.retotal(f"{kind}/场次")
    form.retotal(f"{kind}/参加人数")
    form.written = {f: w for f, w in form.written.items() if not f.startswith(kind)}


@outreach_only
def kind_not_held(form):
    kinds = [k for k in KINDS if not any(r.startswith(k) for r in form.broken)]
    if not kinds:
        return False
    kind = form.rng.choice(kinds)
    for f in form.values:
        if f.startswith(kind + "/"):
            form.values[f] = D(0)


@outreach_only
def few_shows(form):
    if any(r.startswith("送文艺") for r in form.broken):
        return False
    down, up = form.rng.choice([(4, 0), (3, 1), (5, 0), (4, 1), (2, 1)])
    form.values |= {"送文艺/场次/线上": D(up), "送文艺/场次/线下": D(down), "送文艺/参加人数/线上": D(up * 700), "送文艺/参加人数/线下": D(down * 120)}
    form.retotal("送文艺/场次")
    form.retotal("送文艺/参加人数")


@outreach_only
def offline_only(form):
    if form.broken:
        return False
    for f in form.inputs():
        if f.endswith("线上"):
            form.values[f] = D(0)
    for row in form.rows():
        form.retotal(row)


@outreach_only
def many_sessions(form):
    """Near the target of 附件1, or far above it."""
    from .notice import SESSIONS
    if form.broken:
        return False
    target = SESSIONS.get(form.unit, 60)
    goal = form.rng.choice([target, target - 1, target + 3, 3 * target, 3 * target + 1, 4 * target])
    others = sum(form.values[f"{k}/场次/{c}"] for k in KINDS for c in ("线上", "线下")) - form.values["送电影/场次/线下"]
    if goal <= others:
        return False
    form.values["送电影/场次/线下"] = goal - others
    form.values["送电影/参加人数/线下"] = (goal - others) * 35
    form.retotal("送电影/场次")
    form.retotal("送电影/参加人数")


def free_inputs(form, of=""):
    fields = [f for f in form.inputs() if form.values[f] is not None and f not in form.written and of in f
              and not any(f.startswith(r.split("/")[0]) for r in form.broken) and f not in form.unreadable | form.doubtful]
    return fields


def unreadable(contents, rule, severity="error"):
    def plant(form):
        fields = free_inputs(form)
        if not fields:
            return False
        field = form.rng.choice(fields)
        content, candidates = form.rng.choice(contents), []
        form.broken.add("/".join(field.split("/")[:2]) if form.id == OUTREACH else field)
        if form.id == OUTREACH and not form.total_is_formula and form.values[f"{field.rsplit('/', 1)[0]}/合计"] is not None:
            candidates = [(field, form.values[field], None)]
        form.written[field], form.values[field] = content, None
        form.unreadable.add(field)
        if form.total_is_formula and form.id == OUTREACH:
            form.values[field.rsplit("/", 1)[0] + "/合计"] = "?"
            form.may.append((rule, field.rsplit("/", 1)[0]))
        form.tell(rule, severity, field, candidates)
    return plant


@outreach_only
def negative(form):
    return odd_figure(form, lambda x: -form.rng.randint(1, 30) if True else x)


@outreach_only
def fraction(form):
    return odd_figure(form, lambda x: x + D("0.5"))


def odd_figure(form, change):
    fields = free_inputs(form)
    if not fields or form.total_is_formula:
        return False
    field = form.rng.choice(fields)
    row = field.rsplit("/", 1)[0]
    form.broken.add(row)
    form.values[field] = D(change(form.values[field]))
    form.retotal(row)
    form.doubtful.add(field)
    form.tell("C03", "error", field)
    form.may.append(("C03", f"{row}/合计"))
    form.may += [(r, row) for r in ("T03", "T04", "U03", "U04")]


@outreach_only
def people_in_wan(form):
    fields = [f for f in free_inputs(form, "参加人数") if form.values[f] >= 100]
    if not fields or form.total_is_formula:
        return False
    field = form.rng.choice(fields)
    row = field.rsplit("/", 1)[0]
    form.broken.add(row)
    form.values[field] = form.values[field] / 10000
    if form.values[field] >= 10 or form.values[field] == form.values[field].to_integral_value():
        form.values[field] = D("0.35")
    form.retotal(row)
    form.doubtful.add(field)
    form.tell("U04", "warning", field)
    form.may += [("C03", row), ("T03", row), ("U03", row), ("T04", row)]


def approximate(form):
    fields = [f for f in free_inputs(form) if form.values[f] >= 10]
    if not fields:
        return False
    field = form.rng.choice(fields)
    text = plain(form.values[field])
    form.written[field] = form.rng.choice(["约{}", "{}余", "{}+", "{}左右", "近{}", "{}多", "{}以上"]).format(text)
    form.tell("C05", "warning", field)
    if form.total_is_formula:
        # SUM takes a text for nothing, a + an error: the total is not what the cells say.
        row = field.rsplit("/", 1)[0]
        form.values[f"{row}/合计"] = "?"
        form.may += [(r, row) for r in ("C06", "T03", "T04", "U03", "T05")]


@campus_only
def coverage(form):
    """人次 typed as 万人次, genuine crowds, tiny figures, and the edges between them."""
    rng = form.rng
    field = f"覆盖人数/{rng.choice(['线上', '线下'])}"
    if field in form.written or form.values[field] is None:
        return False
    form.values[field] = rng.choice([form.values[field] * 10000, D(8000), D(10000), D(20), D(16), D("19.9999"), D(250), D(199), D(200), D(160), D(159),
                                     D(200000), D(200001), D(400000), D("0.0009"), D("0.001"), D("0.00005"), D("0.12345"), D("0.0051"), D("12.5")])


@campus_only
def coverage_sum(form):
    """Two cells that together go too far, or together are 人次."""
    if form.unreadable or any(f.startswith("覆盖人数") for f in form.broken):
        return False
    a, b = form.rng.choice([("10.5", "9.8"), ("9", "7"), ("11", "9"), ("8", "8"), ("4000", "6000"), ("6000", "2000"), ("9.9", "10"), ("300", "500"), ("120", "70"), ("100", "100")])
    form.values["覆盖人数/线上"], form.values["覆盖人数/线下"] = D(a), D(b)
    form.written = {f: w for f, w in form.written.items() if not f.startswith("覆盖人数")}


@campus_only
def campus_pairs(form):
    field = form.rng.choice([f for f in form.values if form.values[f] is not None and f not in form.written] or [None])
    if field is None:
        return False
    form.values[field] = D(0)


@campus_only
def campus_blank(form):
    field = form.rng.choice([f for f in form.values if f not in form.written] or [None])
    if field is None:
        return False
    form.values[field] = None


# The lines around the table

def date_late(form):
    from .notice import DEADLINES
    day = datetime.date.fromisoformat(DEADLINES[form.id]) + datetime.timedelta(form.rng.randint(0, 12))
    if day.isoformat() > form.as_of:
        return False
    set_date(form, day)
    if day.isoformat() > DEADLINES[form.id]:
        form.tell("D01", "warning")


def date_wrong(form):
    way = form.rng.choice(["future", "year", "none", "text"])
    today = datetime.date.fromisoformat(form.as_of)
    if way == "future":
        set_date(form, today + datetime.timedelta(form.rng.randint(1, 25)))
        form.may.append(("D01", None))
    elif way == "year":
        set_date(form, datetime.date(form.rng.choice([2023, 2022]), 11, form.rng.randint(1, 28)))
    elif way == "none":
        form.head["filledOn"] = form.rng.choice(["2024年11月31日", "2024-13-01", "20241145", "11月底", "2024.2.30"])
        form.filled_on = None
    else:
        form.head["filledOn"] = form.rng.choice(["已填", "同上", "见附件"])
        form.filled_on = None
    form.tell("H02", "warning")


def set_date(form, day):
    form.filled_on = day
    while True:
        form.head["filledOn"] = date_text(day, form.rng)
        if day.year == 2024 or "月" not in str(form.head["filledOn"])[:3]:
            return


def date_blank(form):
    form.filled_on = None
    form.head["filledOn"] = form.rng.choice([None, None, "2024年  月  日", "    年  月  日", "____年__月__日"])
    form.tell("H01|H02", "warning")


def person_blank(form):
    form.name = form.head["filledBy"] = None
    form.tell("H01", "warning")


def phone_blank(form):
    form.phone = form.head["phone"] = None
    form.tell("H01", "warning")


def phone_bad(form):
    form.phone = form.head["phone"] = form.rng.choice(["139391", "12345", 1391234567, "见名单", "139123456789", "0391-39999"])
    form.tell("H02", "warning")


def unit_blank(form):
    form.head["unit"] = form.rng.choice([None, "", "____________", "（请填写）"]) or None
    form.named = "must"
    form.tell("H01", "warning")


def unit_unknown(form):
    form.head["unit"] = form.rng.choice(["中国移动焦作分公司", "龙源湖街道办事处", "河南理工大学", "新华街社区工会"])
    form.expected_unit = form.unit = None
    form.named = False
    form.tell("D06", "error")


def unit_conflict(form):
    from .notice import UNITS
    form.file_unit = form.rng.choice([u for u in UNITS if u != form.unit])
    form.named = "must"
    form.tell("D07", "warning")


ERRORS = ["#REF!", "#VALUE!", "#DIV/0!", "#N/A"]
PLANTS = {
    "total blank": total_blank, "part blank": part_blank, "part and total blank": part_and_total_blank, "row blank": row_blank, "kind blank": kind_blank,
    "all blank": all_blank, "merged inputs": merged_inputs, "transposed": slip("transposed"), "wrong digit": slip("digit"), "extra digit": slip("extra"), "missing digit": slip("missing"),
    "power of ten": slip("power"), "copied": slip("copied"), "far": slip("far"), "below": slip("below"), "no people": no_people,
    "no sessions": no_sessions, "exchanged": exchanged, "per session": per_session, "equal figures": equal_figures, "kind not held": kind_not_held,
    "few shows": few_shows, "offline only": offline_only, "many sessions": many_sessions, "negative": negative, "fraction": fraction,
    "people in 万": people_in_wan, "approximate": approximate, "coverage": coverage, "coverage sum": coverage_sum, "campus pairs": campus_pairs,
    "campus blank": campus_blank, "not a number": unreadable(["60→65", "12/3", "见附表", "省级2篇市级3篇", "若干", "12场3场"], "C01"),
    "error value": unreadable(ERRORS, "C06"), "date late": date_late, "date wrong": date_wrong, "date blank": date_blank, "person blank": person_blank,
    "phone blank": phone_blank, "phone bad": phone_bad, "unit blank": unit_blank, "unit unknown": unit_unknown, "unit conflict": unit_conflict} | seen.PLANTS
