"""What a form shows and what is stored in it, where the two differ: plants of design text "No figure in silence", 1."""
import datetime
from decimal import Decimal as D

from .figures import plain
from .notice import OUTREACH
from .page import DateCell, Marked, Shown

RICH = ("xlsx", "docx", "html", "xls", "ods")
TYPED = ("xlsx", "xls", "ods")
FOOTNOTES = ["①", "②", "⑴", "[1]", "²", "（注1）", "*", "※"]
CLOSE = {"C04", "T01", "T02", "X05", "X04"}


def choose(form, least=0, whole=True):
    """An input that stands as it is and that nothing else is planted on."""
    taken = {"/".join(f.split("/")[:2]) if form.id == OUTREACH else f for f in form.written}
    rows = lambda f: f.rsplit("/", 1)[0] if form.id == OUTREACH else f
    fields = [f for f in form.inputs() if form.values[f] is not None and form.values[f] > least and f not in form.written
              and not (whole and form.values[f] != form.values[f].to_integral_value())
              and not any(f.startswith(r.split("/")[0]) for r in form.broken) and f not in form.unreadable | form.doubtful
              and rows(f) not in taken]
    return form.rng.choice(fields) if fields else None


def block(form, field):
    """Keeps other plants away from the field's row."""
    form.broken.add("/".join(field.split("/")[:2]) if form.id == OUTREACH else field)


def lost(form, field):
    """The figure is not taken; what follows from a blank may be told."""
    value = form.values[field]
    form.values[field] = None
    form.unreadable.add(field)
    row = field.rsplit("/", 1)[0] if form.id == OUTREACH else field
    form.may += [(rule, row) for rule in CLOSE]
    return value


def other(value, rng):
    """A figure that stood there before."""
    return value + rng.choice([1, 2, 7, 10, 100])


def marked(way):
    def plant(form):
        if form.format not in (RICH if way != "hidden" else ("docx", "html")) or form.total_is_formula:
            return False
        field = choose(form, whole=False)
        if field is None:
            return False
        rng, text = form.rng, plain(form.values[field])
        if way == "raised":
            runs = [(text, ""), (rng.choice(["1", "2", "①", "注"]), "raised")]
        else:
            runs = [(plain(other(form.values[field], rng)), way), (text, "")]
            if rng.random() < 0.3:
                runs.reverse()
        form.written[field] = Marked(runs)
        form.tell("C08", "warning", field)
        form.may.append(("C02", field))
        block(form, field)
    return plant


def struck_out(form):
    if form.format not in RICH or form.total_is_formula:
        return False
    field = choose(form, whole=False)
    if field is None:
        return False
    form.written[field] = Marked([(plain(lost(form, field)), "struck")])
    form.tell("C08", "warning", field)
    block(form, field)


def footnote(form):
    if form.total_is_formula:
        return False
    field = choose(form, whole=False)
    if field is None:
        return False
    mark = form.rng.choice(FOOTNOTES)
    form.written[field] = plain(form.values[field]) + mark
    form.tell("C08", "warning", field)
    form.may.append(("C02", field))
    block(form, field)


def date_figure(form):
    """3-5 typed: the spreadsheet makes a day of it."""
    if form.format not in TYPED or form.total_is_formula:
        return False
    field = choose(form)
    if field is None:
        return False
    lost(form, field)
    day = datetime.date(2024, form.rng.randint(1, 12), form.rng.randint(1, 28))
    form.written[field] = DateCell(day, form.rng.choice(['m"月"d"日"', "yyyy-mm-dd", "d-mmm", "m/d"]))
    form.tell("C01", "error", field, [(field, D(day.month), None), (field, D(day.day), None)])
    block(form, field)


def date_format(form):
    """A figure in a column that someone formatted as date."""
    if form.format not in TYPED or form.total_is_formula:
        return False
    field = choose(form, 0)
    if field is None or form.values[field] > 30000:
        return False
    form.written[field] = Shown(form.values[field], form.rng.choice(["yyyy-mm-dd", 'm"月"d"日"', "yyyy/m/d"]))
    form.tell("C08", "warning", field)
    block(form, field)


def percent(form):
    """12 typed into a cell that shows percentages."""
    if form.format not in TYPED or form.total_is_formula:
        return False
    field = choose(form, 0)
    if field is None or field.startswith("覆盖人数"):
        return False
    value = lost(form, field)
    form.written[field] = Shown(value / 100, "0%")
    form.tell("C01", "error", field, [(field, value, None)])
    block(form, field)


# Characters that look alike; the name is one character off, and no other place has it.
LOOK_ALIKE = {"武陟": "武涉", "博爱": "博爰", "孟州": "盂州", "修武": "俢武"}
OTHER_PLACES = ["修水县总工会", "博兴县总工会", "中原区总工会", "山阳县总工会", "武功县总工会", "孟津县总工会"]


def unit_alike(form):
    for right, wrong in LOOK_ALIKE.items():
        if form.unit and form.unit.startswith(right):
            form.head["unit"] = form.unit.replace(right, wrong)
            form.tell("D09", "warning")
            return None
    return False


def unit_elsewhere(form):
    form.head["unit"] = form.rng.choice(OTHER_PLACES)
    form.expected_unit = form.unit = None
    form.named = False
    form.tell("D06", "error")


PLANTS = {
    "struck": marked("struck"), "raised": marked("raised"), "hidden text": marked("hidden"), "struck out": struck_out, "footnote": footnote, "date figure": date_figure,
    "date format": date_format, "percent": percent, "unit alike": unit_alike, "unit elsewhere": unit_elsewhere}
