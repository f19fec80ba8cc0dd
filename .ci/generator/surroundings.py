"""What stands in or beside a table that is none of the form's: groups of another time, other kinds, repeated headings, samples."""
from decimal import Decimal as D

from .layouts import Table

OURS = ["本年", "今年", "实际", "本年累计", "完成"]
THEIRS = ["上年", "去年", "上年同期", "计划", "目标", "本月"]
EXTRA_KINDS = ["送法律", "送健康", "送温暖", "送科技"]
EXTRA_COLUMNS = ["其他", "辐射学校数", "志愿者人数"]


def figures_corner(table):
    return min(r for r, _ in table.fields.values()), min(c for _, c in table.fields.values())


def add_group(table, rng):
    """The figures' columns twice, under a word each; ours on the left or on the right. False where the layout does not allow it."""
    top, first = figures_corner(table)
    if table.sums or top == 0 or first == 0 or any(c > max(x for _, x in table.fields.values()) for _, c in table.cells):
        return False
    width = table.width - first
    # Words of a group need headings that span the columns: none of the corner may reach over them.
    if any(b < first <= y for a, b, x, y in table.merges) or any(b < first and y >= first for a, b, x, y in table.merges):
        return False
    ours_first = rng.random() < 0.6
    ours_at, theirs_at = (0, width) if ours_first else (width, 0)
    move = lambda r, c, by: (r + 1, c + (by if c >= first else 0))
    cells, merges = {}, []
    for (r, c), content in table.cells.items():
        cells[move(r, c, ours_at)] = content
        if c >= first and r < top:
            cells[move(r, c, theirs_at)] = content
    for a, b, x, y in table.merges:
        merges.append((a + 1, b + (ours_at if b >= first else 0), x + 1, y + (ours_at if b >= first else 0)))
        if b >= first:
            merges.append((a + 1, b + theirs_at, x + 1, y + theirs_at))
    fields = {f: move(*cell, ours_at) for f, cell in table.fields.items()}
    for r, c in table.fields.values():
        cells[move(r, c, theirs_at)] = rng.randint(1, 400)
    cells[0, first + ours_at], cells[0, first + theirs_at] = rng.choice(OURS), rng.choice(THEIRS)
    if width > 1:
        merges += [(0, first + at, 0, first + at + width - 1) for at in (ours_at, theirs_at)]
    table.cells, table.merges, table.fields = cells, merges, fields
    table.notes.add("group")
    return True


def add_kind(table, rng, left, columns):
    """A kind that the form does not have, below ours; the label it stands under, or None."""
    top, first = figures_corner(table)
    last = table.height
    if table.sums or left not in (("kind", "measure"), ("kind",)) or "banner" in table.notes or "fused" in table.notes:
        return None
    label = rng.choice(EXTRA_KINDS)
    kinds = sorted({r for f, (r, _) in table.fields.items() if f.split("/")[0] == list(table.fields)[0].split("/")[0]})
    stub = 1 if any(v == "序号" for v in table.cells.values()) else 0
    for n, row in enumerate(kinds):
        if n == 0:
            table.put(last, stub, label, rows=len(kinds) if (kinds[0], stub, kinds[-1], stub) in table.merges else 1)
        elif table.cells.get((row, stub)) is not None:
            table.put(last + n, stub, label)
        if left == ("kind", "measure"):
            table.put(last + n, stub + 1, table.cells[row, stub + 1])
        for column in columns:
            table.put(last + n, column, rng.randint(1, 300))
    table.notes.add("extra kind")
    return label


def add_column(table, rng):
    """A column of figures that the form does not have; the label, or None."""
    top, first = figures_corner(table)
    if table.sums or top == 0:
        return None
    label, at = rng.choice(EXTRA_COLUMNS), table.width
    table.put(0, at, label, rows=top)
    for row in sorted({r for r, _ in table.fields.values()}):
        table.put(row, at, rng.randint(1, 90))
    table.notes.add("extra column")
    return label


def continue_below(table, rng):
    """The rest of the kinds below, under headings once more, as on a second page."""
    top, first = figures_corner(table)
    starts = {}
    for field, (r, _) in table.fields.items():
        kind = field.split("/")[0]
        starts[kind] = min(r, starts.get(kind, r))
    ordered = sorted(starts.values())
    if table.sums or top == 0 or len(ordered) != 5 or len(set(ordered)) != 5 or "banner" in table.notes:
        return False
    cut = rng.choice(ordered[1:])
    if any(a < cut <= x for a, b, x, y in table.merges):
        return False
    shift = top + rng.choice([0, 1, 2])
    move = lambda r: r + shift if r >= cut else r
    cells = {(move(r), c): content for (r, c), content in table.cells.items()}
    merges = [(move(a), b, move(x), y) for a, b, x, y in table.merges]
    for (r, c), content in table.cells.items():
        if r < top:
            cells[cut + shift - top + r, c] = content
    merges += [(a + cut + shift - top, b, x + cut + shift - top, y) for a, b, x, y in table.merges if x < top]
    table.cells, table.merges = cells, merges
    table.fields = {f: (move(r), c) for f, (r, c) in table.fields.items()}
    table.notes.add("continued")
    return True
