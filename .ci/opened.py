#!/usr/bin/env python3
"""Files that need a password or another program: each is opened with what is given, and says what is missing where nothing is.

  opened.py --tool .build/release/huizong

Word files of the old kind, RTF and OpenDocument texts are made by LibreOffice out of a form in a .docx; encrypted workbooks by
msoffcrypto.
"""
import argparse, io, json, os, pty, shutil, subprocess, sys, tempfile
from pathlib import Path

import docx
from msoffcrypto.format.ooxml import OOXMLFile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import mailers

PROBLEMS = []


def check(tool, path, *more, env=None):
    done = subprocess.run([tool, "check", "--format", "json", "--as-of", "2024-12-31", str(path), *map(str, more)], capture_output=True, timeout=300, env=env)
    if done.returncode not in (0, 1):
        return {"files": [], "submissions": [], "error": done.stderr.decode()}
    return json.loads(done.stdout)


def expect(name, isright, report):
    if not isright:
        PROBLEMS.append(name)
        print(f"{name}: {report.get('error') or [(f['file'], f['state'], f['reason']) for f in report['files']]} {[f['message'] for f in report.get('findings', [])][:2]}")


def word(form, path):
    document = docx.Document()
    for text in ("附件2", "“中国梦·劳动美·工会情”文化活动进基层情况统计表", f"填报单位：{form.unit}", "填报时间：2024年11月12日"):
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=5)
    for cell, text in zip(table.rows[0].cells, ["", "", "线上", "线下", "合计"]):
        cell.text = text
    for kind, what, online, offline in form.figures():
        for cell, text in zip(table.add_row().cells, [kind, what, online, offline, online + offline]):
            cell.text = str(text)
    for text in ("填报人：张静", "联系电话：13839112345"):
        document.add_paragraph(text)
    document.save(path)


def encrypted(data, password):
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", required=True)
    tool = os.path.abspath(parser.parse_args().tool)
    folder = Path(tempfile.mkdtemp(prefix="opened"))
    marks = lambda report: [s["values"].get(mailers.MARK) for s in report["submissions"]]

    form = mailers.Form(mailers.UNITS[4])
    path = folder / "锁.xlsx"
    path.write_bytes(encrypted(form.xlsx(), "温县2024"))
    report = check(tool, path)
    expect("no password", marks(report) == [] and "打开密码" in report["files"][0]["reason"], report)
    (folder / "密码.txt").write_bytes("wrong\r\n\r\n温县2024\r\nlast".encode("gbk"))
    report = check(tool, path, "--passwords", folder / "密码.txt")
    expect("a list of passwords", marks(report) == [form.mark], report)
    (folder / "错.txt").write_text("wrong\n")
    report = check(tool, path, "--passwords", folder / "错.txt")
    expect("wrong passwords", marks(report) == [] and "都不对" in report["files"][0]["reason"], report)
    report = check(tool, path, "--passwords", folder / "没有.txt")
    expect("no list", "error" in report, report)
    # In a mail, and typed on a terminal.
    mail = folder / "锁.eml"
    mail.write_bytes(mailers.multipart("Date: Wed, 20 Nov 2024 10:00:00 +0800\r\nFrom: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\n",
                                       [mailers.part("Content-Type: application/octet-stream; name=\"a.xlsx\"\r\n", path.read_bytes())], "b"))
    child, terminal = pty.fork()
    if child == 0:
        os.execv(tool, [tool, "check", "--format", "json", "--as-of", "2024-12-31", str(mail), "--password"])
    shown = b""
    while b"password:" not in shown:
        shown += os.read(terminal, 1_000)
    os.write(terminal, "温县2024\n".encode())
    try:
        while piece := os.read(terminal, 100_000):
            shown += piece
    except OSError:
        pass
    os.waitpid(child, 0)
    typed = shown.decode("utf-8", "replace")
    expect("typed", f":{form.mark}," in typed and "温县2024" not in typed.split("{")[0], {"files": [], "error": typed[:300]})
    done = subprocess.run([tool, "check", str(mail), "--password"], stdin=subprocess.DEVNULL, capture_output=True, start_new_session=True)
    expect("no terminal", done.returncode == 2 and "--passwords" in done.stderr.decode(), {"files": [], "error": done.stderr.decode()})

    if shutil.which("soffice"):
        form = mailers.Form(mailers.UNITS[5])
        word(form, folder / "form.docx")
        for ending in ("doc", "rtf", "odt"):
            subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending, "--outdir", folder, folder / "form.docx"],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
            report = check(tool, folder / f"form.{ending}")
            ours = ending == "odt"      # read without LibreOffice
            expect(ending, marks(report) == [form.mark] and ours != any(f["rule"] == "F02" and "LibreOffice" in f["message"] for f in report["findings"]), report)
            shutil.copy(folder / f"form.{ending}", folder / "附件2.xlsx")
            report = check(tool, folder / "附件2.xlsx")
            expect(ending + " under another name", marks(report) == [form.mark], report)
        # Without the program the advice is as before; and what is no document is not made into one.
        bare = folder / "bin"
        bare.mkdir()
        report = check(tool, folder / "form.doc", env={"PATH": str(bare), "HOME": str(folder)})
        if not any(os.path.exists(p) for p in ("/usr/bin/soffice", "/usr/local/bin/soffice", "/usr/bin/libreoffice")):
            expect("without LibreOffice", marks(report) == [] and "另存为.docx" in report["files"][0]["reason"], report)
        damaged = bytearray((folder / "form.doc").read_bytes())
        for place in range(600, len(damaged), 7):
            damaged[place] ^= 0x5A
        (folder / "坏.doc").write_bytes(damaged)
        report = check(tool, folder / "坏.doc")
        expect("damaged", report["files"] and report["files"][0]["state"] == "rejected", report)
        left = [p for p in Path(tempfile.gettempdir()).glob("huizong-office-*") if p.is_dir()]
        expect(f"left behind: {left}", not left, {"files": []})
    print(f"{len(PROBLEMS)} faults")
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if PROBLEMS else 0)


if __name__ == "__main__":
    main()
