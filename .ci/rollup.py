#!/usr/bin/env python3
"""County → city → province → country: what is consolidated level by level equals sums made here, figure by figure.

rollup.py --tool .build/release/huizong [--provinces 1] [--cities 6] [--units 16]        # CI: one small province
rollup.py --tool .build/release/huizong --cities 18                                       # a province, 288 units
rollup.py --tool .build/release/huizong --provinces 31 --cities 11 --units 147            # a country, 50,127 units

Every unit's workbook holds both forms; one unit in fifty sends nothing. Each city is merged from its units' files, each
province from its cities' workbooks, the country from its provinces'. At every level every total, every office's row and
every unit's figure is held against sums of the figures that were written, and the number of units that are in against
those that were written. With one province, all files are also merged at once against a list of all units, which must
give the same. Prints the time and the peak memory of each level.
"""
import argparse, json, os, random, shutil, sys, tempfile, time, zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl

KINDS, MEASURES, PARTS = ["送文艺", "送电影", "送书画", "送讲座", "送培训"], ["场次", "参加人数"], ["线上", "线下"]
FORMS = {"culture-outreach": [f"{k}/{m}/{p}" for k in KINDS for m in MEASURES for p in PARTS],
         "model-worker-campus": ["活动场次/线上", "活动场次/线下", "覆盖人数/线上", "覆盖人数/线下", "媒体报道"]}
FIRST, SECOND = "青安宁东西南北大长兴永新临平高武文海江河山石金银", "阳州平山城川陵昌原泽溪泉丰乐康和化清源岭池水林"


def names(count, ending):
    return [f"{FIRST[i % len(FIRST)]}{SECOND[(i // len(FIRST)) % len(SECOND)]}{'' if i < 576 else i}{ending}" for i in range(count)]


def pattern(tmp):
    """The parts of a workbook with both forms, a number of its own in every input."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "附件2"
    sheet["A1"], sheet["A2"] = "附件2", "“中国梦·劳动美·工会情”文化活动进基层情况统计表"
    sheet["A3"], sheet["D3"] = "填报单位（盖章）：@UNIT@", "填报时间：2024年11月15日"
    marks = {}
    for c, word in enumerate(PARTS + ["合计"]):
        sheet.cell(4, 3 + c, word)
    for k, kind in enumerate(KINDS):
        sheet.cell(5 + 2 * k, 1, kind)
        for m, measure in enumerate(MEASURES):
            row = 5 + 2 * k + m
            sheet.cell(row, 2, measure)
            for c, part in enumerate(PARTS + ["合计"]):
                marks["culture-outreach", f"{kind}/{measure}/{part}"] = mark = 900000 + row * 10 + c
                sheet.cell(row, 3 + c, mark)
    sheet["A15"], sheet["D15"] = "填报人：李明", "联系电话：03913999920"
    sheet = book.create_sheet("附件4")
    sheet["A1"], sheet["A2"] = "附件4", "2024年“劳模工匠进校园”活动开展情况统计表"
    sheet["A3"], sheet["D3"] = "填报单位（盖章）：@UNIT@", "填报时间：2024年11月15日"
    for c, word in enumerate(["活动场次（场）", None, "覆盖人数（万人次）", None, "媒体报道（篇次）"]):
        sheet.cell(4, 1 + c, word)
    for c in range(4):
        sheet.cell(5, 1 + c, PARTS[c % 2])
    sheet.merge_cells("A4:B4"), sheet.merge_cells("C4:D4"), sheet.merge_cells("E4:E5")
    for c, field in enumerate(FORMS["model-worker-campus"]):
        marks["model-worker-campus", field] = 910000 + c
        sheet.cell(6, 1 + c, 910000 + c)
    sheet["A7"], sheet["D7"] = "填报人：李明", "联系电话：03913999920"
    book.save(tmp / "pattern.xlsx")
    with zipfile.ZipFile(tmp / "pattern.xlsx") as source:
        return {info.filename: source.read(info) for info in source.infolist()}, marks


def figures(rng):
    found = {}
    for kind in KINDS:
        for part in PARTS:
            events = rng.randint(1, 9)
            found["culture-outreach", f"{kind}/场次/{part}"] = events
            found["culture-outreach", f"{kind}/参加人数/{part}"] = events * rng.randint(20, 300) + rng.randint(0, 19)
    for field in FORMS["model-worker-campus"]:
        found["model-worker-campus", field] = (
            Decimal(rng.randint(500, 9999)) / 10000 if field.startswith("覆盖人数") else rng.randint(1, 30))
    return found


def write(path, parts, marks, unit, values):
    texts = {}
    for (form, field), mark in marks.items():
        if field.endswith("合计"):
            value = sum(values[form, f"{field[:-2]}{part}"] for part in PARTS)
        else:
            value = values[form, field]
        texts[f"<v>{mark}</v>"] = f"<v>{value}</v>"
    with zipfile.ZipFile(path, "w") as out:
        for name, data in parts.items():
            # openpyxl keeps texts in a part of their own, or in the sheets.
            if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml":
                text = data.decode().replace("@UNIT@", unit)
                for old, new in texts.items():
                    text = text.replace(old, new)
                data = text.encode()
            out.writestr(name, data)


class Sums:
    """What one office should come to."""

    def __init__(self):
        self.fields, self.reported, self.expected = {}, 0, 0

    def add(self, values):
        for key, value in values.items():
            self.fields[key] = self.fields.get(key, 0) + value

    def include(self, other):
        self.add(other.fields)
        self.reported += other.reported
        self.expected += other.expected


def campaign(path, office, number, units):
    """The campaign of an office: a title, a name and a list."""
    path.write_text(f"extends: jiaozuo-2024\nid: office-{number}\ntitle: {office}{{year}}年统计\noffice: {office}\nunits: {units}\n",
                    encoding="utf-8")
    return path


class Merge:
    """Runs the tool and keeps the longest time and the highest memory of each level."""

    def __init__(self, tool):
        self.tool, self.levels = tool, {}

    def __call__(self, level, setting, inputs, output):
        listing = str(output) + ".json"
        with open(listing, "w") as out:
            start = time.monotonic()
            pid = os.posix_spawn(self.tool, [self.tool, "merge", *map(str, inputs), "-o", str(output), "--campaign", str(setting),
                                             "--as-of", "2024-12-05", "--format", "json", "--yes"], os.environ,
                                 file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)])
            _, status, usage = os.wait4(pid, 0)
            spent = time.monotonic() - start
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, 1), f"merge of {output}: exit {code}"
        runs, total, work, peak = self.levels.get(level, (0, 0, 0, 0))
        self.levels[level] = (runs + 1, total + spent, work + usage.ru_utime + usage.ru_stime, max(peak, usage.ru_maxrss))
        with open(listing) as text:
            result = json.load(text, parse_float=Decimal)
        os.remove(listing)
        return result


def check(result, sums, offices, units, place):
    """Every total, every office's row and every unit's figures. Returns how many figures were compared."""
    rules = {f["rule"] for f in result["findings"]} & {"R01", "R03", "D06", "F01", "F03"}
    assert not rules, f"{place}: findings {rules}"
    compared = 0

    def same(values, expected, form, what):
        nonlocal compared
        for field in FORMS[form]:
            want = expected.get((form, field), 0)
            got = values[field]
            assert (got or 0) == want, f"{place} {what} {form} {field}: {got} instead of {want}"
            compared += 1
        for field, got in values.items():
            if field.endswith("合计"):
                want = sum(expected.get((form, field[:-2] + part), 0) for part in PARTS)
                assert (got or 0) == want, f"{place} {what} {form} {field}: {got} instead of {want}"
                compared += 1

    for form, part in result["forms"].items():
        same(part["totals"], sums.fields, form, "total")
        seen = {}
        for line in part["units"]:
            name = line["unit"].split("（")[0]
            key = (tuple(line["office"].split("/")) if "office" in line else ()) + (name,)
            seen[key] = line["values"]
        assert len(seen) == len(part["units"]) == len(units), f"{place} {form}: {len(seen)} units instead of {len(units)}"
        for key, values in units.items():
            same(seen[key], values, form, key)
        rows = {tuple(filter(None, row["office"].split("/"))) + (row["unit"].split("（")[0],): row for row in part.get("offices", [])}
        assert set(rows) == set(offices), f"{place} {form}: offices {set(rows) ^ set(offices)}"
        for key, want in offices.items():
            same(rows[key]["values"], want.fields, form, key)
            got = (rows[key]["reported"], rows[key]["expected"])
            assert got == (want.reported, want.expected), f"{place} {key}: {got} instead of {(want.reported, want.expected)}"
        if offices:
            level = part["levels"][-1]
            assert (level["reported"], level["expected"]) == (sums.reported, sums.expected), f"{place} {form}: {level}"
        else:
            assert (part["reported"], part["expected"]) == (sums.reported, sums.expected), f"{place} {form}"
    return compared


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--provinces", type=int, default=1)
    options.add_argument("--cities", type=int, default=6, help="cities of a province")
    options.add_argument("--units", type=int, default=16, help="units of a city")
    options.add_argument("--keep", help="a folder for the workbook of the highest level")
    given = options.parse_args()
    merge, compared, rng = Merge(os.path.abspath(given.tool)), 0, random.Random(20241120)
    with tempfile.TemporaryDirectory() as folder:
        tmp = Path(folder)
        parts, marks = pattern(tmp)
        country, everything, country_offices, province_books = Sums(), {}, {}, []
        provinces = names(given.provinces, "省总工会")
        cities = names(given.provinces * given.cities, "市总工会")
        for p, province in enumerate(provinces):
            here, units, offices, books = Sums(), {}, {}, []
            mine = cities[p * given.cities:(p + 1) * given.cities]
            for c, city in enumerate(mine):
                inbox = tmp / "收件" / province / city
                inbox.mkdir(parents=True)
                sums, members = Sums(), {}
                # The same names in every city, as every city has a 教育工会.
                list_of_units = names(given.units - 2, "县总工会") + ["教育工会", "交通工会"]
                for n, unit in enumerate(list_of_units):
                    sums.expected += 1
                    if rng.random() < 0.02 and n:
                        continue
                    members[unit,] = values = figures(rng)
                    sums.add(values)
                    sums.reported += 1
                    write(inbox / f"{n + 1:03}.xlsx", parts, marks, unit, values)
                book = tmp / f"{city}.xlsx"
                setting = campaign(tmp / "city.yaml", city, "city", json.dumps(list_of_units, ensure_ascii=False))
                compared += check(merge("city", setting, [inbox], book), sums, {}, members, city)
                books.append(book)
                here.include(sums)
                offices[city,] = sums
                units.update({(city, *key): values for key, values in members.items()})
                if given.provinces > 1:
                    shutil.rmtree(inbox)
            book = tmp / f"{province}.xlsx"
            setting = campaign(tmp / "province.yaml", province, "province", json.dumps(mine, ensure_ascii=False))
            rolled = merge("province", setting, books, book)
            compared += check(rolled, here, offices, units, province)
            if given.provinces == 1:
                # All files at once, against a list of all units, told apart by the folders of their cities.
                lines = ["单位,上级"] + [f"{city}," for city in mine] + [f"{u},{city}" for city in mine for u in list_of_units]
                (tmp / "单位.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
                setting = campaign(tmp / "all.yaml", province, "all", "单位.csv")
                direct = merge("all files at once", setting, [tmp / "收件" / province], tmp / "direct.xlsx")
                compared += check(direct, here, offices, units, f"{province}, directly")
                again = merge("workbooks, all units listed", setting, books, tmp / "again.xlsx")
                for form in FORMS:
                    for key in ("totals", "reported", "expected", "levels"):
                        assert again["forms"][form][key] == direct["forms"][form][key], f"{form} {key} differs"
                    for key in ("units", "offices"):
                        a, b = ([{k: v for k, v in line.items() if k != "file"} for line in result["forms"][form][key]]
                                for result in (again, direct))
                        assert a == b, f"{form}: {key} of the workbooks and of the forms differ"
            province_books.append(book)
            country.include(here)
            country_offices[province,] = here
            country_offices.update({(province, *key): value for key, value in offices.items()})
            everything.update({(province, *key): values for key, values in units.items()})
            for book in books if given.provinces > 1 else []:
                book.unlink()
        top = province_books[0]
        if given.provinces > 1:
            top = tmp / "全国.xlsx"
            setting = campaign(tmp / "country.yaml", "全国总工会", "country", json.dumps(provinces, ensure_ascii=False))
            compared += check(merge("country", setting, province_books, top), country, country_offices, everything, "全国总工会")
        size = top.stat().st_size
        if given.keep:
            shutil.copy(top, given.keep)
    for level, (runs, spent, work, peak) in merge.levels.items():
        print(f"  {level}: {runs} merge(s), {spent:.1f} s together, {work:.1f} s of one core, peak {peak / 1024:.0f} MB")
    spent, work = (sum(level[i] for level in merge.levels.values()) for i in (1, 2))
    print(f"  all merges: {spent:.1f} s, {work:.1f} s of one core, peak {max(l[3] for l in merge.levels.values()) / 1024:.0f} MB")
    print(f"roll-up: {country.reported} of {country.expected} units, {compared} figures equal to independent sums, "
          f"highest workbook {size / 1e6:.1f} MB")


if __name__ == "__main__":
    try:
        main()
    except AssertionError as error:
        sys.exit(f"rollup.py: {error}")
