#!/usr/bin/env python3
"""The HTTP interface held against its description, Documentation/openapi.yaml, by schemathesis: whatever is sent, the server never fails of its own.

    .ci/page_api.py --tool .build/release/huizong [--examples 12]
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from page_server import Server

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--tool", required=True)
    options.add_argument("--examples", default="12")
    options = options.parse_args()
    tool = os.path.abspath(options.tool)
    place = pathlib.Path(tempfile.mkdtemp(prefix="huizong-api-"))
    folder = place / "活动"
    subprocess.run([tool, "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
    shutil.copytree(ROOT / "Examples" / "收件", folder / "收件", dirs_exist_ok=True)
    server = Server(tool, folder, "--portal")
    try:
        # All but what ends the server, what never ends, what starts LibreOffice each time, and what starts other servers.
        done = subprocess.run(
            [pathlib.Path(sys.executable).parent / "schemathesis", "run", ROOT / "Documentation" / "openapi.yaml",
             "--url", server.base + "/api/v1", "-H", "Authorization: Bearer " + server.token,
             "--checks", "not_a_server_error", "--exclude-path", "/stop", "--exclude-path", "/events", "--exclude-path", "/report.pdf",
             "--exclude-path", "/folders",
             "--phases", "examples,coverage,fuzzing", "-n", options.examples, "--seed", "15"],
            cwd=place, capture_output=True, text=True)
    finally:
        code = server.end()
    print(done.stdout[-1500:] if done.returncode else re.search(r"\d+ generated, \d+ passed", done.stdout)[0])
    shutil.rmtree(place)
    if done.returncode or code:
        sys.exit(done.stderr or "the interface fails")


main()
