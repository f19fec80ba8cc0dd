"""A sheet before any program has written it."""
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Formula:
    """A formula; cached None: the file carries no result."""
    text: str
    cached: object = None


@dataclass
class DateCell:
    date: object
    format: str = "yyyy-mm-dd"


@dataclass
class Shown:
    """A number with a number format that shows a unit."""
    value: object
    format: str


@dataclass
class Marked:
    """A text in runs: [(text, "" or "struck" or "raised" or "hidden")]."""
    runs: list

    @property
    def text(self):
        return "".join(text for text, _ in self.runs)


@dataclass
class Page:
    name: str = "Sheet1"
    hidden: bool = False
    cells: dict = field(default_factory=dict)
    merges: list = field(default_factory=list)
    hidden_rows: set = field(default_factory=set)
    flat_rows: set = field(default_factory=set)        # of height 0
    hidden_columns: set = field(default_factory=set)

    def put(self, row, column, content, rows=1, columns=1):
        if content is not None and content != "":
            self.cells[row, column] = content
        if rows > 1 or columns > 1:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))

    def extent(self):
        ends = [(r, c) for r, c in self.cells] + [(m[2], m[3]) for m in self.merges]
        return max((r for r, _ in ends), default=0), max((c for _, c in ends), default=0)

    def covered(self):
        """Cells under a merged one."""
        return {(r, c) for a, b, x, y in self.merges for r in range(a, x + 1) for c in range(b, y + 1)} - {(m[0], m[1]) for m in self.merges}


def letters(column):
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def address(cell):
    return f"{letters(cell[1])}{cell[0]}"


def number(value):
    """A figure as a program stores it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
