#!/usr/bin/env python3
"""A mailbox as an office has it: forms attached in the way of each mailer, names in every encoding, messages within messages,
winmail.dat, tables pasted into the text. Every form must be found, with its unit and the day on which its mail was received.

  mail.py --tool .build/release/huizong [--mutations 300] [--seed 1] [--keep DIR]

The messages are made by Python's `email` and by hand (`.ci/mailers.py`), and read three times: each in a file of its own, all in one
.mbox, and packed in a zip archive. Then copies of them are damaged, and `check` must give each a state and a reason.
"""
import argparse, collections, io, json, os, random, shutil, subprocess, sys, tempfile, time, zipfile
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import mailers
from mutations import flip, garble, shuffle, truncate, run as run_damaged

ROOT = Path(__file__).resolve().parent.parent


def check(tool, *arguments):
    done = subprocess.run([tool, "check", "--format", "json", "--as-of", "2024-12-31", *map(str, arguments)],
                          capture_output=True, timeout=300)
    if done.returncode not in (0, 1):
        sys.exit(f"exit code {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-500:]}")
    return json.loads(done.stdout)


def faults(report, letters, prefix=""):
    """What is wrong with a report, letter by letter. A letter's forms are known by a figure that no other form has."""
    found = collections.defaultdict(list)
    received = {file["file"]: file.get("received") for file in report["files"]}
    # Nobody is told to mend what was replaced.
    replaced = {file["file"] for file in report["files"] if file["state"] == "superseded"}
    for submission in report["submissions"]:
        found[submission["values"].get(mailers.MARK)].append(submission)
    for file in report["files"]:
        for finding in [f for f in report["findings"] if f.get("file") == file["file"]]:
            if finding["severity"] == "error" and finding["rule"] not in ("D02",):
                if not any(letter.expects_finding(finding) for letter in letters):
                    yield f"{file['file']}: {finding['rule']} {finding['message']}"
    for letter in letters:
        for words in letter.findings:
            if not any(words in finding["message"] for finding in report["findings"] if finding["rule"] == "F01"):
                yield f"{letter.name}: does not tell of {words}"
        for form in letter.forms:
            there = found.pop(form.mark, [])
            if len(there) != 1:
                yield f"{letter.name}: {len(there)} forms with {form.mark}"
                continue
            submission = there[0]
            if submission["unit"] != form.unit:
                yield f"{letter.name}: {submission['unit']} for {form.unit} ({submission['file']})"
            if received[submission["file"]] != letter.received:
                yield f"{letter.name}: received on {received[submission['file']]}, not {letter.received}"
            rules = {finding["rule"] for finding in submission["findings"]}
            if "D07" in rules or ("H01" in rules) == form.has_unit and submission["file"] not in replaced:
                yield f"{letter.name}: {sorted(rules)}"
            if form.shown and not submission["file"].endswith("!/" + form.shown):
                yield f"{letter.name}: shown as {submission['file']}"
    for mark, submissions in found.items():
        yield f"a form that nobody sent: {[s['file'] for s in submissions]} {mark}"


def mutated(data, rng):
    """A message with bytes changed, lines lost, doubled and moved, or its structure twisted."""
    kind = rng.randrange(8)
    if kind == 0:
        return flip(data, rng)
    if kind == 1:
        return truncate(data, rng)
    if kind == 2:
        return garble(data, rng)
    if kind == 3:
        return shuffle(data, rng)
    lines = data.split(b"\n")
    place = rng.randrange(min(len(lines), rng.choice([10, 40, 4000])))
    if kind == 4:
        del lines[place:place + rng.choice([1, 1, 3, 30])]
    elif kind == 5:
        lines[place:place] = [lines[place]] * rng.choice([1, 2, 3000])
    elif kind == 6:
        lines.insert(place, rng.choice([
            b"Content-Type: multipart/mixed; boundary=\"\"", b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64",
            b"Subject: =?gb18030?B?", b"Subject: =?x?q?" + b"=" * 5000, b"Content-Disposition: attachment; filename*0*=''%; filename*99999999999999999999=x",
            b"Content-Disposition: attachment; filename=\"\\", b"Date: 99999999999999999999 Nov 99999999999999999999 99:99:99 +99999999999999",
            b"From ", b"", b"--", b"\x00" * 100, b"Content-Type: " + b"multipart/mixed;" * 3000, b" " * 70000, b"=" * 3000]))
    else:
        a, b = sorted(rng.randrange(len(lines)) for _ in range(2))
        lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def damage(tool, letters, count, seed, folder):
    """Checks damaged copies a hundred at a time. Gives what went wrong."""
    rng = random.Random(seed)
    for start in range(0, count, 100):
        inbox = folder / f"damaged-{start}"
        inbox.mkdir()
        names = []
        for number in range(start, min(start + 100, count)):
            letter = rng.choice(letters)
            data = letter.data
            for _ in range(rng.choice([1, 1, 2, 5])):
                data = mutated(data, rng)
            if rng.random() < 0.2:
                data = b"From x Wed Nov 20 16:00:00 2024\n" + data + b"\n\nFrom y Wed Nov 20 16:00:00 2024\n" + mutated(letter.data, rng)
            path = inbox / f"{number:05d}{os.path.splitext(letter.name)[1]}"
            path.write_bytes(data)
            names.append(str(path))
        problem, _ = run_damaged(tool, str(inbox), names)
        if problem:
            yield f"{inbox}: {problem}"
        else:
            shutil.rmtree(inbox)


def large(tool, letters, folder, megabytes):
    """A mailbox larger than any file may be is read message by message: all forms are found, in little memory."""
    path = folder / "多年.mbox"
    filling = b"".join(b"%076d\n" % n for n in range(13_000))
    with open(path, "wb") as file:
        for n in range(megabytes):
            file.write(b"From a@example.com Wed Nov 20 16:00:00 2024\nFrom: a@example.com\nSubject: photo %d\n\n" % n + filling + b"\n")
        for letter in letters:
            file.write(b"From a@example.com Wed Nov 20 16:00:00 2024\n" + letter.data + b"\n\n")
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen([tool, "check", "--format", "json", "--as-of", "2024-12-31", str(path)], stdout=output)
        _, status, usage = os.wait4(child.pid, 0)
        output.seek(0)
        report = json.loads(output.read())
    peak = usage.ru_maxrss / 1024
    if peak > 400:
        yield f"a mailbox of {megabytes} MB took {peak:.0f} MB of memory"
    yield from faults(report, letters)
    print(f"a mailbox of {megabytes} MB: {usage.ru_utime + usage.ru_stime:.1f} s, {peak:.0f} MB of memory")
    path.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--mutations", type=int, default=300)
    parser.add_argument("--megabytes", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    options = parser.parse_args()
    tool = os.path.abspath(options.tool)
    folder = Path(options.keep or tempfile.mkdtemp(prefix="mail"))
    folder.mkdir(parents=True, exist_ok=True)
    letters = mailers.letters()
    problems = []

    inbox = folder / "收件"
    inbox.mkdir(exist_ok=True)
    for letter in letters:
        (inbox / letter.name).write_bytes(letter.data)
    problems += [f"apart: {fault}" for fault in faults(check(tool, inbox), letters)]

    plain = [letter for letter in letters if letter.is_mime]
    box = folder / "收件箱.mbox"
    box.write_bytes(b"".join(b"From - Wed Nov 20 16:00:00 2024\r\n" + letter.data.rstrip() + b"\r\n\r\n" for letter in plain))
    problems += [f"mbox: {fault}" for fault in faults(check(tool, box), plain)]

    packed = folder / "邮件.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for letter in letters:
            archive.writestr(letter.name, letter.data)
    problems += [f"zip: {fault}" for fault in faults(check(tool, packed), letters)]

    problems += large(tool, plain, folder, options.megabytes)
    problems += damage(tool, letters, options.mutations, options.seed, folder)
    for problem in problems:
        print(problem)
    forms = sum(len(letter.forms) for letter in letters)
    print(f"{len(letters)} messages of {len(set(l.mailer for l in letters))} kinds with {forms} forms, read three times; "
          f"{options.mutations} damaged; {len(problems)} faults")
    if not options.keep and not problems:
        shutil.rmtree(folder)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
