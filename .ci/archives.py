#!/usr/bin/env python3
"""Archives as people pack them: every form inside 7z, rar and tar is found, and what cannot be opened says why.

  archives.py --tool .build/release/huizong [--keep DIR]

7z archives are made by `7z`. RAR has no free writer: stored archives of versions 4 and 5 are written here by the format's notes, and held
against `unrar-free` and `7z` where they read them. Then damaged, encrypted, split and forged ones, and the limits that hold for zip.
"""
import argparse, io, json, os, random, shutil, struct, subprocess, sys, tarfile, tempfile, zlib
from pathlib import Path

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import mailers
from mutations import flip, garble, shuffle, truncate, run as run_damaged


# RAR 4 (technote of unrar 4): blocks of a checksum, a type, flags and a size.

def rar4_block(kind, flags, body, data=b""):
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + data


def rar4(files, encrypted=False, headers_encrypted=False, method=0x30, sizes=None, volume=False):
    out = b"Rar!\x1a\x07\0" + rar4_block(0x73, (0x80 if headers_encrypted else 0) | (0x01 if volume else 0), bytes(6))
    if headers_encrypted:
        return out + random.Random(1).randbytes(300)
    for name, data in files:
        raw = name.encode("gbk")
        size = sizes or len(data)
        body = struct.pack("<IIBIIBBHI", len(data), size, 2, zlib.crc32(data), 0x596E8000, 29, method, len(raw), 0x20) + raw
        flags = 0x8000 | (0x04 if encrypted else 0) | (0x400 if encrypted else 0)
        out += rar4_block(0x74, flags, body + (bytes(8) if encrypted else b""), data)
    return out + rar4_block(0x7B, 0x4000, b"")


# RAR 5 (rarlab.com, "RAR 5.0 archive format"): numbers of seven bits a byte.

def vint(number):
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def rar5_block(body, data=b""):
    head = vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(head)) + head + data


def rar5(files, encrypted=False, headers_encrypted=False, sizes=None):
    out = b"Rar!\x1a\x07\x01\0"
    if headers_encrypted:
        return out + rar5_block(vint(4) + vint(0) + vint(0) + vint(0) + bytes([15]) + bytes(16)) + random.Random(1).randbytes(300)
    out += rar5_block(vint(1) + vint(0) + vint(0))
    for name, data in files:
        raw = name.encode()
        record = vint(1) + vint(0) + vint(0) + bytes([15]) + bytes(32)
        extra = vint(len(record)) + record if encrypted else b""
        body = vint(2) + vint(0x02 | (0x01 if extra else 0)) + (vint(len(extra)) if extra else b"") + vint(len(data))
        body += vint(0x04) + vint(sizes or len(data)) + vint(0x20) + struct.pack("<I", zlib.crc32(data)) + vint(0) + vint(0) + vint(len(raw)) + raw + extra
        out += rar5_block(body, data)
    return out + rar5_block(vint(5) + vint(0) + vint(0))


def seven(folder, name, files, *options):
    place = folder / "packing"
    shutil.rmtree(place, ignore_errors=True)
    for inner, data in files:
        (place / inner).parent.mkdir(parents=True, exist_ok=True)
        (place / inner).write_bytes(data)
    archive = folder / name
    archive.unlink(missing_ok=True)
    subprocess.run(["7z", "a", "-bd", *options, str(archive.resolve()), "."], cwd=place, check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "LC_ALL": "C.UTF-8"})
    return archive


def tarred(files, mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def check(tool, path):
    done = subprocess.run([tool, "check", "--format", "json", "--as-of", "2024-12-31", str(path)], capture_output=True, timeout=120)
    if done.returncode not in (0, 1):
        return {"files": [], "submissions": [], "findings": [], "crash": done.stderr.decode("utf-8", "replace")[-300:]}
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--mutations", type=int, default=200)
    parser.add_argument("--keep")
    options = parser.parse_args()
    tool = os.path.abspath(options.tool)
    folder = Path(options.keep or tempfile.mkdtemp(prefix="archives"))
    folder.mkdir(parents=True, exist_ok=True)
    problems, done = [], 0
    forms = [mailers.Form(unit) for unit in mailers.UNITS[:5]]
    names = ["附件2-沁阳.xlsx", "各单位/孟州/附件2.xlsx", "博爱 县.xlsx", "武陟.xlsx", "温县（最终版）.xlsx"]
    files = [(name, form.xlsx()) for name, form in zip(names, forms)]

    def expect(name, data, marks=(), says="", inner=None):
        """The forms that are found, under their names, and the words of the archive's own finding."""
        nonlocal done
        done += 1
        path = folder / name
        if data is not None:
            path.write_bytes(data)
        report = check(tool, path)
        if "crash" in report:
            return problems.append(f"{name}: {report['crash']}")
        found = sorted(s["values"].get(mailers.MARK) for s in report["submissions"])
        if found != sorted(marks):
            problems.append(f"{name}: {found} for {sorted(marks)}; {[(f['file'], f['reason']) for f in report['files']][:3]}")
        told = " ".join(f["reason"] for f in report["files"]) + " ".join(f["message"] for f in report["findings"])
        if says and says not in told:
            problems.append(f"{name}: does not say {says}: {told[:200]}")
        if inner:
            shown = sorted(s["file"].split("!/", 1)[1] for s in report["submissions"])
            if shown != sorted(inner):
                problems.append(f"{name}: {shown}")

    def held(path, data, program, *arguments):
        """Whether another program reads the same, where it is installed and knows the format."""
        if not shutil.which(program):
            return
        place = folder / "unpacked"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        path.write_bytes(data)
        ran = subprocess.run([program, *arguments, str(path.resolve())], cwd=place, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
        unpacked = sorted(p.read_bytes() for p in place.rglob("*") if p.is_file())
        if unpacked != sorted(data for _, data in ascii_files):
            problems.append(f"{program} reads {path.name} as {len(unpacked)} files: {ran.stderr.decode()[-100:]}")
        else:
            print(f"{program} reads {path.name} the same")

    marks = [form.mark for form in forms]
    # No workbooks: unrar-free would take a stored archive of zips for a zip.
    ascii_files = [(f"{n}.txt", f"{n}\n".encode() * 500) for n in range(5)]
    for writer in (rar4, rar5):
        held(folder / f"held-{writer.__name__}.rar", writer(ascii_files), "unrar-free", "-x")
        held(folder / f"held-{writer.__name__}.rar", writer(ascii_files), "7z", "x", "-y")
    for method in [[], ["-m0=LZMA"], ["-m0=PPMd"], ["-m0=BZip2"], ["-mx=0"], ["-ms=off"], ["-m0=Deflate"]]:
        seven(folder, "包.7z", files, *method)
        expect("包.7z", None, marks, inner=names)
    expect("四.rar", rar4(files), marks, inner=names)
    expect("五.rar", rar5(files), marks, inner=names)
    for mode in ("w", "w:gz", "w:bz2", "w:xz"):
        expect("包.tar", tarred(files, mode), marks, inner=names)
    # Packed together with a name that says zip.
    seven(folder, "其实是.zip", files, "-t7z")
    expect("其实是.zip", None, marks)
    # Names that lead out of the archive.
    expect("外.rar", rar5([("../../../tmp/" + names[0], files[0][1]), ("/etc/" + names[0], files[0][1])]), marks[:1])

    # A password.
    for name, flags in [("密.7z", []), ("头.7z", ["-mhe=on"])]:
        seven(folder, name, files, "-pgeheim", *flags)
        expect(name, None, [], says="密码")
    expect("密4.rar", rar4(files, encrypted=True), [], says="密码")
    expect("头4.rar", rar4(files, headers_encrypted=True), [], says="密码")
    expect("密5.rar", rar5(files, encrypted=True), [], says="密码")
    expect("头5.rar", rar5(files, headers_encrypted=True), [], says="密码")

    # Cut short: what is before the cut may count, and the archive says that it is damaged.
    whole = rar5(files)
    expect("断.rar", whole[:len(whole) // 2], marks[:2], says="不完整或已损坏")
    data = seven(folder, "断.7z", files).read_bytes()
    expect("断.7z", data[:len(data) // 2], [], says="不完整或已损坏")
    expect("只有头.rar", b"Rar!\x1a\x07\0", [], says="损坏")
    expect("只有头.7z", data[:6], [], says="损坏")
    damaged = bytearray(whole)
    damaged[len(whole) // 2] ^= 1
    expect("改.rar", bytes(damaged), marks[:2] + marks[3:], says="损坏")
    # A part of several.
    seven(folder, "卷.7z", [(n, d + random.Random(1).randbytes(30_000)) for n, d in files], "-v20k")
    first = (folder / "卷.7z.001").read_bytes()
    for part in folder.glob("卷.7z.*"):
        part.unlink()
    expect("卷.7z.001", first, [], says="分卷")

    # Limits.
    zeros = [(f"{n}.csv", bytes(90 << 20)) for n in range(3)]
    seven(folder, "弹.7z", zeros)
    expect("弹.7z", None, [], says="超出安全限制")
    seven(folder, "大.7z", [("1.csv", bytes(101 << 20))])
    expect("大.7z", None, [], says="MB的限制")
    expect("多.rar", rar5([(f"{n}.csv", b"1") for n in range(1_001)]), [], says="超过1000个")
    expect("谎.rar", rar5(files[:1], sizes=1 << 40), [], says="限制")
    inner = rar5(files[:1])
    expect("套2.rar", rar4([("a.rar", inner)]), marks[:1])
    seven(folder, "套3.7z", [("b.rar", rar4([("a.rar", inner)]))])
    expect("套3.7z", None, [], says="超过2层")
    # A hundred forms that are nearly the same pack a hundred to one, and are no bomb.
    many = [(f"{n:03d}.csv", ("附件3,\n" + "1,2,3\n" * 8_000).encode()) for n in range(100)]
    seven(folder, "齐.7z", many)
    report = check(tool, folder / "齐.7z")
    if any("安全限制" in file["reason"] for file in report["files"]) or len(report["files"]) != 101:
        problems.append(f"齐.7z: {report['files'][:2]}")

    rng = random.Random(7)
    originals = [rar4(files), whole, data, seven(folder, "改.7z", files, "-m0=PPMd").read_bytes(), tarred(files, "w:gz"), rar4(files, encrypted=True)]
    for start in range(0, options.mutations, 100):
        place = folder / f"damaged-{start}"
        place.mkdir()
        paths = []
        for number in range(start, min(start + 100, options.mutations)):
            path = place / f"{number:05d}.bin"
            path.write_bytes(rng.choice([flip, truncate, garble, shuffle])(rng.choice(originals), rng))
            paths.append(str(path))
        problem, _ = run_damaged(tool, str(place), paths)
        if problem:
            problems.append(f"{place}: {problem}")
    for problem in problems:
        print(problem)
    print(f"{done} archives, {options.mutations} damaged ones: {len(problems)} faults")
    if not options.keep and not problems:
        shutil.rmtree(folder)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
