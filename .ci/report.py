#!/usr/bin/env python3
"""The page of `merge --report`, opened and printed by a browser.

report.py --tool .build/release/huizong [--chromium chromium] [--keep DIR]

Merges Examples/收件, opens the page in headless Chromium and looks at what it made of it: no complaint on its console, the
charts and tables there, figures equal to the JSON's, nothing asked of the network; prints it to PDF and looks at its pages.
"""
import argparse, json, os, re, shutil, subprocess, sys, tempfile
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Page(HTMLParser):
    """The texts of table cells, the number of elements, and every address that is used."""

    def __init__(self):
        super().__init__()
        self.count, self.addresses, self.ids, self.cells, self.inside = {}, [], [], [], False

    def handle_starttag(self, tag, attributes):
        self.count[tag] = self.count.get(tag, 0) + 1
        for name, value in attributes:
            if name in ("src", "href", "data", "action", "xlink:href"):
                self.addresses.append(value)
            if name == "id":
                self.ids.append(value)
            assert not name.startswith("on"), f"<{tag} {name}=…>"
        if tag in ("td", "th"):
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.cells[-1] += data


def browser(chromium, profile, *arguments):
    command = [chromium, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
               "--hide-scrollbars", "--enable-logging=stderr", "--log-level=0", f"--user-data-dir={profile}",
               "--proxy-server=127.0.0.1:9", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    assert not console, f"on the console: {console[:3]}"
    return done.stdout


def look(tool, chromium, tmp, language):
    page, book = tmp / f"报告-{language}.html", tmp / f"汇总-{language}.xlsx"
    done = subprocess.run([tool, "merge", str(ROOT / "Examples/收件"), "-o", str(book), "--report", str(page), "--as-of",
                           "2024-12-05", "--format", "json", "--lang", language], capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    merged = json.loads(done.stdout)
    first = page.read_bytes()
    subprocess.run([tool, "merge", str(ROOT / "Examples/收件"), "-o", str(book), "--report", str(page), "--as-of", "2024-12-05",
                    "--lang", language], capture_output=True)
    assert page.read_bytes() == first, "two runs give two pages"

    dom = browser(chromium, tmp / "profile", "--dump-dom", page.as_uri())
    seen = Page()
    seen.feed(dom)
    assert seen.count.get("script", 0) == 0 and seen.count.get("h1") == 1
    assert all(a.startswith("#") or a.startswith("data:,") for a in seen.addresses), seen.addresses
    assert all(a[1:] in seen.ids for a in seen.addresses if a.startswith("#")), "a link leads nowhere"
    assert len(set(seen.ids)) == len(seen.ids), "two elements of one id"
    assert seen.count["svg"] >= 4, f"{seen.count.get('svg')} charts"
    assert seen.count["table"] >= 8, f"{seen.count.get('table')} tables"
    texts = {re.sub(r"\s", "", cell) for cell in seen.cells}
    figures = 0
    for form in merged["forms"].values():
        for value in form["totals"].values():
            if value is None:
                continue
            shown = f"{value:,}" if isinstance(value, int) else f"{value:.4f}".rstrip("0").rstrip(".")
            assert shown in texts, f"the total {value} ({shown}) is in no cell"
            figures += 1
        for unit in form["units"]:
            assert unit["unit"] in texts, unit["unit"]

    pdf = tmp / f"报告-{language}.pdf"
    browser(chromium, tmp / "profile", f"--print-to-pdf={pdf}", "--no-pdf-header-footer", page.as_uri())
    pages = subprocess.run(["pdfinfo", "-f", "1", "-l", "99", str(pdf)], capture_output=True, text=True, check=True).stdout
    sizes = re.findall(r"Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)", pages)
    assert len(sizes) >= 8, f"{len(sizes)} printed pages"
    for width, height in sizes:
        small, large = sorted((float(width), float(height)))
        assert abs(small - 595) < 2 and abs(large - 842) < 2, f"{width} x {height} is no A4"
    words = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "沁阳市总工会" in words
    return seen.count["svg"], seen.count["table"], figures, len(sizes)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    options.add_argument("--keep", help="a folder for the page, the PDF and a picture")
    given = options.parse_args()
    tool = os.path.abspath(given.tool)
    with tempfile.TemporaryDirectory() as folder:
        tmp = Path(folder)
        results = {language: look(tool, given.chromium, tmp, language) for language in ("zh", "en")}
        if given.keep:
            Path(given.keep).mkdir(parents=True, exist_ok=True)
            browser(given.chromium, tmp / "profile", f"--screenshot={tmp / 'report.png'}", "--window-size=1100,1500",
                    (tmp / "报告-zh.html").as_uri())
            for file in tmp.glob("*.*"):
                if file.is_file():
                    shutil.copy(file, given.keep)
    charts, tables, figures, pages = results["zh"]
    print(f"report page: {charts} charts, {tables} tables, {figures} totals equal to the JSON's, {pages} printed A4 pages, "
          "nothing on the console (zh and en)")


if __name__ == "__main__":
    try:
        main()
    except AssertionError as error:
        sys.exit(f"report.py: {error}")
