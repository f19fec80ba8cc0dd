#!/usr/bin/env python3
"""Damages files in every way that mail, disks and people do, and holds `check` to its promise: no crash, no hang, bounded
memory, and every file with a state and a reason.

  mutations.py --tool .build/release/huizong [--count 300] [--seed 1] [--seeds DIR…] [--keep DIR]

The files that are damaged are those of Examples/收件, what LibreOffice makes of some of them (.xls, .ods, .docx, .html), and
those of --seeds. The same seed gives the same files. The long run: --count 10000.
"""
import argparse, io, json, os, random, re, shutil, subprocess, sys, tempfile, time, warnings, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, "..", "Examples", "收件")
FORMATS = (".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".ods", ".docx", ".csv", ".html", ".htm", ".zip", ".pdf")
STATES = {"adopted", "superseded", "rejected", "ignored"}
BATCH = 100
SECONDS_A_FILE = 20      # for one file alone, however slow the machine is
MEGABYTES = 1500         # of resident memory, for a whole batch on a few cores


# Bytes, whatever they mean.

def flip(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5, 20, 200])):
        if data:
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def truncate(data, rng):
    return data[:rng.randrange(len(data) + 1)]


def garble(data, rng):
    start = rng.randrange(len(data) + 1)
    end = min(len(data), start + rng.choice([1, 4, 64, 4096]))
    filling = rng.choice([bytes(end - start), b"\xff" * (end - start), rng.randbytes(end - start), b"",
                          rng.randbytes(rng.randrange(200)), data[:end - start]])
    return data[:start] + filling + data[end:]


def shuffle(data, rng):
    cuts = sorted(rng.randrange(len(data) + 1) for _ in range(3))
    pieces = [data[:cuts[0]], data[cuts[0]:cuts[1]], data[cuts[1]:cuts[2]], data[cuts[2]:]]
    rng.shuffle(pieces)
    return b"".join(pieces)


# Parts of a zip archive.

def archive(data):
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return [(info.filename, source.read(info)) for info in source.infolist()]


def packed(parts, rng):
    # An archive may name an entry twice; that is what is to be tried.
    warnings.simplefilter("ignore")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as target:
        for name, data in parts:
            target.writestr(name, data)
    return out.getvalue()


def change_parts(data, rng):
    parts = archive(data)
    if not parts:
        return data
    for _ in range(rng.choice([1, 1, 2])):
        at, other = rng.randrange(len(parts)), rng.randrange(len(parts))
        name, content = parts[at]
        kind = rng.randrange(8)
        if kind == 0 and len(parts) > 1:
            parts.pop(at)
        elif kind == 1:
            parts[at], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        elif kind == 2:
            parts.insert(other, (name, content))
        elif kind == 3:
            parts[at] = (name, b"")
        elif kind == 4:
            parts[at] = (rng.choice([name.upper(), "../" + name, name + "x", "/" + name, name.replace("/", "\\"), "\u4e2d"]), content)
        elif kind == 5:
            parts[at] = (name, rng.choice([flip, truncate, garble, shuffle])(content, rng))
        elif kind == 6:
            parts[at] = (name, content * rng.choice([2, 50]))
        else:
            parts.append((f"xl/worksheets/sheet{rng.randrange(99)}.xml", content))
    return packed(parts, rng)


# Markup inside a part.

NUMBERS = ["1e308", "1e309", "-1e308", "NaN", "INF", "-0", "9" * 400, "0." + "0" * 400 + "1", "1e-320", "0x10", "", " ", "１２", "--1",
           "9223372036854775807", "9223372036854775808", "-9223372036854775808", "4294967296", "1.7976931348623157e308"]
PLACES = ["A0", "XFE1", "A1048577", "ZZZ99999999", "1A", "", "A", "$A$1", "A1:B2", "a1", "R1C1", "A-1", "XFD1048576", "AAAAAAAAA1"]
RANGES = ["A1:XFD1048576", "B2:A1", "A1", "", "A0:B0", "A1:A1048577", "C5:C5", "A:A", "1:1", "C5:E14"]
FORMULAS = ["A1", "SUM(A:XFD)", "(" * 3000 + "1" + ")" * 3000, "1/0", "C5+", "SUM(C5:C5:C5)", "INDIRECT(\"A1\")", "REPT(\"9\",32767)", "10^9^9",
            "IF(1,", "C6", "'x'!A1", "SUM(" + ",".join(["1"] * 5000) + ")", "\"", "#REF!", "-" * 5000 + "1"]
TEXTS = ["&bad;", "&#0;", "&#x110000;", "<!--", "<![CDATA[x]]>", "<?x?>", "]]>", "\x01", "字" * 40000, "_x0000_", "<a>" * 5000, "</c>", "&amp;" * 2000]


def change_markup(text, rng):
    tags = list(re.finditer(r"<[^<>]*>", text)) or [re.search("$", text)]
    tag = rng.choice(tags)
    kind = rng.randrange(12)
    if kind == 0:
        return text[:tag.start()] + text[tag.end():]
    if kind == 1:
        return text[:tag.end()] + tag.group() + text[tag.end():]
    if kind == 2:
        depth = rng.choice([10, 300, 20000])
        return text[:tag.end()] + "<x>" * depth + "</x>" * depth + text[tag.end():]
    if kind == 3:
        return re.sub(r"(<\?xml[^>]*\?>)?", lambda m: m.group() + '<!DOCTYPE a [<!ENTITY b "' + "c" * 99 + '">]>', text, count=1)
    if kind == 4:
        return text.replace("UTF-8", rng.choice(["UTF-16", "GBK", "no-such-code", "ISO-8859-1"]), 1)
    if kind == 5:
        return text[:tag.end()] + rng.choice(TEXTS) + text[tag.end():]
    choices = {
        6: (r"<v>[^<]*</v>|office:value=\"[^\"]*\"", lambda: rng.choice(["<v>%s</v>", 'office:value="%s"']) % rng.choice(NUMBERS)),
        7: (r" r=\"[^\"]*\"", lambda: ' r="%s"' % rng.choice(PLACES)),
        8: (r" ref=\"[^\"]*\"", lambda: ' ref="%s"' % rng.choice(RANGES)),
        9: (r"<v>[^<]*</v>|<f>[^<]*</f>", lambda: "<f>%s</f>" % rng.choice(FORMULAS).replace("<", "&lt;")),
        10: (r"=\"\d+\"", lambda: '="%s"' % rng.choice(NUMBERS)),
        11: (r" t=\"[^\"]*\"", lambda: ' t="%s"' % rng.choice(["s", "str", "inlineStr", "b", "e", "d", "n", "x"])),
    }
    pattern, replacement = choices[kind]
    found = list(re.finditer(pattern, text))
    for match in sorted(rng.sample(found, min(len(found), rng.choice([1, 1, 3, 40]))), key=lambda m: -m.start()):
        text = text[:match.start()] + replacement() + text[match.end():]
    return text


def change_content(data, rng):
    parts = archive(data)
    at = [i for i, (name, content) in enumerate(parts) if content[:1] == b"<" or content[:3] == b"\xef\xbb\xbf"]
    # The parts with cells more often than those with styles.
    at += [i for i in at if re.search(r"sheet\d|sharedStrings|content.xml|document.xml", parts[i][0])] * 3
    if not at:
        return change_parts(data, rng)
    for _ in range(rng.choice([1, 1, 2, 4])):
        place = rng.choice(at)
        name, content = parts[place]
        text = change_markup(content.decode("utf-8", "surrogateescape"), rng)
        parts[place] = (name, text.encode("utf-8", "surrogateescape"))
    return packed(parts, rng)


def mutated(data, rng):
    """One damaged copy of a file."""
    bytewise = [flip, truncate, garble, shuffle]
    kinds = bytewise + ([change_parts] * 3 + [change_content] * 6 if data[:2] == b"PK" else [])
    kind = rng.choice(kinds)
    try:
        if kind is not change_content and kind is not change_parts and data[:1] == b"<" and rng.random() < 0.6:
            return change_markup(data.decode("utf-8", "surrogateescape"), rng).encode("utf-8", "surrogateescape")
        return kind(data, rng)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return flip(data, rng)


# The files to damage.

def converted(folder):
    """Some samples in the formats that only LibreOffice writes here; none without it."""
    program = shutil.which("soffice")
    source = os.path.join(SAMPLES, "附件2-温县.xlsx")
    if not program or not os.path.exists(source):
        return
    profile = "-env:UserInstallation=file://" + os.path.join(folder, "profile")
    for target in ("xls", "ods", "html", "csv"):
        subprocess.run([program, profile, "--headless", "--convert-to", target, "--outdir", folder, source],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def originals(folders):
    found = []
    for folder in folders:
        for root, inner, names in os.walk(folder):
            inner.sort()
            for name in sorted(names):
                if name.lower().endswith(FORMATS) and os.path.getsize(os.path.join(root, name)) < 2_000_000:
                    with open(os.path.join(root, name), "rb") as file:
                        found.append((name, file.read()))
    by_format = {}
    for name, data in found:
        by_format.setdefault(os.path.splitext(name)[1].lower(), []).append((name, data))
    return by_format


# Running the tool.

def run(tool, path, files):
    """Checks a folder or a file. Gives what is wrong, or nothing, and the figures of the run."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
        began = time.monotonic()
        child = subprocess.Popen([tool, "check", "--format", "json", "--as-of", "2024-12-01", path], stdout=output, stderr=complaints)
        deadline = began + SECONDS_A_FILE + (0.5 * len(files) if len(files) > 1 else 0)
        usage = None
        while usage is None:
            done, status, found = os.wait4(child.pid, os.WNOHANG)
            if done:
                usage, child.returncode = found, os.waitstatus_to_exitcode(status)
            elif time.monotonic() > deadline:
                child.kill()
                os.wait4(child.pid, 0)
                child.returncode = -9
                return f"no end after {time.monotonic() - began:.0f} s", None
            else:
                time.sleep(0.005)
        megabytes = usage.ru_maxrss / 1024
        output.seek(0), complaints.seek(0)
        text = output.read()
        if child.returncode not in (0, 1):
            return f"exit code {child.returncode}: {complaints.read()[-400:].decode('utf-8', 'replace')}", None
        try:
            report = json.loads(text)
        except ValueError as error:
            return f"no JSON: {error}", None
        told = {entry["file"]: entry for entry in report["files"]}
        for file in files:
            entry = told.get(file)
            if entry is None or entry["state"] not in STATES or not entry["reason"]:
                return f"no state and reason: {entry}", None
        if megabytes > MEGABYTES:
            return f"{megabytes:.0f} MB", None
        return None, (time.monotonic() - began, megabytes, [told[file]["state"] for file in files])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--tool", required=True)
    options.add_argument("--count", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--seeds", nargs="*", default=[])
    options.add_argument("--keep", help="where files that are taken badly are kept")
    given = options.parse_args()
    failures, seconds, peak, slowest, states = [], 0.0, 0.0, 0.0, {}
    with tempfile.TemporaryDirectory() as work:
        made = os.path.join(work, "made")
        os.mkdir(made)
        converted(made)
        sources = originals([SAMPLES, made, *given.seeds])
        kinds = sorted(sources)
        for start in range(0, given.count, BATCH):
            folder = os.path.join(work, f"batch-{start}")
            os.mkdir(folder)
            files = []
            for number in range(start, min(start + BATCH, given.count)):
                rng = random.Random(f"{given.seed}/{number}")
                # A sound copy now and then, so that what is learnt from sound files meets damaged ones.
                name, data = rng.choice(sources[rng.choice(kinds + [".xlsx"] * 6)])
                path = os.path.join(folder, f"{number:05d}-{name}")
                with open(path, "wb") as file:
                    file.write(data if rng.random() < 0.05 else mutated(data, rng))
                files.append(path)
            wrong, figures = run(given.tool, folder, files)
            if wrong:
                found = False
                for path in files:
                    alone, _ = run(given.tool, path, [path])
                    if alone:
                        found = True
                        failures.append(f"{os.path.basename(path)}: {alone}")
                        if given.keep:
                            os.makedirs(given.keep, exist_ok=True)
                            shutil.copy(path, given.keep)
                if not found:
                    failures.append(f"batch {start}: {wrong}")
                    if given.keep:
                        shutil.copytree(folder, os.path.join(given.keep, f"batch-{start}"), dirs_exist_ok=True)
            else:
                seconds += figures[0]
                peak, slowest = max(peak, figures[1]), max(slowest, figures[0])
                for state in figures[2]:
                    states[state] = states.get(state, 0) + 1
            shutil.rmtree(folder)
    for failure in failures:
        print("FAILED", failure)
    counts = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
    print(f"mutations: {given.count} files of {len(kinds)} formats, {len(failures)} taken badly; {counts}; "
          f"{seconds:.1f} s, slowest batch {slowest:.1f} s, peak {peak:.0f} MB")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
