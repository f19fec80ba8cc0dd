"""Pages written by different programs."""
import csv
import datetime
import io
import subprocess
from decimal import Decimal
from html import escape
from pathlib import Path

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side
from openpyxl.utils import get_column_letter

from .page import DateCell, Formula, Marked, Shown, number


def shown(content):
    """A cell's content as a text format holds it."""
    if isinstance(content, Formula):
        content = content.cached
    if isinstance(content, DateCell):
        return content.date.isoformat()
    if isinstance(content, Shown):
        content = content.value
    if isinstance(content, Marked):
        return content.text
    content = number(content)
    return "" if content is None else str(content)


def decimal_or_text(text):
    """A number typed as such, where the text is one."""
    return Decimal(text) if text.replace(".", "", 1).isdigit() else text


def write_marked(book, sheet, row, column, content):
    formats = {"": None, "struck": book.add_format({"font_strikeout": True}), "raised": book.add_format({"font_script": 1})}
    if len(content.runs) == 1:
        value = decimal_or_text(content.text)
        sheet.write(row, column, number(value), formats["struck"])
        return
    parts = []
    for text, mark in content.runs:
        parts += [formats[mark], text] if mark else [text]
    sheet.write_rich_string(row, column, *parts)


def with_openpyxl(pages, path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        covered = page.covered()
        for (r, c), content in page.cells.items():
            if (r, c) in covered:
                continue
            cell = sheet.cell(r, c)
            if isinstance(content, Formula):
                cell.value = "=" + content.text
            elif isinstance(content, Marked):
                if len(content.runs) == 1:
                    cell.value, cell.font = number(decimal_or_text(content.text)), Font(strike=True)
                else:
                    cell.value = CellRichText([TextBlock(InlineFont(strike=m == "struck", vertAlign="superscript" if m == "raised" else None), t) if m else t
                                               for t, m in content.runs])
            elif isinstance(content, DateCell):
                cell.value, cell.number_format = content.date, content.format
            elif isinstance(content, Shown):
                cell.value, cell.number_format = number(content.value), content.format
            else:
                cell.value = number(content)
                if isinstance(content, str):
                    cell.data_type = "e" if content.startswith("#") and content.endswith(("!", "?", "/A")) else "s"
            cell.border = Border(*[Side("thin")] * 4)
        for a, b, x, y in page.merges:
            sheet.merge_cells(start_row=a, start_column=b, end_row=x, end_column=y)
        for r in page.hidden_rows:
            sheet.row_dimensions[r].hidden = True
        for r in page.flat_rows:
            sheet.row_dimensions[r].height = 0
        for c in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(c)].hidden = True
        if page.hidden:
            sheet.sheet_state = "hidden"
    book.save(path)


def with_xlsxwriter(pages, path):
    book = xlsxwriter.Workbook(str(path))
    formats = {}
    style = lambda text: formats.setdefault(text, book.add_format({"num_format": text, "border": 1}))
    for page in pages:
        sheet = book.add_worksheet(page.name)
        merged = {(a, b): (x, y) for a, b, x, y in page.merges}
        for (a, b), (x, y) in merged.items():
            sheet.merge_range(a - 1, b - 1, x - 1, y - 1, "", style("General"))
        covered = page.covered()
        for (r, c), content in page.cells.items():
            if (r, c) in covered:
                continue
            if isinstance(content, Formula):
                cached = number(content.cached)
                sheet.write_formula(r - 1, c - 1, "=" + content.text, style("General"), "" if cached is None else cached)
            elif isinstance(content, Marked):
                write_marked(book, sheet, r - 1, c - 1, content)
            elif isinstance(content, DateCell):
                sheet.write_datetime(r - 1, c - 1, datetime.datetime.combine(content.date, datetime.time()), style(content.format))
            elif isinstance(content, Shown):
                sheet.write_number(r - 1, c - 1, number(content.value), style(content.format))
            elif isinstance(content, str):
                sheet.write_string(r - 1, c - 1, content, style("General"))
            else:
                sheet.write_number(r - 1, c - 1, number(content), style("General"))
        for r in page.hidden_rows:
            sheet.set_row(r - 1, None, None, {"hidden": True})
        for r in page.flat_rows:
            sheet.set_row(r - 1, 0)
        for c in page.hidden_columns:
            sheet.set_column(c - 1, c - 1, None, None, {"hidden": True})
        if page.hidden:
            sheet.hide()
    if all(p.hidden for p in pages[:1]) and len(pages) > 1:
        book.worksheets()[1].activate()
        book.worksheets()[1].set_first_sheet()
    book.close()


def with_csv(pages, path, encoding):
    out = io.StringIO()
    rows = csv.writer(out)
    page = pages[0]
    height, width = page.extent()
    for r in range(1, height + 1):
        rows.writerow([shown(page.cells.get((r, c))) for c in range(1, width + 1)])
    Path(path).write_bytes(out.getvalue().encode(encoding, "replace"))


def with_docx(pages, path):
    import docx
    document = docx.Document()
    for page in pages:
        height, width = page.extent()
        table = document.add_table(rows=height, cols=width)
        for a, b, x, y in page.merges:
            table.cell(a - 1, b - 1).merge(table.cell(x - 1, y - 1))
        grid = [row.cells for row in table.rows]
        for (r, c), content in page.cells.items():
            if (r, c) not in page.covered():
                cell = grid[r - 1][c - 1]
                if not isinstance(content, Marked):
                    cell.text = shown(content)
                    continue
                for n, (text, mark) in enumerate(content.runs):
                    run = cell.paragraphs[0].add_run(text)
                    if mark == "struck":
                        run.font.strike, run.font.double_strike = (True, None) if (r + c) % 3 else (None, True)
                    elif mark == "raised":
                        run.font.superscript = True
                    elif mark == "hidden":
                        run.font.hidden = True
        document.add_paragraph("")
    document.save(path)


HTML_MARKS = {"": ["{}"], "struck": ["<s>{}</s>", "<del>{}</del>", "<strike>{}</strike>", '<span style="text-decoration: line-through">{}</span>'],
              "raised": ["<sup>{}</sup>", '<span style="vertical-align:super">{}</span>'],
              "hidden": ['<span style="display:none">{}</span>', '<font style="mso-hide:all">{}</font>', '<span style="visibility: hidden">{}</span>']}


def html_of(content):
    if isinstance(content, Marked):
        return "".join(HTML_MARKS[m][len(content.text) % len(HTML_MARKS[m])].format(escape(t)) for t, m in content.runs)
    return escape(shown(content)).replace(chr(10), "<br>")


def with_html(pages, path):
    out = ['<html><head><meta charset="utf-8"></head><body>']
    for page in pages:
        height, width = page.extent()
        spans = {(a, b): (x - a + 1, y - b + 1) for a, b, x, y in page.merges}
        covered = page.covered()
        out.append("<table border=1>")
        for r in range(1, height + 1):
            cells = []
            for c in range(1, width + 1):
                if (r, c) not in covered:
                    rows, columns = spans.get((r, c), (1, 1))
                    span = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
                    cells.append(f"<td{span}>{html_of(page.cells.get((r, c)))}</td>")
            out.append("<tr>" + "".join(cells) + "</tr>")
        out.append("</table>")
    out.append("</body></html>")
    Path(path).write_text("\n".join(out), encoding="utf-8")


def through_libreoffice(files, profile):
    """Converts workbooks to another format in place: [(path of .xlsx, "xls" or "ods")]."""
    for format in sorted({f for _, f in files}):
        paths = [p for p, f in files if f == format]
        by_folder = {}
        for p in paths:
            by_folder.setdefault(p.parent, []).append(p)
        for folder, group in sorted(by_folder.items()):
            subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", format, "--outdir", str(folder),
                            *map(str, group)], check=True, capture_output=True, timeout=300)
            for p in group:
                p.unlink()
