#!/usr/bin/env python3
"""The page's figures are the command line's: every case's files are laid into one working folder after the other, the page of one
server is asked for its JSON and the command line for the same, and both must be the same bytes, for more than one day. A decision
made at the page and one written into a list give the same workbook.

    .ci/page_json.py --tool .build/release/huizong [--cases DIR…] [--only TEXT]

Without `--cases`, those of ../shared where it is there, and our own examples.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

from page_server import Server, check, failures

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def cases(folders):
    """Folders of what units sent in, with the campaign and the day of their case.json, where they have one."""
    yield "examples", ROOT / "Examples" / "收件", None, "2024-12-01"
    for folder in folders:
        for file in sorted([*folder.rglob("case.json"), *folder.rglob("expected.json")]):
            told = json.loads(file.read_text(encoding="utf-8"))
            inbox = file.parent / "inbox"
            if not inbox.is_dir():
                continue
            campaign = told.get("campaign")
            if campaign:
                path = (file.parent / campaign).resolve()
                campaign = str(path) if path.exists() else campaign
            yield f"{file.parent.parent.name}/{file.parent.name}", inbox, campaign, told["asOf"]


def line(tool, folder, campaign, day, command, *options):
    """What the command line prints, in the folder."""
    made = subprocess.run(
        [tool, command, "收件", "--as-of", day, "--format", "json", *(["--campaign", campaign] if campaign else []), *options], cwd=folder,
        capture_output=True)
    return made.returncode, made.stdout


def lay(folder, inbox):
    """The case's files in place of the last one's."""
    place = folder / "收件"
    for path in place.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(inbox, place, dirs_exist_ok=True, symlinks=True)
    # The server looks at the disk four times a second.
    time.sleep(0.3)


def hold(tool, campaign, list_of_cases):
    """All cases of one campaign, with one server."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="huizong-json-"))
    count = 0
    try:
        (folder / "收件").mkdir()
        if campaign and line(tool, folder, campaign, "2024-12-01", "check")[0] not in (0, 1):
            # A campaign that the command line refuses opens no page either.
            refused = subprocess.run([tool, "serve", folder, "--no-open", "--port", "0", "--campaign", campaign], capture_output=True)
            check(refused.returncode not in (0, 1), f"{campaign} is refused by the command line alone")
            return 0
        server = Server(tool, folder, *(["--campaign", campaign] if campaign else []))
        try:
            for name, inbox, _, day in list_of_cases:
                lay(folder, inbox)
                other = f"{int(day[:4])}-11-21"
                # The other day is judged anew from what was read for the first.
                for date, commands in [(day, ["check", "merge"]), (other, ["check"])]:
                    for command in commands:
                        output = ["-o", str(folder / "汇总.xlsx")] if command == "merge" else []
                        code, said = line(tool, folder, campaign, date, command, *output)
                        status, answer, _ = server.ask("GET", f"/api/v1/{command}?as-of={date}", timeout=300)
                        if code not in (0, 1):
                            check(status in (422, 500), f"{name}: {command} ends with {code}, the page answers {status}")
                            continue
                        check(status == 200, f"{name}: {command} answers {status}: {answer[:200]!r}")
                        check(answer == said, f"{name} {command} {date}: the page says something else")
                        count += 1
            check(server.process.poll() is None, "the server is still there")
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
    return count


def previous(tool):
    """With last year's workbook: the page says what `check`, `status` and `merge --previous` say."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="huizong-previous-"))
    day = "2024-12-01"
    try:
        shutil.copytree(ROOT / "Examples" / "收件", folder / "收件")
        subprocess.run([tool, "merge", "收件", "--as-of", day, "-o", "去年.xlsx"], cwd=folder, capture_output=True)
        # This year a unit has not reported, and another one's people are a hundred times as many.
        (folder / "收件" / "附件2-温县.xlsx").unlink()
        book = folder / "收件" / "附件2-沁阳市.xlsx"
        changed = subprocess.run([tool, "edit", str(book), "Sheet!D6=93600", "-o", str(book)], capture_output=True)
        check(changed.returncode == 0, f"edit: {changed.stderr.decode()}")
        last = str(folder / "去年.xlsx")
        server = Server(tool, folder, "--previous", last)
        rules = set()
        try:
            for command in ["check", "status", "merge"]:
                output = ["-o", str(folder / "汇总.xlsx")] if command == "merge" else []
                code, said = line(tool, folder, None, day, command, "--previous", last, *output)
                _, without = line(tool, folder, None, day, command, *output)
                status, answer, _ = server.ask("GET", f"/api/v1/{command}?as-of={day}")
                check(code in (0, 1) and status == 200, f"{command} --previous: {code}, {status}")
                check(answer == said, f"{command} --previous: the page says something else")
                check(said != without, f"{command} --previous says what it says without")
                rules |= set(re.findall(r'"rule": ?"(Y\d+)"', said.decode()))
        finally:
            server.stop()
        check(rules, "a figure is told from last year's")
    finally:
        shutil.rmtree(folder)


def decisions(tool):
    """A decision by page and by list: the same bytes."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="huizong-decide-"))
    day = "2024-12-01"
    try:
        shutil.copytree(ROOT / "Examples" / "收件", folder / "收件")
        server = Server(tool, folder)
        made = 0
        try:
            report = json.loads(server.ask("GET", f"/api/v1/check?as-of={day}")[1])
            for submission in report["submissions"]:
                for finding in submission["findings"]:
                    if finding["severity"] != "error" or not finding.get("candidates") or not finding.get("cell"):
                        continue
                    field = finding["candidates"][0].get("field")
                    value = submission["values"].get(field) if isinstance(submission.get("values"), dict) else None
                    body = {
                        "file": submission["file"], "sheet": finding.get("sheet") or submission["sheet"], "cell": finding["cell"],
                        "field": field, "old": "" if value is None else str(value), "new": str(finding["candidates"][0]["value"]),
                        "by": "李晓红", "reason": "电话核实"}
                    status, _, _ = server.ask("POST", f"/api/v1/corrections?as-of={day}", json.dumps(body).encode())
                    made += status == 201
            by_page = server.ask("GET", f"/api/v1/report.xlsx?as-of={day}")[1]
        finally:
            server.stop()
        output = folder / "list.xlsx"
        done = subprocess.run(
            [tool, "merge", "收件", "--as-of", day, "--corrections", "更正.xlsx", "-o", str(output)], cwd=folder, capture_output=True)
        check(done.returncode in (0, 1), done.stderr.decode())
        check(made > 0, "a correction could be made")
        check(output.read_bytes() == by_page, "page and list give the same workbook")
        return made
    finally:
        shutil.rmtree(folder)


def words(tool):
    """What is no figure, in a list of people: names, choices, days, ids and telephones, corrected at the page and in the list."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="huizong-words-"))
    day, place = "2025-10-10", ROOT / "Examples" / "劳模培训"
    try:
        shutil.copytree(place / "收件", folder / "收件")
        server = Server(tool, folder, "--campaign", str(place))
        wanted = [
            ("临江区总工会学员名册.xlsx", "F8", "省劳模", 201), ("临江区总工会学员名册.xlsx", "B12", "周海燕", 201),
            ("临江区总工会学员名册.xlsx", "G9", "5月13日", 201), ("临江区总工会学员名册.xlsx", "M9", "13900004252", 201),
            ("附件1-白水县.xlsx", "D10", "440300197001024523", 201), ("附件1-白水县.xlsx", "L7", "是", 201),
            ("附件1-白水县.xlsx", "D9", "440300197001024524", 422), ("附件1-白水县.xlsx", "F9", "劳动模凡", 422),
            ("附件1-白水县.xlsx", "G9", "2025年6月", 422)]
        made = 0
        try:
            report = json.loads(server.ask("GET", f"/api/v1/check?as-of={day}")[1])
            sheets = {submission["file"]: submission["sheet"] for submission in report["submissions"]}
            for name, cell, value, expected in wanted:
                file = "收件/" + name
                query = urllib.parse.urlencode({"file": file, "sheet": sheets[file], "cell": cell, "as-of": day})
                figures = json.loads(server.ask("GET", "/api/v1/cell?" + query)[1])["figures"]
                check(len(figures) == 1, f"{name} {cell}: {figures}")
                body = {**figures[0], "new": value, "by": "李晓红", "reason": "电话核实"}
                status, answer, _ = server.ask("POST", f"/api/v1/corrections?as-of={day}", json.dumps(body).encode())
                check(status == expected, f"{name} {cell} {value}: {status} {answer.decode()}")
                made += status == 201
            by_page = server.ask("GET", f"/api/v1/report.xlsx?as-of={day}")[1]
            log = server.ask("GET", "/api/v1/log")[1].decode()
            check("440300197001024523" not in log and "4403**********4523" in log, "who somebody is stays out of the log")
            check("省级劳动模范" in log and "周海燕" in log, "the log says what was corrected")
        finally:
            server.stop()
        output = folder / "list.xlsx"
        done = subprocess.run(
            [tool, "merge", "收件", "--campaign", str(place), "--as-of", day, "--corrections", "更正.xlsx", "-o", str(output), "--format", "json"],
            cwd=folder, capture_output=True)
        check(done.returncode in (0, 1), done.stderr.decode())
        said = json.loads(done.stdout)["corrections"]
        check([entry["state"] for entry in said] == ["applied"] * made, f"what the page wrote counts: {said}")
        check(output.read_bytes() == by_page, "page and list give the same workbook, words too")
        return made
    finally:
        shutil.rmtree(folder)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--tool", required=True)
    options.add_argument("--cases", nargs="*", type=pathlib.Path)
    options.add_argument("--only", default="")
    options = options.parse_args()
    tool = os.path.abspath(options.tool)
    folders = options.cases
    if folders is None:
        folders = [folder for folder in [SHARED / "fixtures", SHARED / "faults" / "cases", SHARED / "anyform"] if folder.is_dir()]
    started = time.monotonic()
    campaigns = {}
    for case in cases(folders):
        if options.only in case[0]:
            campaigns.setdefault((case[2], sum(map(len, campaigns.values())) % 2), []).append(case)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(lambda item: hold(tool, item[0][0], item[1]), campaigns.items()))
    previous(tool)
    made = decisions(tool) + words(tool)
    if failures:
        sys.exit(f"{len(failures)} failures")
    print(f"{sum(map(len, campaigns.values()))} cases, {sum(counts)} answers equal to the command line's; {made} decisions by page and by list, "
          f"the same workbook; {time.monotonic() - started:.0f} s")


main()
