"""What rules.md says about figures, written again and independently, over the figures that were put in."""
from decimal import Decimal as D

from .notice import CHANNELS, COVERAGE, DEADLINES, KINDS, MEASURES, MODEL_SHOW_UNITS, OUTREACH, SESSIONS

BAND = {"线上": (5, 200000), "线下": (5, 5000)}


class Verdict:
    """Findings that must be told, and findings that may be."""

    def __init__(self):
        self.must, self.may = [], []

    def tell(self, rule, severity, field=None, candidates=()):
        self.must.append({"rule": rule, "severity": severity, "field": field, "candidates": list(candidates)})

    def allow(self, rules, field=None):
        self.may += [(rule, field) for rule in rules.split()]


def judge(form, as_of, verdict):
    """form: values (None where blank or unreadable), unreadable and doubtful fields, unit, form id."""
    closed = as_of > DEADLINES[form.id]
    # Holds the unit against the others of its inbox, most of which have errors of their own.
    verdict.allow("O01")
    inputs = [f for f in form.values if not f.endswith("合计")]
    if all(form.values[f] is None for f in inputs) and not form.unreadable and not form.missing:
        verdict.tell("D04", "error")
        return
    (judge_outreach if form.id == OUTREACH else judge_campus)(form, closed, verdict)
    for channel, others in (("线上", "线下"), ("线下", "线上")):
        fields = [f for f in inputs if f.endswith(channel)]
        if all(form.values[f] == 0 for f in fields) and not set(fields) & form.doubtful:
            verdict.tell("X06", "info")
            break


def known(form, *fields):
    return all(form.values.get(f) is not None for f in fields)


def sure(form, *fields):
    return known(form, *fields) and not set(fields) & form.doubtful


def judge_outreach(form, closed, verdict):
    v, told = form.values, set()
    for kind in KINDS:
        fields = [f"{kind}/{m}/{c}" for m in MEASURES for c in ("线上", "线下")]
        if all(v[f] is None for f in fields) and not set(fields) & (form.unreadable | form.missing):
            verdict.tell("C04", "warning", kind)
            told |= set(fields)
    for kind in KINDS:
        for measure in MEASURES:
            judge_row(form, f"{kind}/{measure}", told, verdict)
        for channel in ("线上", "线下"):
            judge_pair(form, kind, channel, verdict)
    sessions = [f"{k}/场次/{c}" for k in KINDS for c in ("线上", "线下")]
    target = SESSIONS.get(form.unit)
    # A figure that another rule calls wrong may or may not be added up.
    open_sum = set(sessions) & form.doubtful
    if target and known(form, *sessions):
        done = sum(v[f] for f in sessions)
        if open_sum:
            verdict.allow("G01 G02")
        elif done < target:
            verdict.tell("G01", "warning" if closed else "info")
        elif done > 3 * target:
            verdict.tell("G02", "warning")
    shows = [f"送文艺/场次/{c}" for c in ("线上", "线下")]
    if form.unit in MODEL_SHOW_UNITS and known(form, *shows):
        if set(shows) & form.doubtful:
            verdict.allow("G03 G04")
        else:
            less = sum(v[f] for f in shows) < 5
            verdict.tell("G03" if less else "G04", "warning" if less else "info")
    for kind in KINDS:
        fields = [f"{kind}/场次/{c}" for c in ("线上", "线下")]
        if known(form, *fields) and not set(fields) & form.doubtful and sum(v[f] for f in fields) == 0:
            verdict.tell("G07", "warning")
            break
    if form.doubtful:
        verdict.allow("G07 X06")


def judge_row(form, row, told, verdict):
    v = form.values
    fields = [f"{row}/{c}" for c in CHANNELS]
    a, b, c = (v.get(f) for f in fields)
    if set(fields) & (form.unreadable | form.missing):
        for f in fields[:2]:
            if v.get(f) is None and f not in form.unreadable | form.missing | told:
                verdict.tell("C04", "warning", f)
        return
    blanks = [f for f in fields[:2] if v[f] is None and f not in told]
    if len(blanks) == 2 or (blanks and c is None) or (blanks and form.total_is_formula):
        for f in blanks:
            verdict.tell("C04", "warning", f)
    elif blanks:
        rest = c - (a if a is not None else b)
        candidates = [(blanks[0], rest, None)] if rest >= 0 else []
        verdict.tell("T02", "error", blanks[0], candidates)
    elif a is None or b is None or c == "?":
        return
    elif c is None:
        verdict.tell("T01", "error", fields[2], [(fields[2], a + b, None)])
    elif a + b != c:
        if row in form.exchanged:
            verdict.allow("T03 T04 U03", row)
            return
        candidates = [(fields[2], a + b, form.why.get(fields[2]))]
        if c < min(a, b):
            rule = "T04|U03"
        else:
            rule = "T03|U03"
            candidates += [(f, x, form.why.get(f)) for f, x in ((fields[0], c - b), (fields[1], c - a)) if x >= 0]
        if power(a, b, c):
            rule, candidates = ("U03" if power(a, b, c) == "clear" else "T03|T04|U03"), candidates[:1] if form.why.get(fields[2]) else []
        verdict.tell(rule, "error", row, [] if form.added or form.total_is_formula else candidates)


def power(a, b, c):
    """Whether a power of ten explains a + b ≠ c; of figures with one digit or two nobody can say."""
    for k in (1, 2, 3, 4):
        t = D(10) ** k
        pairs = [(c, a + b), (a, c - b), (b, c - a)]
        if any(x > 0 and y > 0 and (x == t * y or y == t * x) for x, y in pairs):
            small = any(x > 0 and y > 0 and (x == t * y or y == t * x) and min(x, y) >= 10 for x, y in pairs)
            return "clear" if small else "open"
    return None


def judge_pair(form, kind, channel, verdict):
    fs, fp = f"{kind}/场次/{channel}", f"{kind}/参加人数/{channel}"
    if not known(form, fs, fp):
        return
    s, p = form.values[fs], form.values[fp]
    if {fs, fp} & form.doubtful:
        verdict.allow("X01 X02 X03", f"{kind}")
        return
    if s == 0 and p > 0:
        verdict.tell("X01", "error", kind)
    elif s > 0 and p == 0:
        lenient = kind == "送书画" or (kind == "送电影" and channel == "线上")
        verdict.tell("X01", "warning" if lenient else "error", kind)
    elif s > 0 and p > 0:
        low, high = BAND[channel]
        if s > p:
            verdict.tell("X02", "error", kind)
        elif not low * s <= p <= high * s:
            if form.broken & {f"{kind}/场次", f"{kind}/参加人数"}:
                verdict.allow("X03", kind)
            else:
                verdict.tell("X03", "warning", fp)


def judge_campus(form, closed, verdict):
    v = form.values
    for f in form.values:
        if v[f] is None and f not in form.unreadable | form.missing:
            if f == "媒体报道":
                verdict.tell("C04|X05", "warning", f)
            else:
                verdict.tell("C04", "warning", f)
    target = D(COVERAGE[form.unit]) / 10000 if form.unit in COVERAGE else None
    measure = target or D(1)
    slipped = False
    for channel in ("线上", "线下"):
        fs, fp = f"活动场次/{channel}", f"覆盖人数/{channel}"
        if known(form, fs, fp):
            s, p = v[fs], v[fp]
            if {fs, fp} & form.doubtful:
                verdict.allow("X04")
            elif (s == 0) != (p == 0):
                verdict.tell("X04", "warning")
        p = v.get(fp)
        if p is None or fp in form.doubtful:
            continue
        if p >= 20 * measure:
            slipped = True
            inside = measure * D("0.02") <= p / 10000 <= 20 * measure
            verdict.tell("U01", "error" if inside else "warning", fp, [(fp, p / 10000, None)] if inside else [])
        elif p > 0:
            s = v.get(fs)
            if p < D("0.001") or p * 10000 != (p * 10000).to_integral_value():
                verdict.tell("U02", "warning", fp)
            elif s is not None and s > 0 and p * 10000 < 5 * s:
                verdict.tell("U02", "warning", fp) if fs not in form.doubtful else verdict.allow("U02", fp)
    cover = ["覆盖人数/线上", "覆盖人数/线下"]
    if known(form, *cover):
        total = sum(v[f] for f in cover)
        if not slipped and not set(cover) & form.doubtful and total >= 20 * measure:
            slipped = True
            inside = measure * D("0.02") <= total / 10000 <= 20 * measure
            verdict.tell("U01", "error" if inside else "warning")
        if slipped:
            verdict.allow("G05 U01 X03 G02")
        elif not set(cover) & form.doubtful and target and total > 3 * target:
            verdict.tell("G02", "warning")
        if slipped:
            pass
        elif set(cover) & form.doubtful:
            verdict.allow("G05 G02")
        elif target and total < target:
            verdict.tell("G05", "warning")
    for channel in ("线上", "线下"):
        fs, fp = f"活动场次/{channel}", f"覆盖人数/{channel}"
        if not known(form, fs, fp) or form.values[fs] <= 0 or form.values[fp] <= 0:
            continue
        if form.values[fp] * 10000 > BAND[channel][1] * form.values[fs]:
            # U01 speaks instead where it does, about the cell or about both cells together.
            if slipped or {fs, fp} & form.doubtful or not known(form, *cover):
                verdict.allow("X03", fp)
            else:
                verdict.tell("X03", "warning", fp)
    if target is None and form.unit:
        verdict.tell("D08", "info")
    held = [v[f] for f in ("活动场次/线上", "活动场次/线下") if v.get(f) is not None]
    if v.get("媒体报道") == 0 and sum(held) > 0:
        if {"活动场次/线上", "活动场次/线下"} & (form.doubtful | form.unreadable):
            verdict.allow("X05")
        else:
            verdict.tell("X05", "warning")
