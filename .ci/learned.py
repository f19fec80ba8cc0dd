#!/usr/bin/env python3
"""The campaign that `learn` makes of the notice itself does what the built-in one does: the shared cases pass with it.

learned.py --tool .build/release/huizong --shared ../shared [--jobs 2]

The notice is read as a Word file with `--from` the built-in campaign, whose aliases and rules it takes over; then every case of
the filled forms is run with `--campaign` the learned folder. That forms, targets and deadlines are equal, the cases of other
offices hold (`anyform/a-jiaozuo`).
"""
import argparse, os, shlex, subprocess, sys, tempfile
from pathlib import Path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", required=True)
    parser.add_argument("--shared", required=True, type=Path)
    parser.add_argument("--jobs", default="2")
    options = parser.parse_args()
    tool, shared = os.path.abspath(options.tool), options.shared.resolve()
    notice = shared / "anyform/a-jiaozuo/source/焦作市总工会通知.docx"
    with tempfile.TemporaryDirectory() as folder:
        campaign, wrapper = Path(folder, "learned"), Path(folder, "huizong-learned")
        learned = subprocess.run([tool, "learn", notice, "--from", "jiaozuo-2024", "-o", campaign], capture_output=True, text=True)
        if learned.returncode:
            sys.exit(f"learn ended with {learned.returncode}: {learned.stderr}")
        if "与上次相同" not in learned.stdout:
            sys.exit(f"the notice says the same as the built-in campaign, and learn sees changes:\n{learned.stdout}")
        wrapper.write_text(
            f'#!/bin/sh\ncommand="$1"\nshift\nexec {shlex.quote(tool)} "$command" --campaign {shlex.quote(str(campaign))} "$@"\n')
        wrapper.chmod(0o755)
        sys.exit(subprocess.run([sys.executable, shared / "fixtures/verify.py", "--tool", str(wrapper), "--jobs", options.jobs]).returncode)


main()
