#!/usr/bin/env python3
"""Returned copies: the unit's own file, with nothing changed but what a return changes.

returns.py --tool .build/release/huizong [--corpus N] [--keep DIR]

Returns what is in Examples/收件 and, where the shared material lies beside the checkout, in the fixtures' inboxes, and N of
the corpus's workbooks after a form was set into one of their sheets with `huizong edit`. In every copy of a unit's own workbook
- parts that a return has nothing to do with are the same byte for byte, and none is lost,
- a sheet's XML is the same but for the format of the marked cells, the selection of its tab and what leads to its comments,
- existing cell formats, fonts, fills and borders keep their numbers; names still mean the sheets they meant,
- every value reads back as before (python-calamine, or openpyxl where that fails),
- each marked cell is filled and commented, the comments that were there are still there,
- of a Word document or an OpenDocument spreadsheet only the parts that must change do, and these read the same without what a
  return adds; LibreOffice finds every comment; corrected in part and saved by LibreOffice, the file is known again and returned
  with what is left to correct (documents.py),
- in a sample, openxml-audit finds nothing that it does not find in the original, and LibreOffice opens the copy.
"""
import argparse, json, os, posixpath, random, re, shutil, subprocess, sys, tempfile, warnings, zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
from python_calamine import CalamineWorkbook

import documents

warnings.simplefilter("ignore")
ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
PAGE = "退回说明"


def run(tool, *arguments, cwd=None, timeout=60):
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, cwd=cwd, timeout=timeout)
    return done.returncode, done.stdout, done.stderr


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {i.filename.replace("\\", "/").lstrip("/"): archive.read(i) for i in archive.infolist() if not i.is_dir()}


def local(tag):
    return tag.rsplit("}", 1)[-1]


def related(package, part):
    """{id: (kind, target)} of a part, or of the package for ''."""
    name = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
    found = {}
    for element in ElementTree.fromstring(package[name]) if name in package else ():
        target = element.get("Target", "").split("#")[0]
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        found[element.get("Id")] = (element.get("Type", "").rsplit("/", 1)[-1], path)
    return found


def sheets(package):
    """The sheets in order: (name, state, part), the workbook part, and the relationships of that."""
    book = next(target for kind, target in related(package, "").values() if kind == "officeDocument")
    links = related(package, book)
    found = []
    for element in ElementTree.fromstring(package[book]).iter():
        if local(element.tag) == "sheet":
            id = next((v for k, v in element.attrib.items() if local(k) == "id"), None)
            found.append((element.get("name"), element.get("state", "visible"), links.get(id, ("", ""))[1]))
    return found, book, links


def flat(data, marked=()):
    """A sheet's XML as a list, without what a return may change: formats of marked cells, selected tabs, comments."""
    out = []
    row = column = 0

    def visit(element):
        nonlocal row, column
        name = local(element.tag)
        if name in ("legacyDrawing", "dimension"):
            return
        attributes = {k: v for k, v in element.attrib.items() if k != "spans"}
        if name == "sheetView":
            attributes.pop("tabSelected", None)
        if name == "row":
            row, column = int(attributes.get("r", row + 1)), 0
        if name == "c":
            reference = attributes.get("r")
            column = number(reference) if reference else column + 1
            if (row, column) in marked:
                attributes.pop("s", None)
                if len(element) == 0:      # a blank cell that is there only for its look
                    return
        out.append((name, sorted(attributes.items()), (element.text or "").strip()))
        for child in element:
            visit(child)
        # A row that a marked blank cell alone brought.
        if name == "row" and out[-1] and out[-1][0] == "row" and set(dict(out[-1][1])) <= {"r"}:
            out.pop()
        out.append(None)

    visit(ElementTree.fromstring(data))
    return [entry for entry in out if entry is not None]


def number(reference):
    value = 0
    for letter in re.match(r"\$?([A-Za-z]+)", reference)[1].upper():
        value = value * 26 + ord(letter) - 64
    return value


def collections(data):
    """fonts, fills, borders, cellXfs … of a stylesheet, each as a list of elements."""
    return {local(element.tag): [ElementTree.tostring(child) for child in element] for element in ElementTree.fromstring(data)}


def names(data, order):
    """The defined names with the sheet they belong to, by its name."""
    found = Counter()
    for element in ElementTree.fromstring(data).iter():
        if local(element.tag) == "definedName":
            at = element.get("localSheetId")
            sheet = order[int(at)] if at is not None and int(at) < len(order) else None
            found[(element.get("name"), sheet, element.text)] += 1
    return found


def values(path):
    try:
        book = CalamineWorkbook.from_path(str(path))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names if not name.startswith(PAGE)}
    except Exception:
        book = openpyxl.load_workbook(path, data_only=True)
        return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets if not sheet.title.startswith(PAGE)}


def trimmed(grid):
    """Rows without the blank cells at their ends: a marked blank cell makes a sheet's extent larger."""
    rows = [list(row) for row in grid]
    for row in rows:
        while row and row[-1] in ("", None):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def audit(path):
    done = subprocess.run(["openxml-audit", str(path)], capture_output=True, text=True, timeout=120)
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines()]
    # What is wrong, without where in the file and in which one.
    found = Counter(re.sub(r"\d+", "#", re.sub(r"line \d+.*", "", line)) for line in lines
                    if re.search(r"error|invalid|missing|unexpected", line, re.I) and not re.match(r"(Errors|Warnings|Validating|File)\b", line))
    return found


def compare(original, copy, places):
    """What is wrong with a copy."""
    wrong = []
    old, new = parts(original), parts(copy)
    (old_sheets, book, links), (new_sheets, new_book, new_links) = sheets(old), sheets(new)
    kept = [sheet for sheet in old_sheets if not sheet[0].startswith(PAGE)]
    if new_sheets[0][0] != PAGE and not new_sheets[0][0].startswith(PAGE):
        wrong.append("the first sheet is not 退回说明")
    if [s[:2] for s in new_sheets[1:]] != [s[:2] for s in kept]:
        wrong.append(f"sheets {[s[0] for s in new_sheets]}")
    page = new_sheets[0][2]
    styles = next((target for kind, target in links.values() if kind == "styles"), None)
    commented = {sheet for sheet, _ in places}
    free = {book, posixpath.join(posixpath.dirname(book), "_rels", posixpath.basename(book) + ".rels"), "[Content_Types].xml", styles, page}
    if styles is None:      # a workbook without styles gets some
        free |= {target for kind, target in new_links.values() if kind == "styles"}
    for name, _, part in kept:
        if part in old:
            free.add(part)
        if name in commented:
            free.add(posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels"))
            for package in (old, new):
                free |= {target for kind, target in related(package, part).values() if kind in ("comments", "vmlDrawing")}
    for part in sorted((set(old) | set(new)) - free):
        if part not in new:
            wrong.append(f"lost {part}")
        elif part not in old:
            wrong.append(f"added {part}")
        elif old[part] != new[part]:
            wrong.append(f"changed {part}")
    new_parts = {name: part for name, _, part in new_sheets}
    for name, _, part in kept:
        if part not in old:
            continue
        marked = {(row, column) for sheet, (row, column) in places if sheet == name}
        if new_parts.get(name) != part:
            wrong.append(f"{name} moved to another part")
            continue
        if flat(old[part], marked) != flat(new[part], marked):
            a, b = flat(old[part], marked), flat(new[part], marked)
            at = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            wrong.append(f"XML of {name}: {a[at:at + 1]} became {b[at:at + 1]}"[:300])
        if b"tabSelected=\"1\"" in new[part]:
            wrong.append(f"the tab of {name} is selected beside the page's")
        before = related(old, part)
        lost = {id: link for id, link in before.items() if related(new, part).get(id) != link}
        if lost:
            wrong.append(f"{name} lost {lost}")
    if styles in old:
        before, after = collections(old[styles]), collections(new[styles])
        for key, elements in before.items():
            if after.get(key, [])[:len(elements)] != elements:
                wrong.append(f"{key} of the styles changed")
    lost = names(old[book], [s[0] for s in old_sheets]) - names(new[new_book], [s[0] for s in new_sheets])
    lost = {key: count for key, count in lost.items() if not (key[1] or "").startswith(PAGE)}
    if lost:
        wrong.append(f"names lost: {list(lost)[:3]}")
    before, after = values(original), values(copy)
    for sheet in before:
        if sheet in after and trimmed(before[sheet]) != trimmed(after[sheet]):
            wrong.append(f"values of {sheet} changed")
    return wrong + looks(original, copy, places)


def looks(original, copy, places):
    """Marked cells are filled and commented, earlier comments are still there."""
    try:
        before = openpyxl.load_workbook(original)
    except Exception:
        return []           # what openpyxl does not open at all
    try:
        after = openpyxl.load_workbook(copy)
    except Exception as error:
        return [f"openpyxl: {error}"]
    wrong = []
    for sheet, (row, column) in places:
        cell = after[sheet].cell(row, column)
        if cell.fill.fill_type != "solid":
            wrong.append(f"{sheet}!{cell.coordinate} is not filled")
        if "【退回】" not in (cell.comment.text if cell.comment else ""):
            wrong.append(f"{sheet}!{cell.coordinate} has no comment of ours")
    for sheet in before.worksheets:
        if sheet.title.startswith(PAGE):
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and "【退回】" not in cell.comment.text:
                    now = after[sheet.title][cell.coordinate].comment
                    if not now or cell.comment.text.strip() not in now.text:
                        wrong.append(f"{sheet.title}!{cell.coordinate} lost its comment")
    return wrong


def places_of(copy):
    """The cells that the page 退回说明 of a copy links to, errors and warnings only; merged ranges by their first cell."""
    book = openpyxl.load_workbook(copy)
    page = book.worksheets[0]
    found = set()
    for row in page.iter_rows(min_row=8):
        link = row[2].hyperlink
        if link is None or row[1].value == "提示":
            continue
        sheet, reference = link.location.rsplit("!", 1)
        sheet = sheet.strip("'").replace("''", "'")
        cell = book[sheet][reference]
        for merge in book[sheet].merged_cells.ranges:
            if reference in merge:
                cell = book[sheet].cell(merge.min_row, merge.min_col)
        found.add((sheet, (cell.row, cell.column)))
    return found


def originals(inbox, folder):
    """A file for every name that the program shows, archives unpacked; None where there is none."""
    def find(shown):
        if "!/" not in shown:
            return Path(inbox).parent / shown
        outer, inner = shown.split("!/", 1)
        try:
            with zipfile.ZipFile(Path(inbox).parent / outer) as archive:
                target = folder / f"{abs(hash(shown))}.bin"
                target.write_bytes(archive.read(inner))
                return target
        except Exception:
            return None
    return find


FORM = """填报单位（盖章）：|温县总工会|填报时间：|2024-11-12|
项目||线上|线下|合计
送文艺|场次|2|12|41
|参加人数|200|1200|1400
送电影|场次|2|12|14
|参加人数|200||1400
送书画|场次|2|12|14
|参加人数|200|1200|1400
送讲座|场次|2|12|14
|参加人数|200|1200|1400
送培训|场次|2|12|14
|参加人数|200|1200|1400
填报人：|李明|联系电话：|03913999920|"""


def with_form(tool, path, out):
    """A corpus workbook with a faulty form set into cells right of and below everything on its first visible sheet."""
    book = openpyxl.load_workbook(path, read_only=False)
    sheet = next(s for s in book.worksheets if s.sheet_state == "visible")
    top, left = sheet.max_row + 3, 1
    if top > 5000 or any(m.max_row >= top for m in sheet.merged_cells.ranges):
        return None
    quoted = "'" + sheet.title.replace("'", "''") + "'"
    edits = []
    for y, line in enumerate(FORM.split("\n")):
        for x, text in enumerate(line.split("|")):
            if text:
                edits.append(f"{quoted}!{openpyxl.utils.get_column_letter(left + x)}{top + y}={text}")
    code, _, _ = run(tool, "edit", path, *edits, "-o", out)
    return out if code == 0 else None


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--corpus", type=int, default=24)
    options.add_argument("--keep")
    options = options.parse_args()
    tool = os.path.abspath(options.tool)
    problems, copies, renderings, notices, cells = [], 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as tmp:
        tmp = Path(options.keep or tmp).resolve()
        tmp.mkdir(parents=True, exist_ok=True)
        jobs = [(ROOT / "Examples" / "收件", "2024-12-01")]
        fixtures = SHARED / "fixtures" / "messy-2024"
        if fixtures.is_dir():
            for case in sorted(fixtures.iterdir()):
                jobs.append((case / "inbox", json.loads((case / "case.json").read_text()).get("asOf", "2024-12-01")))
        corpus = SHARED / "corpus" / "files"
        made = 0
        if corpus.is_dir():
            inbox = tmp / "corpus" / "收件"
            inbox.mkdir(parents=True, exist_ok=True)
            files = sorted(p for p in corpus.rglob("*") if p.suffix in (".xlsx", ".xlsm") and p.stat().st_size < 200_000)
            step = max(1, len(files) // max(1, options.corpus))
            for index, path in enumerate(files[::step][:options.corpus]):
                try:
                    made += with_form(tool, path, inbox / f"{index}-{path.stem[:40]}{path.suffix}") is not None
                except Exception:
                    continue
            for path in inbox.iterdir():         # one inbox each: the same unit's other files would replace it
                own = tmp / "corpus" / path.stem / "收件"
                own.mkdir(parents=True, exist_ok=True)
                path.rename(own / path.name)
                jobs.append((own, "2024-12-01"))

        def check(job):
            number, (inbox, day) = job
            out = tmp / "out" / str(number)
            code, text, complaint = run(tool, "return", inbox.name, "-o", out, "--format", "json", "--as-of", day, cwd=inbox.parent)
            if code not in (0, 1):
                return [f"{inbox}: exit {code} {complaint[:200]}"], []
            find = originals(inbox, tmp)
            wrong, done = [], []
            for item in json.loads(text)["returned"]:
                done.append(item)
                copy = Path(item["written"])
                if item["kind"] != "copy":
                    openpyxl.load_workbook(copy)
                    bad = []
                else:
                    original = find(item["file"])
                    item["original"] = original
                    if original is None or not original.exists():
                        continue
                    try:
                        bad = documents.compare(original, copy) if copy.suffix in documents.ALLOWED else compare(original, copy, places_of(copy))
                    except Exception as error:
                        bad = [f"{type(error).__name__}: {error}"]
                wrong += [f"{inbox.parent.name}/{item['file']}: {what}" for what in bad]
            return wrong, done

        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(check, enumerate(jobs)))
        sample = []
        for wrong, done in results:
            problems += wrong
            for item in done:
                copies += item["kind"] == "copy"
                renderings += item["kind"] == "rendering"
                notices += item["kind"] == "notice"
                cells += item["cells"]
                if Path(item["written"]).suffix not in documents.ALLOWED:
                    sample.append((item["written"], item.get("original")))
        sample = sample[:: max(1, len(sample) // 25)]
        for copy, original in sample:
            fresh = audit(copy) - (audit(original) if original else Counter())
            if fresh:
                problems.append(f"{Path(copy).name}: openxml-audit: {list(fresh.items())[:3]}")
        sample = [copy for copy, _ in sample]
        named = tmp / "sample"
        named.mkdir(exist_ok=True)
        paths = [shutil.copy(path, named / f"{i}{Path(path).suffix}") for i, path in enumerate(sample)]
        profile = f"-env:UserInstallation=file://{tmp}/profile"
        subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp / "pdf"), *map(str, paths)],
                       capture_output=True, timeout=300)
        opened = len(list((tmp / "pdf").glob("*.pdf"))) if (tmp / "pdf").is_dir() else 0
        if opened != len(sample):
            problems.append(f"LibreOffice opened {opened} of {len(sample)}")
        wrong, texts = documents.check(tool, tmp, random.Random(14))
        problems += wrong
    for problem in problems[:40]:
        print(problem)
    print(f"{copies} copies ({made} corpus workbooks with a form), {texts} of them Word or OpenDocument that went twice, {renderings} renderings, {notices} pages: {cells} cells marked, "
          f"{opened} of {len(sample)} opened by LibreOffice, {len(problems)} problems")
    sys.exit(bool(problems) or copies == 0)


if __name__ == "__main__":
    main()
