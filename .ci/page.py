#!/usr/bin/env python3
"""The page, driven in a browser: every room in both languages and both widths, and a clerk's hour from an empty folder to the
downloaded workbook, its clicks counted and its figures held against the command line's.

    .ci/page.py --tool .build/release/huizong [--pictures DIR]
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from page_server import Server, check, failures

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOMS = ["", "inbox", "sheet", "returns", "merge", "blanks", "campaign", "log", "folders", "learn"]
WIDTHS = [(1366, 768), (390, 844)]
DAY = "2024-12-01"
MOST_CLICKS = 40


def watch(page, base):
    """Whatever a browser complains about, and whatever leaves the machine."""
    # What is refused with a reason is no fault; chromium notes it all the same.
    page.on("console", lambda message: message.type == "error" and "status of 422" not in message.text and check(False, "console: " + message.text))
    page.on("pageerror", lambda error: check(False, f"script: {error}"))
    page.on("request", lambda request: check(
        request.url.startswith((base, "data:", "blob:")), "a request leaves the machine: " + request.url))


def rooms(browser, server, pictures, scheme):
    for language in ["zh", "en"]:
        for width, height in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            watch(page, server.base)
            page.goto(server.address + "&lang=" + language)
            for room in ROOMS:
                page.goto(f"{server.base}/{room}?as-of={DAY}")
                page.wait_for_load_state("load")
                name = f"{room or 'overview'} {language} {width} {scheme}"
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                check(wide <= 0, f"{name}: {wide} pixels wider than the window")
                if language == "en":
                    said = page.evaluate("document.querySelector('.rail').innerText + document.querySelector('h1').innerText")
                    check(not re.search(r"[总收审退汇空活日]", said.split("附件")[0]) or room in ("sheet", "campaign"), f"{name}: Chinese in English: {said!r}")
                found = Axe().run(page).response["violations"]
                for violation in found:
                    if violation["impact"] in ("serious", "critical"):
                        nodes = [node["html"][:160] for node in violation["nodes"][:3]]
                        check(False, f"{name}: axe {violation['id']}: {nodes}")
                if pictures and language == "zh" and scheme == "light":
                    page.screenshot(path=f"{pictures}/{room or 'overview'}-{width}.png")
            context.close()


class Clicks:
    """A clerk's hand: every click and every key is counted; typing a text counts as one."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, selector):
        self.page.locator(selector).first.click()
        self.count += 1

    def type(self, selector, text):
        self.page.locator(selector).first.fill(text)
        self.count += 1

    def key(self, key):
        self.page.keyboard.press(key)
        self.count += 1


def turned(page, hand, key):
    """Turns to the next or the last form, and waits until it is there."""
    before = page.url
    hand.key(key)
    page.wait_for_url(lambda url: url != before, timeout=10000)
    page.wait_for_load_state("load")


def hour(browser, tool, samples):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="huizong-page-"))
    work = folder / "2024年统计"
    server = Server(tool, str(work))
    try:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
        page = context.new_page()
        watch(page, server.base)
        page.goto(server.address)
        page.goto(f"{server.base}/?as-of={DAY}")
        check(page.locator(".steps").count() == 1, "an empty folder shows how to begin")
        hand = Clicks(page)
        # Files: one click, and the dialog's own.
        files = sorted(str(path) for path in samples.rglob("*") if path.is_file())
        page.set_input_files("#files", files)
        hand.count += 2
        page.locator(".state-reported").nth(12).wait_for(timeout=30000)
        # Through what is wrong: take the first proposal of each error, by key; leave the rest to the units.
        hand.click(".rail a[href^='/sheet']")
        decided = 0
        for _ in range(6):
            page.wait_for_load_state("load")
            if page.locator(".finding-error .take").count() and decided < 3:
                errors = page.locator(".finding-error .take").count()
                hand.key("Enter")
                page.wait_for_selector("#decide[open]")
                if not page.input_value("#decide-by"):
                    hand.type("#decide-by", "李晓红")
                hand.click("[data-reason='电话核实']")
                hand.click("#decide-ok")
                page.wait_for_selector("#decide:not([open])", state="attached")
                page.wait_for_selector(".decided li", timeout=10000)
                check(page.locator(".finding-error .take").count() < errors, "a correction settles its error")
                decided += 1
            if not page.locator("#next-form").count():
                break
            turned(page, hand, "n")
        check(decided >= 2, f"{decided} corrections could be made")
        # One is taken back.
        turned(page, hand, "p")
        # Returns and letters.
        hand.click(".rail a[href^='/returns']")
        with page.expect_download() as download:
            hand.click("a[href^='/api/v1/returns.zip']")
        check(download.value.suggested_filename.endswith(".zip"), "the returned copies come as a zip")
        # The table to stamp.
        hand.click(".rail a[href^='/merge']")
        with page.expect_download() as download:
            hand.click("a[href^='/api/v1/report.xlsx']")
        workbook = folder / "page.xlsx"
        download.value.save_as(workbook)
        print(f"a clerk's hour: {hand.count} clicks and keys, {decided} corrections, {len(files)} files")
        check(hand.count < MOST_CLICKS, f"{hand.count} clicks, {MOST_CLICKS} at most")
        # The same by the command line, from the same folder with its lists.
        other = folder / "line.xlsx"
        done = subprocess.run(
            [tool, "merge", "--as-of", DAY, "--corrections", "更正.xlsx", "-o", str(other), "--format", "json"],
            cwd=work, capture_output=True)
        check(done.returncode in (0, 1), done.stderr.decode())
        check(workbook.read_bytes() == other.read_bytes(), "page and command line write the same workbook")
        check(server.ask("GET", f"/api/v1/merge?as-of={DAY}")[1] == done.stdout, "page and command line give the same figures")
        applied = [entry["state"] for entry in json.loads(done.stdout)["corrections"]]
        check(applied == ["applied"] * decided, f"the corrections are applied: {applied}")
        log = subprocess.run([tool, "log", "--format", "json", "--verify"], cwd=work, capture_output=True, text=True)
        entries = json.loads(log.stdout)["entries"]
        kinds = {entry["action"] for entry in entries}
        check({"file-received", "correction", "returned", "merged"} <= kinds, f"the ledger tells it: {kinds}")
        check(log.returncode == 0, "the ledger is intact")
        context.close()
    finally:
        server.stop()
        shutil.rmtree(folder)


def campaign(browser, tool):
    """A unit, a target and a deadline are changed in the tables, refused, taken back and saved; a campaign is made of blank forms."""
    place = pathlib.Path(tempfile.mkdtemp(prefix="huizong-page-"))
    work = place / "2024年统计"
    server = Server(tool, str(work))
    try:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        # The new folder has a page of its own.
        watch(page, "http://127.0.0.1:")
        page.goto(server.address)
        page.goto(server.base + "/campaign")
        before = (work / "活动.yaml").read_text(encoding="utf-8")

        def change(selector, value):
            with page.expect_response(lambda answer: answer.url.endswith("/api/v1/campaign")):
                page.fill(selector, value)
                page.keyboard.press("Tab")

        change("#c-n-JZ16", "财贸金融工会")
        page.wait_for_selector("#c-n-JZ16 + small")
        change("[id='c-t-附件1-JZ12']", "35")
        # What is typed while an answer is on its way gets into the text once the field is left.
        page.fill("[id='c-t-附件1-JZ12']", "36")
        page.focus("[id='c-t-附件1-JZ13']")
        page.keyboard.press("Control+A")
        page.keyboard.type("77")
        page.wait_for_timeout(500)
        with page.expect_response(lambda answer: answer.url.endswith("/api/v1/campaign")):
            page.keyboard.press("Tab")
        change("[id='c-t-附件1-JZ14']", "")
        page.wait_for_selector("[id='c-t-附件1-JZ14'][aria-invalid]")
        change("#c-d-culture-outreach", "2031-11-20")
        page.wait_for_selector("#c-d-culture-outreach[aria-invalid]")
        check("2031" not in page.input_value("#yaml"), "what the loader refuses is not written")
        page.click("#c-letters summary")
        change("#c-w-letterClosing", "请于{due}前报送。")
        change("#c-w-late", "{nothing}")
        page.wait_for_selector("#c-w-late[aria-invalid]")
        check("{nothing}" not in page.input_value("#yaml"), "a blank that nothing fills in is not written")
        check(page.locator("#c-letters[open]").count() == 1, "the wording stays in sight")
        page.click("[data-change=drop][data-unit=建设工会]")
        page.wait_for_selector(".dropped")
        page.click("#yaml-undo")
        page.wait_for_selector(".dropped", state="detached")
        page.click("#yaml-save")
        page.wait_for_selector("#yaml-back:not([hidden])")
        after = (work / "活动.yaml").read_text(encoding="utf-8")
        check([line for line in before.split("\n") if line not in after.split("\n")] == [], "nothing of the file is lost")
        check("letterClosing:" in after, "the wording is saved")
        check("财贸工会: 财贸金融工会" in after and "焦煤工会: 36" in after and ": 77" in after and "drop: [" not in after.replace("# drop", ""), after)
        shown = subprocess.run([tool, "check", "收件", "--format", "json"], cwd=work, capture_output=True, text=True)
        check("财贸金融工会" in shown.stdout, "the command line knows the new name")
        page.click("#yaml-back")
        page.wait_for_timeout(1500)
        check((work / "活动.yaml").read_text(encoding="utf-8") == before, "the last save is taken back")

        page.goto(server.base + "/learn")
        page.set_input_files("#learn-files", [str(ROOT / "Templates/jiaozuo-2024/空白表" / name) for name in ["附件2.xlsx", "附件4.xlsx"]])
        page.wait_for_selector("#learned:not([hidden])", timeout=30000)
        for name, value in [("title", "文化活动统计"), ("office", "某市总工会"), ("units", "甲县总工会\n乙县总工会")]:
            with page.expect_response(lambda answer: answer.url.endswith("/api/v1/learn")):
                page.fill(f"#learn-facts [name={name}]", value)
                page.keyboard.press("Tab")
        page.fill("#learn-save [name=folder]", "学来的")
        # What does not count is told, and no folder is made without it.
        page.fill("#learn-facts [name=year]", "12")
        page.click("#learn-save button")
        page.wait_for_selector("#learn-problem:not(:empty)")
        page.wait_for_selector("#learn-save button:not([disabled])")
        check(page.input_value("#learn-facts [name=year]") == "2024", "a year that cannot be is put back")
        check(not (place / "学来的").exists(), "no folder is made without what was said last")
        page.click("#learn-save button")
        page.wait_for_url(lambda url: not url.startswith(server.base), timeout=30000)
        page.wait_for_selector("#board tbody tr:nth-child(2)")
        check(page.locator("#board tbody tr").count() == 2, "the new folder is open, with its two units")
        # The program behind it ends when it is told to; the page that listened to it is gone by then.
        page.evaluate("fetch('/api/v1/stop', { method: 'POST', body: '{}' })")
        page.goto("about:blank")
        made = subprocess.run([tool, "check", "收件", "--format", "json"], cwd=place / "学来的", capture_output=True)
        check(made.returncode in (0, 1), f"the command line takes the new folder: {made.stderr.decode()}")
        context.close()
    finally:
        server.stop()
        shutil.rmtree(place)


def people(browser, tool):
    """A list of people: a choice, a name and a day are corrected at the sheet, one is taken back; what is typed outlives a refresh."""
    place = pathlib.Path(tempfile.mkdtemp(prefix="huizong-page-"))
    work = place / "培训"
    example = ROOT / "Examples" / "劳模培训"
    shutil.copytree(example / "收件", work / "收件")
    (work / "活动.yaml").write_text(f"extends: {example}\n", encoding="utf-8")
    server = Server(tool, str(work))
    try:
        for width, height in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": height})
            page = context.new_page()
            watch(page, server.base)
            page.goto(server.address)
            file = urllib.parse.quote("收件/临江区总工会学员名册.xlsx")
            page.goto(f"{server.base}/sheet?file={file}&as-of=2025-10-10")

            def decided(act):
                before = page.locator(".decided li").count()
                act()
                page.wait_for_selector("#decide[open]")
                page.fill("#decide-by", "李晓红")
                page.fill("#decide-reason", "电话核实")
                page.click("#decide-ok")
                wait_for(lambda: page.locator(".decided li").count() == before + 1, f"{width}: decision {before + 1} is shown")

            def typed(cell, value):
                page.click(f"#paper td[data-cell={cell}]")
                page.wait_for_selector("#cell-form:not([hidden])")
                check(page.locator("#cell-form").bounding_box()["y"] < height - 60, f"{width}: the field of a cell is seen")
                page.fill("#cell-form input", value)
                page.keyboard.press("Enter")

            page.click(".finding[data-cell=F8] .finding-line") if page.locator(".finding[data-cell=F8] .detail[hidden]").count() else None
            decided(lambda: page.click(".finding[data-cell=F8] .choices button:has-text('工匠')"))
            check(page.locator(".finding[data-cell=F8]").count() == 0, "a choice settles its finding")
            page.click(".finding[data-cell=B12] .finding-line") if page.locator(".finding[data-cell=B12] .detail[hidden]").count() else None
            page.fill(".finding[data-cell=B12] input", "周海燕")
            # What somebody has begun to type outlives what others put into the folder.
            (server.inbox / f"别的{width}.txt").write_text("活动总结", encoding="utf-8")
            page.focus("#paper")
            page.wait_for_timeout(1500)
            check(page.input_value(".finding[data-cell=B12] input") == "周海燕", "what was typed is still there")
            decided(lambda: page.click(".finding[data-cell=B12] .own button"))
            decided(lambda: typed("G9", "5月13日"))
            check("2025-05-13" in page.inner_text(".decided"), "a day is read as people write it")
            page.click("#paper td[data-cell=G9]") if width > 720 else None
            page.keyboard.press("Escape")
            page.click("#paper td[data-cell=L9]")
            page.wait_for_selector("#cell-choices button:has-text('否')")
            page.click("#cell-close")
            # Refused with the reason; what was typed stays.
            typed("D9", "440300197001024524")
            page.wait_for_selector("#decide[open]")
            page.fill("#decide-by", "李晓红")
            page.fill("#decide-reason", "电话核实")
            page.click("#decide-ok")
            page.wait_for_selector("#decide-error:not(:empty)")
            check("校验位" in page.inner_text("#decide-error"), page.inner_text("#decide-error"))
            page.click("#decide [data-close]")
            check(page.input_value("#cell-form input") == "440300197001024524", "what was refused can be mended")
            page.click("#cell-close")
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("z")
            wait_for(lambda: page.locator(".decided li").count() == 2, f"{width}: Z takes the last decision back")
            for _ in range(2):
                before = page.locator(".decided li").count()
                page.click(".decided li:first-child button")
                wait_for(lambda: page.locator(".decided li").count() == before - 1, f"{width}: a decision is taken back")
            context.close()
    finally:
        server.stop()
        shutil.rmtree(place)


def wait_for(condition, words):
    """The page's policy lets no text be run as a script, so that its state is asked for from here."""
    until = time.monotonic() + 10
    while not condition():
        if time.monotonic() > until:
            return check(False, words)
        time.sleep(0.05)


def marks(browser, server):
    """A finding is left to its unit, and that is taken back: by key, on another form too, and by button. The log tells of it."""
    for language, words in [("zh", "待退回"), ("en", "To be returned")]:
        context = browser.new_context()
        page = context.new_page()
        watch(page, server.base)
        page.goto(server.address + "&lang=" + language)
        page.goto(f"{server.base}/sheet?as-of={DAY}")
        page.wait_for_selector(".finding.chosen .mark-return")
        page.keyboard.press("r")
        page.wait_for_selector(".finding-marked")
        marked = page.url
        page.keyboard.press("n")
        page.wait_for_url(lambda url: url != marked)
        page.goto(f"{server.base}/returns?as-of={DAY}")
        check(words in page.inner_text(".decided"), f"{language}: what is to be returned is listed: {page.inner_text('.decided')}")
        page.goto(marked)
        page.wait_for_selector(".finding-marked")
        page.keyboard.press("z")
        page.wait_for_selector(".finding-marked", state="detached")
        page.wait_for_selector(".finding.chosen .mark-return")
        page.keyboard.press("r")
        page.wait_for_selector(".finding-marked")
        page.goto(f"{server.base}/returns?as-of={DAY}")
        page.click(".decided button")
        page.wait_for_selector(".decided", state="detached")
        context.close()
    actions = [entry["action"] for entry in json.loads(server.ask("GET", "/api/v1/log")[1])["entries"]]
    check(actions[-4:] == ["marked-for-return", "mark-withdrawn"] * 2, f"the log tells of marks: {actions}")


def large_workbook(path, number):
    """A workbook of 200,000 figures, none like another's."""
    rows = "".join(f'<row r="{row}">' + f"<c><v>{row}</v></c>" * 10 + "</row>" for row in range(2, 20_002))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="数据" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1"><c><v>{number}</v></c></row>{rows}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, text in parts.items():
            file.writestr(name, text)


def long_look(browser, server):
    """A long look at what came in is stopped, shows no figure meanwhile, and goes on by one click."""
    context = browser.new_context()
    page = context.new_page()
    watch(page, server.base)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(server.address)
    before = len(json.loads(server.ask("GET", f"/api/v1/files?as-of={DAY}")[1])["files"])
    many = server.folder / "很多"
    # So much to read that stopping does not come too late, on a slow machine and on a fast one.
    for count in [600, 1800, 5400]:
        many.mkdir()
        for number in range(count):
            large_workbook(many / f"{number}.xlsx", number)
        # All of them come at once.
        many.rename(server.inbox / "很多")
        page.goto(f"{server.base}/merge?as-of={DAY}")
        progress = json.loads(server.ask("GET", "/api/v1/progress")[1])
        if (progress["done"] or 0) < (progress["total"] or 0) / 2 and page.locator("#check-stop").is_visible():
            break
        page.wait_for_selector(".rail", timeout=120000)
        (server.inbox / "很多").rename(many)
        shutil.rmtree(many)
    page.click("#check-stop")
    page.wait_for_selector("#check-go-on:not([hidden])")
    check(page.locator("table").count() == 0, "of a folder that was not read whole no figure is shown")
    status, body, _ = server.ask("GET", f"/api/v1/merge?as-of={DAY}")
    check(status == 409 and json.loads(body)["error"]["code"] == "stopped", f"nor given to a program: {status}")
    page.wait_for_timeout(1000)
    done = page.inner_text("#done")
    page.wait_for_timeout(1000)
    check(page.inner_text("#done") == done, "nothing more is read")
    page.click("#check-go-on")
    page.wait_for_selector(".rail", timeout=300000)
    after = len(json.loads(server.ask("GET", f"/api/v1/files?as-of={DAY}")[1])["files"])
    check(after == before + count, f"all files are there: {after}, not {before} and {count}")
    context.close()
    shutil.rmtree(server.inbox / "很多")


def sending(browser, server):
    """Many files on their way are stopped, and go on by one click: each is there once."""
    context = browser.new_context()
    page = context.new_page()
    watch(page, server.base)
    page.goto(server.address)
    before = sum(path.is_file() for path in server.inbox.rglob("*"))
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder) / f"来文{number}.txt" for number in range(400)]
        for file in files:
            file.write_text(f"活动总结 {file.name}", encoding="utf-8")
        page.set_input_files("#files", [str(file) for file in files])
        page.click("#uploads button")
        page.wait_for_timeout(1500)
        stopped = sum(path.is_file() for path in server.inbox.rglob("*")) - before
        check(0 < stopped < 400, f"sending was stopped in between: {stopped} of 400")
        page.wait_for_timeout(500)
        check(sum(path.is_file() for path in server.inbox.rglob("*")) - before == stopped, "nothing more is sent")
        page.click("#uploads button")
        page.wait_for_selector("#uploads button", state="detached", timeout=60000)
    check(sum(path.is_file() for path in server.inbox.rglob("*")) - before == 400, "all are there, each once")
    context.close()
    for file in server.inbox.glob("来文*.txt"):
        file.unlink()


def addresses(browser, server):
    """What is looked at has an address: a reload, and a link that is sent on, show the same."""
    context = browser.new_context()
    page = context.new_page()
    watch(page, server.base)
    page.goto(server.address)
    page.goto(f"{server.base}/?as-of={DAY}")
    page.click("[data-filter=errors]")
    shown = page.locator("#board tbody tr:visible").count()
    page.goto("about:blank")
    page.goto(f"{server.base}/?as-of={DAY}&show=errors")
    check(0 < page.locator("#board tbody tr:visible").count() == shown, "the same units are shown by the address")
    page.goto(f"{server.base}/sheet?as-of={DAY}")
    page.wait_for_selector(".finding.chosen")
    page.keyboard.press("j")
    chosen = page.get_attribute(".finding.chosen", "id")
    check(page.url.endswith("#" + chosen), f"the finding is in the address: {page.url}")
    address = page.url
    other = browser.new_context()
    page = other.new_page()
    page.goto(server.address)
    page.goto(address)
    page.wait_for_selector(f"#{chosen}.chosen")
    other.close()
    context.close()


def outside(browser, server):
    """Files that others put into the folder appear by themselves."""
    context = browser.new_context()
    page = context.new_page()
    watch(page, server.base)
    page.goto(server.address)
    page.goto(server.base + "/inbox")
    started = time.monotonic()
    name = "从外面放进来.txt"
    (server.inbox / name).write_text("活动总结", encoding="utf-8")
    page.wait_for_selector(f"text={name}", timeout=5000)
    print(f"a file from outside is seen after {time.monotonic() - started:.1f} s")
    context.close()


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--tool", required=True)
    options.add_argument("--pictures")
    options = options.parse_args()
    tool = os.path.abspath(options.tool)
    samples = ROOT / "Examples" / "收件"
    folder = pathlib.Path(tempfile.mkdtemp(prefix="huizong-page-"))
    work = folder / "活动"
    subprocess.run([tool, "init", str(work)], check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(samples, work / "收件", dirs_exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if options.pictures:
        os.makedirs(options.pictures, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        server = Server(tool, str(work))
        try:
            for scheme in ["light", "dark"]:
                rooms(browser, server, options.pictures, scheme)
            outside(browser, server)
            marks(browser, server)
            sending(browser, server)
            addresses(browser, server)
            long_look(browser, server)
        finally:
            server.stop()
        hour(browser, tool, samples)
        campaign(browser, tool)
        people(browser, tool)
        browser.close()
    shutil.rmtree(folder)
    if failures:
        sys.exit(f"{len(failures)} failures")
    print("every room in both languages, widths and lights; the clerk's hour; a campaign changed and one made")


main()
