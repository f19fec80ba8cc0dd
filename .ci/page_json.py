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
    made = decisions(tool)
    if failures:
        sys.exit(f"{len(failures)} failures")
    print(f"{sum(map(len, campaigns.values()))} cases, {sum(counts)} answers equal to the command line's; {made} decisions by page and by list, "
          f"the same workbook; {time.monotonic() - started:.0f} s")


main()
