"""Word documents, OpenDocument texts and spreadsheets as returns.py has them: returned in the file that they came in.

Forms with errors planted are written as .docx by `convert`, as .odt and .ods by LibreOffice, returned, held against what was sent part
for part, opened by LibreOffice with their comments, corrected in part, saved by other programs, taken in and returned again.
"""
import json, re, shutil, subprocess, sys, zipfile
from pathlib import Path

import openpyxl

HERE = Path(__file__).resolve().parent
# The library, not the check of that name beside this file.
places, sys.path = sys.path, [path for path in sys.path if Path(path or ".").resolve() != HERE]
import docx
sys.path = places
from roundtrip import cells_of
from yearend import blanks_filled

OPENING, PAGE = "【退回】", "退回说明"
ALLOWED = {".docx": {"[Content_Types].xml", "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels"}, ".ods": {"content.xml"}, ".odt": {"content.xml"}}


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bare(text):
    """A document without what a return may add to it."""
    text = re.sub(r"<w:body>.*?【退回说明完】</w:t></w:r><w:r><w:br w:type=\"page\"/></w:r></w:p>", "<w:body>", text, flags=re.S)
    text = re.sub(r"<w:commentRange(Start|End) [^>]*/>|<w:r><w:commentReference [^>]*/></w:r>", "", text)
    text = re.sub(r"<w:shd [^>]*w:fill=\"(FFC8CD|FFEFA3)\"/>", "", text)
    return re.sub(r"<w:(tcPr|pPr)></w:\1>", "", text)


def bare_sheet(text):
    text = re.sub(r"<table:table table:name=\"退回说明\".*?</table:table>", "", text, flags=re.S)
    text = re.sub(r"<style:style (?:(?!style:style ).)*?style:name=\"(return|page\d*-)[^>]*?(/>|>.*?</style:style>)", "", text, flags=re.S)
    text = re.sub(r"<office:annotation office:display=\"false\" [^>]*>(?:(?!</office:annotation>).)*【退回】.*?</office:annotation>", "", text, flags=re.S)
    text = re.sub(r"(<table:(?:table|covered-table)-cell)([^>]*?) table:style-name=\"[^\"]*\"", r"\1\2", text)
    return re.sub(r"<(table:table-cell|table:table-row)([^>]*)></\1>", r"<\1\2/>", text)


def bare_text(text):
    text = re.sub(r"(<office:text[^>]*>(?:<office:forms[^>]*/>|<text:sequence-decls>.*?</text:sequence-decls>)*)<text:p text:style-name=\"page.*?【退回说明完】</text:span></text:p>", r"\1", text, flags=re.S)
    text = re.sub(r"<style:style (?:(?!style:style ).)*?style:name=\"(return|page\d*-)[^>]*?(/>|>.*?</style:style>)", "", text, flags=re.S)
    text = re.sub(r"<office:annotation>(?:(?!</office:annotation>).)*【退回】.*?</office:annotation>", "", text, flags=re.S)
    text = re.sub(r"(<table:table-cell|<text:p)([^>]*?) (?:table|text):style-name=\"[^\"]*\"", r"\1\2", text)
    return re.sub(r"<(text:p)([^>]*)></\1>", r"<\1\2/>", text)


def compare(original, copy):
    """What a copy has changed that it should not."""
    before, after, suffix = parts(original), parts(copy), Path(copy).suffix
    wrong = [f"lost {name}" for name in before if name not in after]
    for name, content in after.items():
        if name not in before:
            if name not in ALLOWED[suffix]:
                wrong.append(f"added {name}")
        elif content != before[name] and name not in ALLOWED[suffix]:
            wrong.append(f"changed {name}")
    if list(before)[0] != list(after)[0]:
        wrong.append("the first entry is another")
    name, strip = {".docx": ("word/document.xml", bare), ".ods": ("content.xml", bare_sheet), ".odt": ("content.xml", bare_text)}[suffix]
    old, new = before[name].decode(), after[name].decode()
    if PAGE not in old and strip(old) != strip(new):
        at = next((i for i, (a, b) in enumerate(zip(strip(old), strip(new))) if a != b), 0)
        wrong.append(f"{name}: …{strip(old)[at - 60:at + 80]}… became …{strip(new)[at - 60:at + 80]}…")
    return wrong


def saved(path, target, folder, profile):
    """The file as LibreOffice saves it in a format."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", target, "--outdir", str(folder), str(path)],
                   capture_output=True, timeout=180)
    result = folder / f"{Path(path).stem}.{target}"
    assert result.exists(), f"LibreOffice does not open {path}"
    return result


def comments(path, tmp, profile):
    """The comments that LibreOffice finds in a file."""
    text = parts(saved(path, "ods" if Path(path).suffix == ".ods" else "odt", tmp / "opened", profile))["content.xml"].decode()
    found = re.findall(r"<office:annotation[ >].*?</office:annotation>", text, flags=re.S)
    return [re.sub(r"<[^>]+>", "", comment) for comment in found]


def plant(tool, folder, rng):
    """Two errors in every form of four units: a total that is wrong, a figure that is none."""
    blanks_filled(tool, folder, rng)
    kept = []
    for path in sorted(folder.rglob("*.xlsx")):
        if not any(unit in path.name for unit in ("温县", "博爱", "解放", "教育")):
            path.unlink()
            continue
        cells = cells_of(tool, path)
        book = openpyxl.load_workbook(path)
        sheet = book.active
        for cell in (c for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and c.value.startswith("=")):
            cell.value = None       # other formats hold figures
        mine = cells if "附件2" in path.name else {}
        for key, at in mine.items():
            if key.endswith("合计"):
                sheet[at] = sum(sheet[mine[key[:-2] + way]].value for way in ("线上", "线下"))
        if mine:
            sheet[cells["送电影/场次/合计"]] = 999
            sheet[cells["送讲座/参加人数/线上"]] = f"见附页{sheet[cells['送讲座/参加人数/线上']].value}"
        else:
            sheet[cells["活动场次/线上"]] = f"见附页{sheet[cells['活动场次/线上']].value}"
            sheet[cells["媒体报道"]] = -4
        book.save(path)
        kept.append(path)
    return kept


def check(tool, tmp, rng):
    """Returns, corrects and returns again; gives what went wrong and how many copies there were."""
    profile, wrong, copies = tmp / "profile", [], 0
    inbox = tmp / "文字" / "收件"
    inbox.mkdir(parents=True)
    for index, path in enumerate(plant(tool, tmp / "文字" / "表", rng)):
        if index % 3:
            done = subprocess.run([tool, "convert", str(path), "-o", str(inbox / f"{path.stem}.docx")], capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
        else:
            shutil.copy(saved(path, "ods", tmp / "文字" / "ods", profile), inbox)
    # What LibreOffice makes of a document is another kind of .docx, or an OpenDocument text.
    for index, path in enumerate(sorted(inbox.glob("*.docx"))):
        if index % 4 == 0:
            shutil.copy(saved(path, "docx", tmp / "文字" / "again", profile), path)
        if index % 4 in (1, 2):
            shutil.copy(saved(path, "odt", tmp / "文字" / "again", profile), inbox)
            path.unlink()
    kinds = {path.suffix for path in inbox.iterdir()}
    if kinds != set(ALLOWED):
        return [f"only {kinds} came in"], 0
    marked = {}
    rounds = [("2024-12-01", 1), ("2024-12-03", 2)]
    for day, number in rounds:
        out = tmp / "文字" / f"退回{number}"
        done = subprocess.run([tool, "return", "收件", "-o", str(out), "--format", "json", "--as-of", day], capture_output=True, text=True, cwd=inbox.parent)
        if done.returncode not in (0, 1):
            return [done.stderr], 0
        for item in json.loads(done.stdout)["returned"]:
            original, copy = inbox.parent / item["file"], Path(item["written"])
            said = f"{copy.name}: "
            if item["kind"] != "copy" or item["round"] != number or copy.suffix != original.suffix:
                wrong.append(f"{said}{item['kind']}, round {item['round']}")
                continue
            copies += 1
            wrong += [said + what for what in compare(original, copy)]
            ours = [text for text in comments(copy, tmp, profile) if OPENING in text]
            if len(ours) != item["cells"] or not ours or (number == 2 and item["cells"] >= marked[item["forms"][0], item["units"][0]]):
                wrong.append(f"{said}{len(ours)} comments on {item['cells']} cells")
            marked[item["forms"][0], item["units"][0]] = item["cells"]
            if number == 1:
                corrected(copy, tmp, profile)
                shutil.copy(copy, inbox / copy.name)
                original.unlink()
    checked = subprocess.run([tool, "check", "收件", "--format", "json", "--as-of", "2024-12-03"], capture_output=True, text=True, cwd=inbox.parent)
    for submission in json.loads(checked.stdout)["submissions"]:
        errors = {finding["rule"] for finding in submission["findings"] if finding["severity"] == "error"}
        if "C01" in errors or not errors:
            wrong.append(f"{submission['file']}: {errors} after one of two was corrected")
    return wrong, copies


def corrected(path, tmp, profile):
    """The first of the two errors put right in place, and the file saved by LibreOffice."""
    count = 0
    if path.suffix == ".docx":
        document = docx.Document(path)
        for cell in (cell for table in document.tables[1:] for row in table.rows for cell in row.cells):
            found = re.fullmatch(r"见附页(\d+)", cell.text)
            if found:
                runs = [run for paragraph in cell.paragraphs for run in paragraph.runs if run.text]
                runs[0].text, count = found[1], count + 1
                for run in runs[1:]:
                    run.text = ""
        document.save(path)
    else:
        content = parts(path)
        # Behind the page, which quotes the figure too.
        head, body = content["content.xml"].decode().split("</table:table>", 1)
        body, count = re.subn(r">见附页(\d+)</text:", r">\1</text:", body)
        content["content.xml"] = (head + "</table:table>" + body).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in content.items():
                archive.writestr(part, data, compress_type=zipfile.ZIP_STORED if part == "mimetype" else None)
    assert count == 1, f"{path.name}: {count} figures to correct"
    shutil.copy(saved(path, path.suffix[1:], tmp / "saved", profile), path)
