#!/usr/bin/env python3
"""The page behind nginx with TLS, used from another machine by people with passwords, and by a unit that sends in by its own link.

    .ci/page_proxy.py --tool .build/release/huizong
"""
import argparse
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse

from page_server import check, failures

ROOT = pathlib.Path(__file__).resolve().parent.parent
PASSWORD = "一个够长的密码2024"


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


class Browser:
    """Keeps cookies, and says where it comes from."""

    def __init__(self, port):
        self.port, self.cookies = port, {}
        self.trust = ssl._create_unverified_context()

    def ask(self, method, path, body=None, origin=True, kind="application/json"):
        connection = http.client.HTTPSConnection("localhost", self.port, context=self.trust, timeout=60)
        headers = {"Content-Type": kind}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if origin:
            headers["Origin"] = f"https://localhost:{self.port}"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
            check("Secure" in line and "HttpOnly" in line or name == "huizong-lang", line)
        connection.close()
        return answer.status, content, answer.headers


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--tool", required=True)
    tool = os.path.abspath(options.parse_args().tool)
    place = pathlib.Path(tempfile.mkdtemp(prefix="huizong-proxy-"))
    folder = place / "活动"
    subprocess.run([tool, "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
    inside, outside, plain = free_port(), free_port(), free_port()
    name = f"localhost:{outside}"
    refused = subprocess.run([tool, "serve", "--listen", "0.0.0.0", "--no-open"], cwd=folder, capture_output=True, text=True, timeout=20)
    check(refused.returncode == 2 and "user add" in refused.stderr, f"open to others without people: {refused.returncode} {refused.stderr}")
    short = subprocess.run([tool, "user", "add", "李晓红"], cwd=folder, input="kurz\n", capture_output=True, text=True)
    check(short.returncode == 2, "a short password")
    subprocess.run([tool, "user", "add", "李晓红"], cwd=folder, input=PASSWORD + "\n", check=True, text=True, stdout=subprocess.DEVNULL)
    kept = (folder / ".huizong" / "people.json").read_text()
    check(PASSWORD not in kept and oct((folder / ".huizong" / "people.json").stat().st_mode)[-3:] == "600", "the password is not kept")

    # nginx as the program itself configures it, but for the ports, and with a certificate of its own.
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", place / "key.pem", "-out", place / "cert.pem",
                    "-days", "2", "-subj", "/CN=localhost"], check=True, capture_output=True)
    text = subprocess.run([tool, "serve", "--print-nginx", "--behind-proxy", name, "--port", str(inside)],
                          check=True, capture_output=True, text=True).stdout
    text = re.sub(r"listen \[::\]:\d+( ssl)?;\n", "", text).replace("listen 443", f"listen 127.0.0.1:{outside}").replace("listen 80", f"listen 127.0.0.1:{plain}")
    text = re.sub(r"ssl_certificate .*;", f"ssl_certificate {place}/cert.pem;", text)
    text = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {place}/key.pem;", text)
    (place / "nginx.conf").write_text(
        f"pid {place}/nginx.pid; error_log {place}/error.log; worker_processes 1; events {{}} http {{ access_log off; "
        f"client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/f; uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;\n{text}}}")
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    proxy = subprocess.Popen([nginx, "-c", str(place / "nginx.conf"), "-g", "daemon off;"])
    page = subprocess.Popen([tool, "serve", str(folder), "--no-open", "--port", str(inside), "--portal", "--behind-proxy", name],
                            stdout=subprocess.PIPE, text=True)
    try:
        page.stdout.readline()
        time.sleep(1)
        clerk = Browser(outside)
        status, _, headers = clerk.ask("GET", "/")
        check(status == 303 and headers["Location"] == "/login", f"who is not logged in is led to the door: {status}")
        check("max-age" in (headers["Strict-Transport-Security"] or ""), "browsers are told to stay with TLS")
        form = urllib.parse.urlencode({"name": "李晓红", "password": "falsch falsch"})
        check(clerk.ask("POST", "/login", form, kind="application/x-www-form-urlencoded")[0] == 401, "a wrong password")
        form = urllib.parse.urlencode({"name": "李晓红", "password": PASSWORD})
        check(clerk.ask("POST", "/login", form, origin=False, kind="application/x-www-form-urlencoded")[0] == 403, "a log-in from elsewhere")
        check(clerk.ask("POST", "/login", form, kind="application/x-www-form-urlencoded")[0] == 303, "the right password")
        check(clerk.ask("GET", "/")[0] == 200, "the page")
        units = json.loads(clerk.ask("GET", "/api/v1/status?as-of=2024-11-01")[1])["forms"]
        sample = next(path for path in (ROOT / "Examples" / "收件").rglob("*沁阳*.xlsx"))
        check(clerk.ask("PUT", "/api/v1/files/" + urllib.parse.quote("武陟.txt"), b"x", origin=False)[0] == 403, "a change from elsewhere")
        # A link for a unit, and another that takes its place.
        campaign = clerk.ask("GET", "/campaign")[1].decode()
        codes = re.findall(r'data-link="([^"]+)"', campaign)
        check(len(codes) >= len(next(iter(units.values()))["units"]) - 1, f"{len(codes)} units can be given links")
        old = json.loads(clerk.ask("POST", f"/api/v1/portal/units/{codes[0]}/link")[1])["path"]
        made = json.loads(clerk.ask("POST", f"/api/v1/portal/units/{codes[0]}/link")[1])
        unit, link = made["unit"], made["path"]
        check(link.split("/")[-1] not in (folder / ".huizong" / "links.json").read_text(), "a link is kept as its hash")
        visitor = Browser(outside)
        check(visitor.ask("GET", old)[0] == 404, "the old link is dead")
        check(visitor.ask("GET", "/u/" + "0" * 32)[0] == 404, "a link that nobody was given")
        status, content, _ = visitor.ask("GET", link)
        check(status == 200 and unit in content.decode(), "the unit's page")
        others = [other["unit"] for other in next(iter(units.values()))["units"] if other["unit"] != unit]
        check(not [other for other in others if other in content.decode()], "nothing of other units")
        check(visitor.ask("GET", "/inbox")[0] == 303 and visitor.ask("GET", "/api/v1/check")[0] == 401, "nothing of the folder")
        blank = re.search(r'href="(/u/[^"]+/blank[^"]+)"', content.decode())[1]
        check(visitor.ask("GET", blank)[1][:2] == b"PK", "its blank form")
        # Its file is checked first, and sent when it says so.
        bytes_ = sample.read_bytes()
        draft = json.loads(visitor.ask("PUT", f"{link}/files/{urllib.parse.quote(sample.name)}", bytes_)[1])["id"]
        check(not list((folder / "收件").rglob("*.xlsx")), "a file that is only checked has not been sent")
        shown = visitor.ask("GET", f"{link}/draft?id={draft}")[1].decode()
        check("finding-error" in shown and 'class="paper"' in shown, "it sees its own sheet and what is wrong")
        second = json.loads(clerk.ask("POST", f"/api/v1/portal/units/{codes[1]}/link")[1])["path"]
        check(Browser(outside).ask("GET", f"{second}/draft?id={draft}")[0] == 404, "another unit does not see it")
        status, receipt, _ = visitor.ask("POST", f"{link}/send", json.dumps({"id": draft, "words": "已与经办人核对"}))
        receipt = json.loads(receipt)
        check(status == 201 and receipt.get("sha256") == hashlib.sha256(bytes_).hexdigest(), f"the receipt: {receipt}")
        arrived = list((folder / "收件").rglob("*.xlsx"))
        check([path.read_bytes() for path in arrived] == [bytes_] and arrived[0].parent.name == unit, f"it has arrived: {arrived}")
        check(visitor.ask("POST", f"{link}/send", json.dumps({"id": draft, "words": "x"}))[0] == 404, "it is sent once")
        check(clerk.ask("DELETE", f"/api/v1/portal/units/{codes[0]}/link")[0] == 200 and visitor.ask("GET", link)[0] == 404, "a link is taken back")
        log = json.loads(subprocess.run([tool, "log", "--format", "json", "--verify"], cwd=folder, capture_output=True, text=True).stdout)
        kinds = [(entry["action"], entry["by"]) for entry in log["entries"]]
        check(("portal-received", unit) in kinds and ("portal-link", "李晓红") in kinds and log["intact"], f"the ledger: {kinds}")
    finally:
        page.terminate()
        page.wait(timeout=20)
        proxy.terminate()
        proxy.wait(timeout=20)
    shutil.rmtree(place)
    if failures:
        sys.exit(f"{len(failures)} failures")
    print("behind nginx: log-in, links, a unit that checks and sends")


main()
