#!/usr/bin/env python3
"""Random filled forms: figures, findings and lines that were put in against what the program says.

generated.py --tool .build/release/huizong [--forms 600] [--seed 2024] [--office] [--keep DIR] [--verbose]

Inboxes of both forms from all units, in many layouts, spellings and formats, two thirds of them with errors planted. What
must be said is worked out from what was put in (.ci/generator/rules.py restates the rule catalogue), never from what the
program read. Exit status 1 if a figure is wrong without a finding, or the shares fall short of the thresholds below. --office adds .xls
and .ods, written by LibreOffice.
"""
import argparse
import collections
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from generator import assembly, rules, writers
from generator.notice import CAMPUS, OUTREACH, UNITS

# Percentages. The aim is 99.9, 99.5 and 0.3, which five seeds together reach; one table in a thousand that is not read costs a
# seed more than that. A figure wrong without a finding is never accepted.
FIGURES, FINDINGS, ALARMS, STATES = 99.7, 99.5, 0.3, 99.8


def squeeze(text, digits=False):
    text = unicodedata.normalize("NFKC", str(text if text is not None else ""))
    return "".join(c for c in text if (c.isdigit() if digits else not c.isspace()))


def under(field, want):
    return field is not None and (field == want or field.startswith(want + "/"))


def make_inbox(rng, as_of, office):
    """The files of one inbox."""
    sent = []
    formats = assembly.OFFICE_FORMATS if office else assembly.FORMATS
    for unit in UNITS:
        format = rng.choice(formats)
        if rng.random() < 0.25:
            forms = [assembly.make_form(id, unit, rng, as_of, format) for id in (OUTREACH, CAMPUS)]
            forms[1].cached = forms[0].cached
            if any(f.named is not True for f in forms):
                for f in forms:
                    sent.append(assembly.assemble([f], rng, format, len(sent) + 1))
            else:
                sent.append(assembly.assemble(forms, rng, format, len(sent) + 1))
        else:
            for id in (OUTREACH, CAMPUS):
                format = rng.choice(formats)
                sent.append(assembly.assemble([assembly.make_form(id, unit, rng, as_of, format)], rng, format, len(sent) + 1))
    taken = set()
    for n, file in enumerate(sent):
        if file.name in taken:
            stem, extension = file.name.rsplit(".", 1)
            file.name = f"{stem}第{n}份.{extension}"
        taken.add(file.name)
    return sent


class Score:
    def __init__(self):
        self.right, self.all = collections.Counter(), collections.Counter()
        self.misses = []

    def note(self, what, ok, text):
        self.all[what] += 1
        self.right[what] += bool(ok)
        if not ok:
            self.misses.append((what, text))

    def percent(self, what):
        return 100 * self.right[what] / self.all[what] if self.all[what] else 100.0


def judge_form(item, submission, where, as_of, score):
    form = item.form
    if submission is None:
        for f in form.values:
            score.note("figures", False, f"{where}: not read ({'; '.join(sorted(item.table.notes))})")
        return
    values = submission["values"]
    for f, want in form.values.items():
        if want == "?":
            continue
        got = values.get(f)
        if got is not None and (want is None or Decimal(got) != want):
            told = [t for t in submission["findings"] if t["severity"] != "info" and (t.get("field") is None and t["rule"][0] in "FD" or under(f, t.get("field") or "-")
                                                                                     or under(t.get("field"), f.rsplit("/", 1)[0]))]
            score.note("silent", bool(told), f"{where} {f}: {got}, expected {want}, and nothing is said")
        score.note("figures", (want is None and got is None) or (want is not None and got is not None and Decimal(got) == want), f"{where} {f}: {got}, expected {want}")
    for f, place in item.places.items():
        got = submission["cells"].get(f)
        if got is not None and item.check_cells and form.values[f] is not None:
            score.note("heads", got == assembly.address(place), f"{where} {f}: cell {got}, expected {assembly.address(place)}")
    day = form.filled_on.isoformat() if form.filled_on else None
    for key, want in (("unit", form.expected_unit), ("filledOn", day), ("filledBy", form.name), ("phone", form.phone)):
        got = submission.get(key)
        same = squeeze(got, key == "phone") == squeeze(want, key == "phone")
        score.note("heads", same, f"{where} {key}: {got!r}, expected {want!r} (head {item.head.style}, {item.head.place}; {sorted(item.table.notes)})")
    judge_findings(item, submission, where, as_of, score)


def judge_findings(item, submission, where, as_of, score):
    form = item.form
    verdict = rules.Verdict()
    rules.judge(form, as_of, verdict)
    must, may = form.must + verdict.must, form.may + verdict.may
    if item.spell.odd or item.table.order_odd:
        must = must + [{"rule": "F04", "severity": "warning", "field": None, "candidates": []}]
    elif item.table.order_odd is None:
        may = may + [("F04", None)]
    if item.format != "xlsx":
        may = may + [("F02", None), ("C02", None)]
        # 12 as text is 12 where everything is text.
        must = [m for m in must if m["rule"] != "C02" or item.format in ("xls", "ods") or not str(form.written.get(m["field"])).strip().isascii()
                or any(not (c.isdigit() or c in ". ") for c in str(form.written.get(m["field"])))]
    if any(m["rule"] == "D04" for m in must):
        must = [m for m in must if m["rule"][0] in "DHF"]
    told = submission["findings"]
    explained = set()
    for want in must:
        hits = [n for n, f in enumerate(told) if f["rule"] in want["rule"].split("|") and f["severity"] == want["severity"]
                and (want["field"] is None or under(f.get("field"), want["field"]))]
        explained.update(hits)
        ok, why = bool(hits), "not told"
        for field, value, reason in want["candidates"] if ok else []:
            offered = [c for n in hits for c in told[n].get("candidates") or [] if c["field"] == field and Decimal(c["value"]) == value]
            if not offered or (reason and reason not in [c["why"] for c in offered]):
                ok, why = False, f"candidate {field}={value} {reason or ''} not offered, but {[(c['field'], str(c['value']), c['why']) for n in hits for c in told[n].get('candidates') or []]}"
        score.note("findings", ok, f"{where} {want['rule']} {want['severity']} {want['field'] or ''}: {why} (planted {form.planted}; {sorted(item.table.notes)})")
    for n, f in enumerate(told):
        fine = n in explained or any(f["rule"] == r and (w is None or under(f.get("field"), w)) for r, w in may)
        score.note("alarms", fine, f"{where} {f['rule']} {f['severity']} {f.get('field') or ''} {f.get('cell') or ''}: {f['message']} (planted {form.planted}; {sorted(item.table.notes)})")


def run_inbox(tool, folder, sent, as_of, score, profile):
    inbox = folder / "收件"
    conversions = []
    for file in sent:
        path = inbox / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if file.format in ("xls", "ods"):
            path = path.with_suffix(".xlsx")
            conversions.append((path, file.format))
        file.writer(file.pages, path)
    if conversions:
        writers.through_libreoffice(conversions, profile)
    done = subprocess.run([tool, "check", "收件", "--as-of", as_of, "--format", "json"], cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"huizong check: exit {done.returncode}\n{done.stderr[-2000:]}")
    report = json.loads(done.stdout, parse_float=Decimal)
    states = {f["file"]: f["state"] for f in report["files"]}
    for file in sent:
        name = f"收件/{file.name}"
        wanted = ("adopted", "rejected") if any(i.form.may_be_rejected for i in file.filled) else ("adopted",)
        score.note("states", states.get(name) in wanted, f"{name}: {states.get(name)} ({[sorted(i.table.notes) for i in file.filled]})")
        for item in file.filled:
            item.format = file.format
            item.check_cells = file.format == "xlsx"
            found = [s for s in report["submissions"] if s["file"] == name and s["form"] == item.form.id]
            score.note("states", len(found) <= 1, f"{name}: {item.form.id} found {len(found)} times")
            judge_form(item, found[0] if found else None, f"{folder.name}/{name}", as_of, score)
    return report


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--forms", type=int, default=600)
    options.add_argument("--seed", type=int, default=2024)
    options.add_argument("--office", action="store_true", help="with .xls and .ods, which LibreOffice writes")
    options.add_argument("--keep", help="keep the inboxes in this folder")
    options.add_argument("--verbose", action="store_true", help="every miss, not only the first of each kind")
    given = options.parse_args()
    tool, rng, score = os.path.abspath(given.tool), random.Random(given.seed), Score()
    forms, kinds = 0, set()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(given.keep or scratch)
        number = 0
        while forms < given.forms:
            number += 1
            as_of = rng.choice(["2024-11-15", "2024-11-25", "2024-12-05"])
            sent = make_inbox(rng, as_of, given.office)
            folder = root / f"{given.seed}-{number:02}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
            run_inbox(tool, folder, sent, as_of, score, Path(scratch) / "office")
            forms += sum(len(s.filled) for s in sent)
            kinds |= {note for s in sent for i in s.filled for note in i.table.notes}
    limit = {}
    for what, text in score.misses:
        limit[what] = limit.get(what, 0) + 1
        if given.verbose or limit[what] <= 12:
            print(f"{what}: {text}")
    shares = {w: score.percent(w) for w in ("figures", "findings", "heads", "states", "alarms")}
    print(f"{forms} forms in {len(kinds)} layouts, seed {given.seed}: figures right {shares['figures']:.2f}% of {score.all['figures']}, "
          f"findings recalled {shares['findings']:.2f}% of {score.all['findings']}, false alarms {100 - shares['alarms']:.2f}% of {score.all['alarms']}, "
          f"units, dates, names and cells right {shares['heads']:.2f}%, figures wrong without a finding {score.all['silent'] - score.right['silent']}, files without a state {score.all['states'] - score.right['states']}")
    good = shares["figures"] >= FIGURES and shares["findings"] >= FINDINGS and 100 - shares["alarms"] <= ALARMS and shares["states"] >= STATES and score.right["silent"] == score.all["silent"]
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
