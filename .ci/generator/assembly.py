"""From a form's figures to a file: a layout, lines around it, other sheets, and the program that writes it."""
from decimal import Decimal as D

from . import layouts, surroundings, writers
from .forms import PLANTS, Form
from .heads import Head
from .notice import CHANNELS, KINDS, LABELS, MEASURES, OUTREACH, SESSIONS, SHORT, TITLES
from .page import Formula, Page, address

FORMATS = ["xlsx"] * 12 + ["csv", "csv-bom", "csv-gb", "docx", "html"]
OFFICE_FORMATS = FORMATS + ["xls", "xls", "ods"]
SUM_WORDS = ["总计", "合计", "小计", "累计", "汇总", "共计", "五项合计", "全部合计", "总 计"]


class Filled:
    """A form in its layout."""

    def __init__(self, form):
        self.form, rng = form, form.rng
        self.spell = layouts.Speller(rng, rng.random() < 0.2)
        shuffle = rng.random() < 0.12
        if form.id == OUTREACH:
            self.table = layouts.outreach(rng, self.spell, shuffle, added=form.added and rng.choice(SUM_WORDS), dropped=form.dropped)
        else:
            self.table = layouts.campus(rng, self.spell, shuffle, unit=form.unit, dropped=form.dropped)
        self.head = Head(rng, form.head)
        self.surround()

    def surround(self):
        """What people put into the table or beside it: last year's columns, a kind of their own, headings on a second page."""
        form, rng, table = self.form, self.form.rng, self.table
        if form.missing or form.added or rng.random() >= 0.2:
            return
        way = rng.choice(["group", "kind", "column", "continued"])
        label = None
        if way == "group":
            if surroundings.add_group(table, rng):
                form.may += [("F08", None)]
        elif way == "continued" and form.id == OUTREACH:
            surroundings.continue_below(table, rng)
        elif form.is_clean:
            return
        elif way == "kind" and form.id == OUTREACH:
            label = surroundings.add_kind(table, rng, table.left, sorted({c for _, c in table.fields.values()}))
        elif way == "column":
            label = surroundings.add_column(table, rng)
        if label:
            form.tell("F08", "warning")
            form.planted.append("extra " + label)

    def put(self, page, row, column):
        """Puts title, lines and table on a page; returns the next free row."""
        form, rng, table = self.form, self.form.rng, self.table
        title = rng.choice(["one"] * 4 + ["label", "none", "two"])
        if title in ("one", "two") and rng.random() < 0.6:
            page.put(row, column, rng.choice([LABELS[form.id], f"{LABELS[form.id][:2]} {LABELS[form.id][2:]}", LABELS[form.id] + "："]))
            row += 1
        if title == "one":
            page.put(row, column, TITLES[form.id], columns=max(table.width, 2))
            row += 1
        elif title == "two":
            cut = 13 if form.id == OUTREACH else 14
            page.put(row, column, TITLES[form.id][:cut], columns=max(table.width, 2))
            page.put(row + 1, column, TITLES[form.id][cut:], columns=max(table.width, 2))
            row += 2
        elif title == "label":
            page.put(row, column, LABELS[form.id])
            row += 1
        row += rng.choice([0, 0, 0, 1])
        above, below = self.head.groups()
        row = self.head.write(page, row, column, table.width, above)
        row += rng.choice([0, 0, 0, 1])
        self.corner = (row, column)
        self.put_table(page, row, column)
        row += table.height + rng.choice([0, 0, 0, 1])
        row = self.head.write(page, row, column, table.width, below)
        if rng.random() < 0.2:
            page.put(row + rng.choice([0, 1]), column, rng.choice(["注：合计=线上+线下。", "说明：送电影含公益放映 12 场。", "备注：本表一式两份，11月20日前报送。"]))
            row += 2
        return row

    def at(self, cell):
        return self.corner[0] + cell[0], self.corner[1] + cell[1]

    def put_table(self, page, row, column):
        form, rng, table = self.form, self.form.rng, self.table
        for (r, c), text in table.cells.items():
            page.cells[row + r, column + c] = text
        for a, b, x, y in table.merges:
            if (a, b) != (x, y):
                page.merges.append((row + a, column + b, row + x, column + y))
        places = {f: self.at(cell) for f, cell in table.fields.items()}
        self.places = places
        self.merge_inputs(page)
        for field, place in places.items():
            content = self.content(field, places)
            if content is not None:
                page.cells[place] = content
        for cell, label, parts in table.sums:
            page.cells[self.at(cell)] = self.added_sum(cell, parts, places)

    def merge_inputs(self, page):
        """One figure over both parts of a row, where the layout has them side by side."""
        form, row = self.form, self.form.merged
        if not row:
            return
        parts = [f"{row}/线上", f"{row}/线下"]
        first, second = sorted(self.places[p] for p in parts)
        if (second[0] - first[0], second[1] - first[1]) in ((0, 1), (1, 0)) and not page.covered() & {first, second}:
            page.merges.append((*first, *second))
            form.written[next(p for p in parts if self.places[p] == first)] = 15
            form.tell("C07", "error", row)
        else:
            form.values.update(form.kept)
            form.unreadable -= set(parts)

    def content(self, field, places):
        form, rng = self.form, self.form.rng
        if form.total_is_formula and field.endswith("合计"):
            row = field.rsplit("/", 1)[0]
            parts = [f"{row}/线上", f"{row}/线下"]
            cells = sorted(places[p] for p in parts if p in places)
            value = form.values[field]
            cached = value if form.cached else None
            if field == form.stale:
                cached = value + rng.choice([1, 10, -1])
            if value == "?":
                value = cached = sum(form.values[p] or 0 for p in parts)
                cached = value if form.cached else None
            if field == form.misdirected:
                return Formula(f"{address(places[parts[0]])}+{address(places[form.other_part])}", cached)
            (r1, c1), (r2, c2) = cells
            ways = [f"{address(cells[0])}+{address(cells[1])}", f"SUM({address(cells[0])},{address(cells[1])})"]
            if (r1 == r2 and c2 == c1 + 1) or (c1 == c2 and r2 == r1 + 1):
                ways += [f"SUM({address(cells[0])}:{address(cells[1])})"] * 3
            if any(form.values[p] is None for p in parts):
                ways = ways[1:]
            return Formula(rng.choice(ways), cached)
        if field in form.written:
            return form.written[field]
        if form.values[field] is None:
            return None
        value = form.values[field]
        if value is not None and not field.endswith("合计") and form.formulas_allowed and value == value.to_integral_value() and value > 3 and rng.random() < 0.04:
            k = rng.randint(1, int(value) - 1)
            return Formula(f"{k}+{int(value) - k}", value if form.cached else None)
        return value

    def sample(self, rng):
        """The form once more with other figures, on a sheet of its own that shows how to fill it in."""
        page, form = Page(name=rng.choice(["填写示例", "样表", "示例", "填表范例"])), self.form
        values = {f: D(rng.randint(1, 30)) for f in form.values}
        for (r, c), text in self.table.cells.items():
            page.cells[3 + r, 1 + c] = text
        page.merges = [(3 + a, 1 + b, 3 + x, 1 + y) for a, b, x, y in self.table.merges if (a, b) != (x, y)]
        for f, (r, c) in self.table.fields.items():
            page.cells[3 + r, 1 + c] = values[f]
        page.put(1, 1, TITLES[form.id])
        page.put(2, 1, "填报单位：" + rng.choice(["××县总工会", "某某工会", "示例单位"]))
        return page

    def added_sum(self, cell, parts, places):
        """What the unit wrote as the sum of some fields; wrong in one place if that is planted."""
        form = self.form
        known = [v for v in (form.values.get(p) for p in parts) if v not in (None, "?")]
        total = sum(known)
        if len(known) < len(parts) or set(parts) & form.doubtful:
            form.may.append(("T06", None))
            return total
        if form.added == "wrong" and cell == self.wrong_sum and total > 0:
            form.tell("T06", "error")
            return total + form.rng.choice([1, 10, -1])
        if form.formulas_allowed and not set(parts) & set(form.written) and form.rng.random() < 0.3:
            return Formula("+".join(address(places[p]) for p in parts), total if form.cached else None)
        return total

    @property
    def wrong_sum(self):
        cells = [c for c, _, parts in self.table.sums]
        return cells[len(self.form.unit or "") % len(cells)] if cells else None


def make_form(id, unit, rng, as_of, format):
    """A form with its errors planted, before it has a layout."""
    form = Form(id, unit, rng, as_of)
    office = format in ("xlsx", "xls", "ods")
    form.formulas_allowed = office
    form.format = format.removesuffix("-bom").removesuffix("-gb")
    form.cached = office and (format != "xlsx" or rng.random() < 0.5)
    form.stale = form.misdirected = form.dropped = None
    form.total_is_formula = id == OUTREACH and office and rng.random() < 0.3
    form.is_clean = rng.random() < 0.35
    if id == OUTREACH and rng.random() < 0.15:
        form.added = rng.choice(["right", "right", "wrong"] if not form.is_clean else ["right"])
    if not form.is_clean:
        if rng.random() < 0.08:
            drop(form)
        names = [n for n in PLANTS if not form.missing or n.split()[0] in ("date", "phone", "unit", "person", "approximate", "not", "error")]
        if format.startswith("csv"):
            names = [n for n in names if n != "merged inputs"]          # nothing is merged there
        topics = set()
        for name in rng.sample(names, rng.choice([1, 2, 2, 3, 4])):
            # One error for each line around the table.
            topic = name.split()[0] if name.split()[0] in ("date", "phone", "unit") else name
            if topic not in topics:
                topics.add(topic)
                form.plant(name)
    if not form.total_is_formula:
        form.write_habits(rng.choice([0, 0, 0, 0.1, 0.5]))
    elif form.total_is_formula:
        for row in form.rows():
            a, b = form.values[f"{row}/线上"], form.values[f"{row}/线下"]
            if form.values[f"{row}/合计"] is not None and form.values[f"{row}/合计"] != "?":
                form.values[f"{row}/合计"] = (a or D(0)) + (b or D(0))
            elif f"{row}/合计" not in form.missing and form.values[f"{row}/合计"] is None:
                form.values[f"{row}/合计"] = D(0)
        full = [r for r in form.rows() if all(form.values[f"{r}/{c}"] is not None for c in CHANNELS) and f"{r}/合计" not in form.missing
                and form.values[f"{r}/合计"] != "?" and r not in form.broken]
        if not form.is_clean and full and rng.random() < 0.3 and len(full) > 3:
            field = rng.choice(full) + "/合计"
            if form.cached and rng.random() < 0.5:
                form.stale = field
                form.tell("T05", "warning", field)
            else:
                # The formula adds a part of another row.
                row = field.rsplit("/", 1)[0]
                other = rng.choice([r for r in full if r != row]) + "/线上"
                form.misdirected, form.other_part = field, other
                form.values[field] = form.values[f"{row}/线上"] + form.values[other]
                form.tell("T05", "warning", field)
                form.may += [(r, row) for r in ("T03", "T04", "U03")]
                form.exchanged.add(row)
    return form


def drop(form):
    """A row or a column that the form should have is not there."""
    rng = form.rng
    if form.id == OUTREACH:
        way = rng.choice(["kind", "channel", "measure"])
        name = rng.choice({"kind": KINDS, "channel": CHANNELS, "measure": MEASURES}[way])
        gone = {f for f in form.values if name in f.split("/")}
    else:
        name = rng.choice(["媒体报道", "活动场次", "覆盖人数"])
        gone = {f for f in form.values if f.startswith(name)}
    form.dropped = name
    form.missing = gone
    for f in gone:
        form.values[f] = None
    form.broken |= {f.rsplit("/", 1)[0] for f in gone}
    form.tell("F05", "error")
    form.added = None
    if form.total_is_formula and form.id == OUTREACH:
        form.total_is_formula = False


def noise(rng):
    """Other sheets that come in front of a form or behind it."""
    page = Page(name=rng.choice(["封面", "说明", "Sheet9", "目录"]))
    way = rng.choice(["empty", "text", "targets", "figures"])
    if way == "text":
        page.put(1, 1, "填表说明")
        page.put(2, 1, "一、送文艺、送电影等五送活动场次与参加人数按实际填写，合计=线上+线下。")
        page.put(3, 1, "二、11月20日前报送，联系人：张静，联系电话：3999920。")
    elif way == "targets":
        page.put(1, 1, "附件1")
        page.put(2, 1, "“中国梦·劳动美·工会情”文化活动进基层任务分解表")
        page.put(3, 1, "单位")
        page.put(3, 2, "活动场次")
        for n, (unit, target) in enumerate(SESSIONS.items()):
            page.put(4 + n, 1, unit)
            page.put(4 + n, 2, target)
        page.put(20, 1, "总计")
        page.put(20, 2, 620)
    elif way == "figures":
        for r in range(2, 9):
            for c in range(2, 5):
                page.put(r, c, rng.randint(1, 500))
    return page


class Sent:
    """A file of the inbox."""

    def __init__(self, name, format, filled, pages, writer):
        self.name, self.format, self.filled, self.pages, self.writer = name, format, filled, pages, writer


def file_name(forms, rng, format, number):
    unit = forms[0].file_unit
    extension = {"csv-bom": "csv", "csv-gb": "csv", "html": "xls"}.get(format, format)
    label = "和".join(LABELS[f.id] for f in forms)
    if any(f.named == "must" for f in forms) or (all(f.named for f in forms) and rng.random() < 0.8):
        short = SHORT.get(unit, unit)
        stem = rng.choice([f"{unit}{label}", f"{label}-{short}", f"{short}{label}统计表", f"{label}（{short}）", f"{unit}/{label}", f"{number}.{short}{label}报送"])
    else:
        stem = rng.choice([f"统计表{number}", f"{label}_{number}", f"新建工作表{number}", f"表{number}"])
    return f"{stem}.{extension}" if "/" not in stem else f"{stem}{number}.{extension}"


def assemble(forms, rng, format, number):
    """One file with one form or two of a unit."""
    filled = [Filled(f) for f in forms]
    pages = []
    together = rng.choice(["sheets", "below", "beside"]) if len(forms) > 1 else "one"
    if format.startswith("csv") and together == "sheets":
        together = "below"
    row, column = rng.choice([1, 1, 1, 2, 3, 6]), rng.choice([1, 1, 1, 2, 4])
    if format in ("docx", "html") or format.startswith("csv"):
        row = column = 1
    page = Page(name=rng.choice(["Sheet1", "附件2", "统计表", "Sheet 2"]))
    for n, item in enumerate(filled):
        if n and together == "sheets":
            pages.append(page)
            page = Page(name="附件4表")
            end = item.put(page, row, column)
        elif n and together == "beside":
            item.put(page, row, page.extent()[1] + rng.choice([2, 3]))
        elif n:
            item.put(page, page.extent()[0] + rng.choice([2, 3, 4]), column)
        else:
            item.put(page, row, column)
        item.page = page
    pages.append(page)
    if format in ("xlsx", "xls", "ods"):
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            pages.insert(rng.choice([0, len(pages)]), noise(rng))
        for n, p in enumerate(pages):
            if any(q.name == p.name for q in pages[:n]):
                p.name += f"({n})"
        if rng.random() < 0.06:
            pages.insert(rng.choice([0, len(pages)]), filled[0].sample(rng))
        if rng.random() < 0.06 and len(filled) == 1 and not filled[0].form.is_clean:
            hide(filled[0], rng)
    if format == "xlsx":
        writer = writers.with_xlsxwriter if forms[0].cached and not any(c for p in pages for c in p.cells.values() if isinstance(c, str) and c.startswith("#")) else writers.with_openpyxl
        if writer is writers.with_openpyxl:
            for p in pages:                    # it leaves a height of 0 out
                p.hidden_rows, p.flat_rows = p.hidden_rows | p.flat_rows, set()
            for f in forms:
                if f.stale:
                    f.must = [m for m in f.must if m["rule"] != "T05"]
    else:
        writer = {"csv": lambda p, q: writers.with_csv(p, q, "utf-8"), "csv-bom": lambda p, q: writers.with_csv(p, q, "utf-8-sig"),
                  "csv-gb": lambda p, q: writers.with_csv(p, q, "gb18030"), "docx": writers.with_docx, "html": writers.with_html,
                  "xls": writers.with_xlsxwriter, "ods": writers.with_xlsxwriter}[format]
    return Sent(file_name(forms, rng, format, number), format, filled, pages, writer)


def hide(item, rng):
    """Hides a row or a column with figures."""
    page, form = item.page, item.form
    fields = [f for f in item.places if form.values.get(f) not in (None, "?")]
    if not fields:
        return
    row, column = item.places[rng.choice(fields)]
    way = rng.choice(["row", "flat", "column", "sheet"])
    if way == "row":
        page.hidden_rows.add(row)
    elif way == "flat":
        page.flat_rows.add(row)
    elif way == "column":
        page.hidden_columns.add(column)
    else:
        return
    form.planted.append("hidden " + way)
    form.tell("F06", "warning")
