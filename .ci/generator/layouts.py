"""Tables as people rebuild them: the same headings in other places, other spellings, with more around them."""
from .notice import ALIASES, CHANNELS, KINDS, MEASURES, TOTAL_WORDS, UNITS_OF

DIMENSIONS = {"kind": KINDS, "measure": MEASURES, "channel": CHANNELS}
# What stands left of the figures and what above them. The notice's own arrangement is the most frequent one.
ARRANGEMENTS = [(("kind", "measure"), ("channel",))] * 7 + [
    (("kind",), ("measure", "channel")), (("kind",), ("channel", "measure")), (("channel",), ("kind", "measure")),
    (("measure", "kind"), ("channel",)), (("measure", "channel"), ("kind",)), (("channel", "measure"), ("kind",)),
    (("measure",), ("kind", "channel")), (("kind", "measure", "channel"), ()), ((), ("kind", "measure", "channel")),
    (("kind", "channel"), ("measure",)), (("channel",), ("measure", "kind"))]


class Speller:
    """One person's way to write headings; remembers whether other words were used (F04)."""

    def __init__(self, rng, aliases):
        self.rng = rng
        self.style = rng.choice(["plain"] * 5 + ["spaced", "wide", "broken", "colon"])
        self.units = rng.random() < 0.3
        self.number = rng.choice([None] * 6 + ["{}.", "{}、", "（{}）"])
        self.total = rng.choice(["合计"] * 5 + TOTAL_WORDS)
        self.aliases = {}
        self.odd = False
        if aliases:
            for name in rng.sample(sorted(ALIASES), rng.randint(1, 4)):
                self.aliases[name] = rng.choice(ALIASES[name])

    def __call__(self, name, index=None, unit=True):
        text = self.total if name == "合计" else name
        if name in self.aliases:
            text, self.odd = self.aliases[name], True
        if self.style == "spaced":
            text = " ".join(text)
        elif self.style == "wide":
            text = "　".join(text)
        elif self.style == "broken" and len(text) > 2:
            text = text[:1] + "\n" + text[1:]
        if unit and self.units and name in UNITS_OF and name not in self.aliases:
            text += self.rng.choice(UNITS_OF[name])
        elif self.style == "colon" and name in KINDS:
            text += "："
        if index is not None and self.number:
            text = self.number.format("一二三四五"[index] if "、" in self.number or "（" in self.number else index + 1) + text
        return text


class Table:
    """A table to be put on a page: cells relative to its own corner, and where each field stands."""

    def __init__(self):
        self.cells, self.merges, self.fields, self.order_odd = {}, [], {}, False
        self.sums = []            # added sums: (cell, label, parts)
        self.notes = set()

    def put(self, row, column, content, rows=1, columns=1):
        if content not in (None, ""):
            self.cells[row, column] = content
        if rows > 1 or columns > 1:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))

    @property
    def height(self):
        return max([r for r, _ in self.cells] + [r for r, _ in self.fields.values()] + [m[2] for m in self.merges]) + 1

    @property
    def width(self):
        return max([c for _, c in self.cells] + [c for _, c in self.fields.values()] + [m[3] for m in self.merges]) + 1


def product(orders):
    tuples = [()]
    for names in orders:
        tuples = [t + (n,) for t in tuples for n in names]
    return tuples


def outreach(rng, spell, shuffle=False, arrangement=None, added=None, dropped=None):
    """附件2. added: a word for a row or column of sums over the kinds; dropped: a heading that is not there."""
    left, above = arrangement or rng.choice(ARRANGEMENTS)
    order = {d: [n for n in names if n != dropped] for d, names in DIMENSIONS.items()}
    table = Table()
    table.left = left
    if shuffle and not dropped:
        kind = rng.choice([list(reversed(KINDS)), KINDS[1:] + KINDS[:1], [KINDS[3], KINDS[4], KINDS[2], KINDS[1], KINDS[0]]])
        what = rng.choice(["kind", "channel", "both"])
        if what != "channel":
            order["kind"] = kind
        if what != "kind":
            order["channel"] = rng.choice([["合计", "线上", "线下"], ["线下", "线上", "合计"]])
        table.order_odd = True
    if (left, above) not in ((("kind", "measure"), ("channel",)),):
        table.order_odd = None            # another arrangement is another order of rows and columns or not: left open
    table.notes.add("×".join(["+".join(left) or "-", "+".join(above) or "-"]))
    indexes = {n: i for i, n in enumerate(order["kind"])}
    rows, columns = product(order[d] for d in left), product(order[d] for d in above)
    # The corner: what stands before and above the figures.
    sequence = rng.random() < 0.2 and bool(left)
    fused_left = len(left) > 1 and rng.random() < 0.2
    fused_above = len(above) > 1 and rng.random() < 0.15
    banner = len(left) > 1 and not fused_left and len(above) and rng.random() < 0.12
    left_width = (1 if fused_left or banner else len(left))
    gap = 1 if left and above and rng.random() < 0.06 else 0
    first_column = (1 if sequence else 0) + left_width + gap
    wide = 2 if rng.random() < 0.06 and above else 1
    top = 1 if fused_above else len(above)
    captions = left and not above and rng.random() < 0.6
    if captions:
        top = 1
    style = rng.choice(["merged"] * 4 + ["first", "first", "repeat"])
    above_style = rng.choice(["merged"] * 4 + ["first", "repeat"])
    table.notes.add("banner" if banner else "fused" if fused_left or fused_above else style)

    # Headings above.
    if fused_above:
        joint = rng.choice(["", "", " ", "-", "（"])
        for j, names in enumerate(columns):
            table.put(0, first_column + j * wide, fuse(spell, names, joint), columns=wide)
    else:
        for level, dimension in enumerate(above):
            span = len(product(order[d] for d in above[level + 1:]))
            for g in range(len(columns) // span):
                names = columns[g * span]
                text = spell(names[level], indexes.get(names[level]) if dimension == "kind" else None)
                at = first_column + g * span * wide
                if above_style == "repeat" and span > 1:
                    for j in range(span):
                        table.put(level, at + j * wide, text, columns=wide)
                elif above_style == "merged" or span == 1:
                    table.put(level, at, text, columns=span * wide)
                else:
                    table.put(level, at, text)
    if captions:
        table.put(0, first_column, rng.choice(["数量", "数值", "填报数"]))
    # The corner's words.
    if left and top:
        corner = rng.choice(["", "项目", "活动项目", "类  别", "内容"])
        table.put(0, first_column - left_width - gap, corner, rows=top if rng.random() < 0.7 else 1, columns=left_width)
        if sequence:
            table.put(0, 0, "序号", rows=top)

    # Headings on the left, and the figures.
    line, stub = top, (1 if sequence else 0)
    last = None
    stretches = []                        # of the first dimension: (names, first line, count)
    for i, names in enumerate(rows or [()]):
        if banner and names[:-1] != last:
            table.put(line, stub, "".join(spell(n, indexes.get(n)) for n in names[:-1]), columns=rng.choice([1, 1, first_column - stub + len(columns) * wide]))
            line += 1
        last = names[:-1] if names else None
        if not stretches or stretches[-1][0] != names[:1]:
            stretches.append([names[:1], line, 0])
        stretches[-1][2] += 1
        if fused_left:
            table.put(line, stub, fuse(spell, names, rng.choice(["", "", " "])))
        elif banner:
            table.put(line, stub, spell(names[-1]))
        else:
            for level, name in enumerate(names):
                span = len(product(order[d] for d in left[level + 1:]))
                at_start = i % span == 0
                if style == "repeat" or span == 1 or at_start:
                    text = spell(name, indexes.get(name) if left[level] == "kind" else None)
                    table.put(line, stub + level, text, rows=span if style == "merged" and at_start else 1)
        for j, heads in enumerate(columns or [()]):
            key = field_of(dict(zip(left + above, names + heads)))
            table.fields[key] = (line, first_column + j * wide)
            if wide > 1:
                table.merges.append((line, first_column + j * wide, line, first_column + (j + 1) * wide - 1))
        line += 1
    if sequence:
        for n, (_, start, count) in enumerate(stretches):
            table.put(start, 0, n + 1, rows=count if style == "merged" and not banner else 1)
    if added:
        add_sums(table, spell, added, left, above, order, line, stub, first_column, wide, columns, rng, banner or fused_left or fused_above)
    if rng.random() < 0.25 and len(columns) < 20:
        at = table.width
        table.put(0, at, "备注", rows=max(1, top))
        for row in rng.sample(range(top, line), min(line - top, rng.randint(0, 3))):
            table.put(row, at, rng.choice(["含直播", "其中重阳节3场", 5, 120, "—", "与文联合办", "无"]))
        table.notes.add("remarks")
    return table


def add_sums(table, spell, word, left, above, order, line, stub, first_column, wide, columns, rng, is_odd):
    """A row (or columns) of sums over the kinds, as people add them."""
    if is_odd:
        return
    inputs = [k for k in order["kind"]]
    if left == ("kind", "measure"):
        for n, measure in enumerate(order["measure"]):
            if n == 0:
                table.put(line, stub, word, rows=2)
            table.put(line, stub + 1, spell(measure))
            for j, heads in enumerate(columns):
                parts = [field_of({"kind": k, "measure": measure, "channel": heads[0]}) for k in inputs]
                table.sums.append(((line, first_column + j * wide), word, parts))
            line += 1
    elif left == ("kind",):
        table.put(line, stub, word)
        for j, heads in enumerate(columns):
            parts = [field_of({"kind": k} | dict(zip(above, heads))) for k in inputs]
            table.sums.append(((line, first_column + j * wide), word, parts))
    elif above == ("kind",):
        at = first_column + len(columns) * wide
        table.put(0, at, word)
        rows = product(order[d] for d in left)
        for i, names in enumerate(rows):
            parts = [field_of({"kind": k} | dict(zip(left, names))) for k in inputs]
            table.sums.append(((1 + i, at), word, parts))


def fuse(spell, names, joint):
    """Several headings in one cell: 送文艺场次, 送文艺-场次, 送文艺（场次）."""
    parts = [spell(n, unit=i == len(names) - 1 and joint != "（").replace("\n", "").removesuffix("：") for i, n in enumerate(names)]
    if joint == "（":
        return parts[0] + "".join(f"（{p}）" for p in parts[1:])
    return joint.join(parts)


def field_of(names):
    return f"{names['kind']}/{names['measure']}/{names['channel']}"


CAMPUS_TREE = [("活动场次", ("线上", "线下")), ("覆盖人数", ("线上", "线下")), ("媒体报道", ())]


def campus(rng, spell, shuffle=False, arrangement=None, unit=None, dropped=None):
    """附件4, with its one heading that has no children."""
    way = arrangement or rng.choice(["notice"] * 6 + ["list", "grid", "turned", "fused", "fusedlist"])
    tree = [(m, list(c)) for m, c in CAMPUS_TREE if m != dropped]
    table = Table()
    if shuffle and not dropped:
        if rng.random() < 0.5:
            tree = [tree[1], tree[0], tree[2]]
        else:
            for _, channels in tree:
                channels.reverse()
        table.order_odd = True
    if way != "notice":
        table.order_odd = None
    table.notes.add("campus " + way)
    leaves = [(m, c) for m, channels in tree for c in channels or [None]]
    key = lambda m, c: m + ("/" + c if c else "")
    style = rng.choice(["merged"] * 3 + ["first", "repeat"])
    media = rng.choice(["merged", "merged", "upper", "lower"])
    lead = 0
    if way in ("notice", "fused"):
        if rng.random() < 0.25:
            lead = 1
            table.put(0, 0, rng.choice(["单位", "序号", "报送单位名称"]) if not unit else rng.choice(["序号", "单位"]), rows=2 if way == "notice" else 1)
            table.put(2 if way == "notice" else 1, 0, 1 if table.cells[0, 0] == "序号" else unit)
    if way == "notice":
        column = lead
        for measure, channels in tree:
            text = spell(measure)
            if not channels:
                table.put(0 if media != "lower" else 1, column, text, rows=2 if media == "merged" else 1)
            elif style == "merged":
                table.put(0, column, text, columns=2)
            else:
                for j in range(2 if style == "repeat" else 1):
                    table.put(0, column + j, text)
            for channel in channels or [None]:
                if channel:
                    table.put(1, column, spell(channel))
                table.fields[key(measure, channel)] = (2, column)
                column += 1
    elif way == "fused":
        joint = rng.choice(["", "", "-", "（"])
        for j, (measure, channel) in enumerate(leaves):
            names = [n for n in (measure, channel) if n]
            if rng.random() < 0.5:
                names.reverse()
            table.put(0, lead + j, fuse(spell, names, joint if names[0] == measure else ""))
            table.fields[key(measure, channel)] = (1, lead + j)
    elif way in ("list", "fusedlist"):
        if rng.random() < 0.5:
            table.put(0, 0, "项目", columns=2 if way == "list" else 1)
            table.put(0, 2 if way == "list" else 1, "数量")
        row, last = (1 if table.cells else 0), None
        for measure, channel in leaves:
            if way == "fusedlist":
                table.put(row, 0, fuse(spell, [n for n in (measure, channel) if n], ""))
                table.fields[key(measure, channel)] = (row, 1)
            else:
                if measure != last or style == "repeat":
                    table.put(row, 0, spell(measure), rows=2 if channel and style == "merged" else 1, columns=1 if channel or rng.random() < 0.5 else 2)
                if channel:
                    table.put(row, 1, spell(channel))
                table.fields[key(measure, channel)] = (row, 2)
            last = measure
            row += 1
    elif way == "grid":
        channels = tree[0][1]
        table.put(0, 0, rng.choice(["", "项目"]))
        for j, channel in enumerate(channels):
            table.put(0, 1 + j, spell(channel))
        for i, (measure, children) in enumerate(tree):
            table.put(1 + i, 0, spell(measure))
            for j, channel in enumerate(channels if children else [None]):
                table.fields[key(measure, channel)] = (1 + i, 1 + j)
            if not children and rng.random() < 0.7:
                table.merges.append((1 + i, 1, 1 + i, 2))
    else:
        channels = tree[0][1]
        table.put(0, 0, rng.choice(["", "方式"]))
        for j, (measure, children) in enumerate(tree):
            table.put(0, 1 + j, spell(measure))
            for i, channel in enumerate(channels):
                table.put(1 + i, 0, spell(channel))
                if children:
                    table.fields[key(measure, channel)] = (1 + i, 1 + j)
            if not children:
                table.fields[key(measure, None)] = (1, 1 + j)
                if rng.random() < 0.7:
                    table.merges.append((1, 1 + j, 2, 1 + j))
    return table
