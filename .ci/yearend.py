#!/usr/bin/env python3
"""The consolidated workbook, cell by cell, against figures that were added up outside the program.

yearend.py --tool .build/release/huizong [--keep DIR]

The figures come from ../shared/fixtures/clean-2024 where it is there, else from blank forms filled in here. Last year's come
from blank forms filled in here. Of the workbook that `merge --previous` makes, every figure, total, rate, difference, rank,
share and source is held against what the notice and the figures give: as stored, as LibreOffice calculates it, and again
after one unit's figure was changed, once through openpyxl and once through `huizong edit`.
"""
import argparse, json, os, random, re, shutil, subprocess, sys, tempfile, warnings
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl

from roundtrip import cells_of, fill, run
from workbooks import SHEETS, audit, compare

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared" / "fixtures" / "clean-2024"
FORMS = {"附件2": "culture-outreach", "附件4": "model-worker-campus"}
KINDS = ["送文艺", "送电影", "送书画", "送讲座", "送培训"]
# 附件1 and 附件3 of the notice.
SESSIONS = dict([(f"{u}总工会", 60) for u in ("沁阳市", "孟州市", "博爱县", "武陟县", "温县", "修武县")]
                + [(f"{u}总工会", 40) for u in ("解放区", "山阳区", "中站区", "马村区")]
                + [("高新区工会", 15), ("焦煤工会", 30), ("交通工会", 10), ("建设工会", 15), ("教育工会", 15), ("财贸工会", 15)])
COVERAGE = {u: 10000 if t == 60 or u == "教育工会" else 8000 for u, t in SESSIONS.items() if t >= 40 or u in ("高新区工会", "教育工会")}
assert sum(SESSIONS.values()) == 620 and sum(COVERAGE.values()) == 110000
# LibreOffice writes its own extensions of data bars, which openpyxl leaves out.
warnings.filterwarnings("ignore", module="openpyxl")


def blanks_filled(tool, folder, rng):
    """Every unit's blank forms with figures in them: {(form, unit, field): figure} of the inputs."""
    figures = {}
    for form in FORMS:
        run(tool, "template", "--form", form, "--all-units", "-o", folder)
    for path in sorted(folder.rglob("*.xlsx")):
        form = next(form for form in FORMS if form in path.name)
        unit = next(unit for unit in SESSIONS if unit in path.name)
        cells, mine = cells_of(tool, path), {}
        for field in cells:
            if field.endswith("合计"):
                continue
            mine[field] = (rng.randint(4, 9) if "场次" in field else rng.randint(900, 4000) if "参加人数" in field
                           else Decimal(rng.randint(3111, 9899)) / 10000 if "覆盖" in field else rng.randint(3, 30))
        fill(path, cells, mine)
        figures.update({(form, unit, field): Decimal(value) for field, value in mine.items()})
    return figures


def from_fixtures():
    labels, figures = {id: label for label, id in FORMS.items()}, {}
    case = json.loads((SHARED / "expected.json").read_text(), parse_float=Decimal)
    for submission in case["expect"]["submissions"]:
        for field, value in submission["values"].items():
            if not field.endswith("合计") and value is not None:
                figures[labels[submission["form"]], submission["unit"], field] = Decimal(value)
    return figures


class Model:
    """What the workbook must say, from the inputs alone."""

    def __init__(self, figures, previous):
        self.figures, self.previous = figures, previous
        self.fields = {form: sorted({f for label, _, f in figures if label == form}) for form in FORMS}

    def value(self, form, unit, field):
        """A unit's figure, 合计 added up; `unit` None is the city."""
        if field.endswith("合计"):
            return sum(self.value(form, unit, field[:-2] + way) for way in ("线上", "线下"))
        if unit is None:
            return sum(self.figures[form, u, field] for u in SESSIONS)
        return self.figures[form, unit, field]

    def parts(self, form, figures, unit, ways=("线上", "线下")):
        fields = [f"{kind}/场次/{way}" for kind in KINDS for way in ways] if form == "附件2" else [f"覆盖人数/{way}" for way in ways]
        return sum(figures[form, unit, f] for f in fields) * (1 if form == "附件2" else 10000)

    def completion(self, form, targets):
        """{unit or total word: {heading: value}}; a heading that is not there is not looked at."""
        done = {u: self.parts(form, self.figures, u) for u in SESSIONS}
        before = {u: self.parts(form, self.previous, u) for u in SESSIONS}
        rates = {u: done[u] / t for u, t in targets.items()}
        lines = {}

        def line(name, units, target):
            total, last, online = sum(done[u] for u in units), sum(before[u] for u in units), sum(
                self.parts(form, self.figures, u, ("线上",)) for u in units)
            share = (online / total).quantize(Decimal("0.001"), ROUND_HALF_UP)
            lines[name] = {"完成": total, "线上占比": share, "线下占比": 1 - share, "上年完成": last, "增减": total - last,
                           "增幅": (total - last) / last}
            if target:
                lines[name] |= {"目标": target, "完成率": total / target, "差额": target - total}

        for unit in SESSIONS:
            line(unit if unit in targets else unit + "（无指标）", [unit], targets.get(unit))
            if unit in targets:
                lines[unit]["名次"] = 1 + sum(r > rates[unit] for r in rates.values())
            if form == "附件2":
                held = sum(self.value(form, unit, f"{kind}/场次/合计") > 0 for kind in KINDS)
                lines[unit if unit in targets else unit + "（无指标）"]["开展种类"] = held
        line("总计", list(targets), sum(targets.values()))
        if len(targets) < len(SESSIONS):
            lines["全部合计"] = {"完成": sum(done.values())}
        if form == "附件4":
            self.round_off(lines, [u for u in targets], [u + "（无指标）" for u in SESSIONS if u not in targets])
        return lines

    @staticmethod
    def round_off(lines, units, others):
        """舍位平衡, two decimals of 万人次: largest remainder, from the top down."""
        def share(names, total):
            cut = {n: (lines[n]["完成"] / 100).to_integral_value(ROUND_FLOOR) for n in names}
            by_loss = sorted(names, key=lambda n: (cut[n] * 100 - lines[n]["完成"], names.index(n)))
            for name in by_loss[: int(total - sum(cut.values()))]:
                cut[name] += 1
            for name in names:
                lines[name]["折合万人次"] = cut[name] / 100

        total = (lines["全部合计"]["完成"] / 100).to_integral_value(ROUND_HALF_UP)
        lines["全部合计"]["折合万人次"] = total / 100
        share(["总计", *others], total)
        share(units, lines["总计"]["折合万人次"] * 100)


class Book:
    """A workbook's values, found by headings."""

    def __init__(self, path, model, problems, stage):
        self.book = openpyxl.load_workbook(path, data_only=True)
        self.model, self.problems, self.stage, self.checked = model, problems, stage, 0

    def want(self, sheet, cell, expected):
        self.checked += 1
        found = cell.value
        good = found == expected if isinstance(expected, str) else (
            isinstance(found, (int, float)) and abs(Decimal(repr(found)) - Decimal(expected)) <= Decimal("1e-9") * max(1, abs(Decimal(expected))))
        if not good:
            self.problems.append(f"{self.stage} {sheet.title}!{cell.coordinate}: {found!r}, expected {expected}")

    def word(self, sheet, row, column):
        """A cell's text, of a merged range wherever in it."""
        for area in sheet.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                return sheet.cell(area.min_row, area.min_col).value
        return sheet.cell(row, column).value

    def row_of(self, sheet, word):
        return next(row for row in range(1, 20) if word in [c.value for c in sheet[row]])

    def paths(self, sheet, top, bottom, columns):
        """The headings over each column as a field's name."""
        for column in columns:
            words = []
            for row in range(top, bottom + 1):
                word = re.sub("（.*）", "", str(self.word(sheet, row, column) or ""))
                if word and word not in words:
                    words.append(word)
            yield column, "/".join(words)

    def check(self):
        if self.book.sheetnames != SHEETS:
            self.problems.append(f"{self.stage}: sheets {self.book.sheetnames}")
            return 0
        for form in FORMS:
            self.units(form)
        self.outreach()
        self.campus()
        self.completion("任务完成情况", "附件2", SESSIONS)
        self.completion("覆盖面完成情况", "附件4", COVERAGE)
        return self.checked

    def units(self, form):
        sheet = self.book[f"{form}分单位"]
        top = self.row_of(sheet, "序号")
        first = next(row for row in range(top, 20) if sheet.cell(row, 1).value == 1)
        columns = dict(self.paths(sheet, top, first - 1, range(4, sheet.max_column + 1)))
        assert len(columns) == (30 if form == "附件2" else 5), f"{sheet.title}: {columns}"
        for row, unit in enumerate([*SESSIONS, None], first):
            self.want(sheet, sheet.cell(row, 2 if unit else 1), unit or "总计")
            for column, field in columns.items():
                self.want(sheet, sheet.cell(row, column), self.model.value(form, unit, field))

    def outreach(self):
        sheet = self.book["附件2汇总"]
        top = self.row_of(sheet, "线上")
        for row in range(top + 1, top + 11):
            for column in (3, 4, 5):
                field = "/".join(str(self.word(sheet, r, c)) for r, c in ((row, 1), (row, 2), (top, column)))
                self.want(sheet, sheet.cell(row, column), self.model.value("附件2", None, field))

    def campus(self):
        sheet = self.book["附件4汇总"]
        top = next(row for row in range(1, 20) if str(sheet.cell(row, 1).value).startswith("活动场次"))
        for column, field in self.paths(sheet, top, top + 1, range(1, 6)):
            self.want(sheet, sheet.cell(top + 2, column), self.model.value("附件4", None, field))

    def completion(self, name, form, targets):
        sheet, lines = self.book[name], self.model.completion(form, targets)
        top = self.row_of(sheet, "完成率")
        heads = [c.value for c in sheet[top]]
        count = {"附件2": "场次", "附件4": "人次"}[form]
        assert heads[:5] == ["单位", "目标" + count, "完成" + count, "完成率", "差额"], heads
        seen = set()
        for row in range(top + 1, top + 1 + len(lines)):
            name = sheet.cell(row, 1).value
            seen.add(name)
            for heading, value in lines.get(name, {}).items():
                place = [i for i, head in enumerate(heads, 1) if head in (heading, heading + count)]
                assert place, f"{sheet.title} has no column {heading}"
                self.want(sheet, sheet.cell(row, place[0]), value)
        if seen != set(lines):
            self.problems.append(f"{self.stage} {sheet.title}: rows {sorted(map(str, seen ^ set(lines)))}")


def sources(path, model, inbox, problems):
    """Every line of 来源 tells the figure, and the file has it there; every figure of a unit leads to its line."""
    book = openpyxl.load_workbook(path, data_only=True)
    sheet, files, lines, checked = book["来源"], {}, {}, 0
    for row in range(4, sheet.max_row + 1):
        form, unit, field, value, file, name, cell = (sheet.cell(row, c).value for c in range(1, 8))
        if form not in FORMS:
            break
        lines[row] = (form, unit, field)
        if Decimal(repr(value)) != model.value(form, unit, field):
            problems.append(f"来源 row {row}: {value}, expected {model.value(form, unit, field)}")
        if file.endswith(".xlsx"):
            if file not in files:
                files[file] = openpyxl.load_workbook(file if os.path.isabs(file) else inbox.parent / file, data_only=True)
            there = files[file][name][cell].value
            # A formula that openpyxl left without its result says nothing here.
            if there is not None and Decimal(str(there)) != model.value(form, unit, field):
                problems.append(f"来源 row {row}: {file} {name}!{cell} holds {there}")
        checked += 1
    for form in FORMS:
        sheet, links = book[f"{form}分单位"], 0
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            line = lines.get(int(re.search(r"\d+$", cell.hyperlink.location)[0]))
            expected = line and model.value(*line)
            if line is None or line[1] != sheet.cell(cell.row, 2).value or cell.value is None or Decimal(repr(cell.value)) != expected:
                problems.append(f"{sheet.title}!{cell.coordinate} leads to {line}")
            links += 1
        checked += links
    return checked


def calculated(path, folder):
    """The workbook without stored results, as LibreOffice calculates and writes it."""
    bare = folder / "bare.xlsx"
    openpyxl.load_workbook(path).save(bare)
    out = folder / "calculated"
    subprocess.run(["soffice", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(bare)], check=True,
                   capture_output=True)
    return out / bare.name


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--keep", help="copy the workbooks into this folder")
    given = options.parse_args()
    tool, rng, problems = os.path.abspath(given.tool), random.Random(620), []
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(tmp)
        inbox = SHARED / "inbox"
        previous = blanks_filled(tool, tmp / "上年", rng)
        figures = from_fixtures() if inbox.exists() else blanks_filled(tool, inbox := tmp / "收件", rng)
        run(tool, "merge", tmp / "上年", "--as-of", "2023-12-01", "-o", tmp / "上年.xlsx", expect=0)
        book = tmp / "汇总.xlsx"
        done = subprocess.run([tool, "merge", inbox, "--as-of", "2024-12-01", "--previous", tmp / "上年.xlsx", "-o", book], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"merge: exit {done.returncode}\n{done.stdout}{done.stderr}")
        model = Model(figures, previous)
        cells = Book(book, model, problems, "stored").check()
        traced = sources(book, model, inbox, problems)
        problems += audit(book)
        wrong, formulas = compare(book, tmp)
        problems += wrong
        cells += Book(calculated(book, tmp), model, problems, "calculated").check()

        # One figure of one unit, in the sheet where it stands: everything that follows from it must follow.
        changed = {("附件2", "温县总工会", "送电影/场次/线下"): Decimal(3), ("附件4", "马村区总工会", "覆盖人数/线上"): Decimal("1.2345")}
        dependents = 0
        for (form, unit, field), value in changed.items():
            after = Model(figures | {(form, unit, field): value}, previous)
            sheet_name = f"{form}分单位"
            opened = openpyxl.load_workbook(book)
            sheet = opened[sheet_name]
            finder = Book(book, model, [], "")
            top = finder.row_of(sheet, "序号")
            row = next(r for r in range(top, top + 40) if sheet.cell(r, 2).value == unit)
            first = next(r for r in range(top, top + 9) if sheet.cell(r, 1).value == 1)
            column = next(c for c, path in finder.paths(finder.book[sheet_name], top, first - 1, range(4, sheet.max_column + 1)) if path == field)
            address = sheet.cell(row, column).coordinate
            sheet[address] = float(value)
            opened.save(tmp / "openpyxl.xlsx")
            run(tool, "edit", book, f"{sheet_name}!{address}={value}", "-o", tmp / "edit.xlsx")
            problems += audit(tmp / "edit.xlsx")
            for name in ("openpyxl", "edit"):
                result = calculated(tmp / f"{name}.xlsx", tmp)
                cells += Book(result, after, problems, f"{unit} {field}={value} through {name}").check()
                old, new = (openpyxl.load_workbook(p, data_only=True) for p in (book, result))
                dependents += sum(a.value != b.value for s in old.sheetnames for ra, rb in zip(old[s].iter_rows(), new[s].iter_rows())
                                  for a, b in zip(ra, rb) if isinstance(a.value, (int, float)) and isinstance(b.value, (int, float)) and abs(a.value - b.value) > 1e-9)
        if given.keep:
            Path(given.keep).mkdir(exist_ok=True)
            shutil.copy(book, given.keep)
    if problems:
        sys.exit("\n".join(problems[:30]) + f"\n{len(problems)} differences")
    print(f"year-end workbook: {cells} cells equal to figures summed outside the program, {traced} sources followed, {formulas} formulas "
          f"recalculated; {len(changed)} figures changed in two ways, {dependents} cells followed")


if __name__ == "__main__":
    main()
