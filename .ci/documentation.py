#!/usr/bin/env python3
"""Builds the documentation of the library XLSX with docc, which the Swift toolchain brings along.

documentation.py [--build .build/debug]

Every link and every article's list of symbols must lead somewhere. That a parameter has no words of its own is no fault.
"""
import argparse, json, re, shutil, subprocess, sys, tempfile
from pathlib import Path


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--build", type=Path, default=Path(".build/debug"))
    a = ap.parse_args()
    swift = Path(shutil.which("swift")).resolve().parent
    extract, docc = swift / "swift-symbolgraph-extract", swift / "docc"
    if not (extract.exists() and docc.exists()):
        print("documentation: this toolchain has no docc, nothing checked")
        return 0
    target = json.loads(subprocess.check_output([swift / "swift", "-print-target-info"]))["target"]["unversionedTriple"]
    maps = [x for c in sorted(Path("Sources").glob("CLib*/module.modulemap")) for x in ("-Xcc", f"-fmodule-map-file={c}")]
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run([extract, "-module-name", "XLSX", "-target", target, "-I", a.build / "Modules", *maps,
                        "-Xcc", "-I/usr/include/libxml2", "-minimum-access-level", "public", "-output-dir", tmp], check=True)
        done = subprocess.run([docc, "convert", "Sources/XLSX/XLSX.docc", "--additional-symbol-graph-dir", tmp,
                               "--fallback-display-name", "XLSX", "--fallback-bundle-identifier", "XLSX",
                               "--output-path", Path(tmp) / "out"], capture_output=True, text=True)
        findings = re.split(r"\n(?=(?:warning|error|Error): )", done.stdout + done.stderr)
        findings = [f.strip() for f in findings
                    if re.match(r"(?:warning|error|Error): ", f) and "is missing documentation" not in f.split("\n")[0]]
        pages = len(list((Path(tmp) / "out" / "data").rglob("*.json")))
    print("\n\n".join(findings))
    print(f"documentation: {pages} pages, {len(findings)} findings")
    return 1 if findings or done.returncode or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
