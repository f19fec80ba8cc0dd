#!/usr/bin/env python3
"""The page under attack and under load: who is let in, names and requests from outside, slow senders, 200 units that send at once while
20 people look, and a program that is killed again and again. Whatever was acknowledged must be there, whole.

    .ci/page_load.py --tool .build/release/huizong [--kills 25] [--mutations 2000]
"""
import argparse
import hashlib
import http.client
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

from page_server import Server, check, failures

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (ROOT / "Examples" / "收件").rglob("*.xlsx"))


def working_folder(tool, place, name):
    folder = place / name
    subprocess.run([tool, "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
    return folder


def access(server):
    for path in ["/", "/inbox", "/api/v1/check", "/api/v1/returns.zip", "/nothing", "/sheet?file=x"]:
        status, _, headers = server.ask("GET", path, authorised=False)
        check(status == 401, f"{path} without the key: {status}")
        policy = headers["Content-Security-Policy"] or ""
        check("default-src 'none'" in policy and "unsafe" not in policy, f"{path}: policy {policy}")
        check(headers["X-Content-Type-Options"] == "nosniff" and headers["Cache-Control"] == "no-store", f"{path}: guards")
    check(server.ask("GET", "/api/v1/health", authorised=False)[0] == 200, "health needs no key")
    check(server.ask("GET", "/", authorised=False, Authorization="Bearer " + "0" * 32)[0] == 401, "a wrong key")
    check(server.ask("GET", "/", Host="evil.example")[0] == 421, "another name for this machine (DNS rebinding)")
    cookie = server.ask("GET", "/?token=" + server.token, authorised=False)[2]["Set-Cookie"]
    check("HttpOnly" in cookie and "SameSite=Strict" in cookie, cookie)
    cookie = cookie.split(";")[0]
    body = b'{"file": "x", "reason": "y"}'
    for origin in ["http://evil.example", "null", f"http://127.0.0.1:{server.port + 1}", None]:
        extra = {"Origin": origin} if origin else {}
        status = server.ask("POST", "/api/v1/files/remove", body, authorised=False, Cookie=cookie, **extra)[0]
        check(status == 403, f"a change from {origin}: {status}")
    own = f"http://127.0.0.1:{server.port}"
    check(server.ask("POST", "/api/v1/files/remove", body, authorised=False, Cookie=cookie, Origin=own)[0] == 404, "the page's own change")
    for method in ["DELETE", "PATCH", "OPTIONS", "PUT"]:
        check(server.ask(method, "/api/v1/check")[0] in (405, 404), f"{method} of a result")


def names(server, folder):
    """Names from outside never make a path."""
    marker = b"from outside"
    for name in ["../../a.txt", "..%2f..%2fb.txt", "/etc/c.txt", "..\\..\\d.txt", ".hidden", "e\n.txt", "f" * 400 + ".txt", "移出/g.txt",
                 "%00", "..", ".", "a/b/../../../h.txt", "~/i.txt", "con.txt", "x" * 5000]:
        status, answer, _ = server.ask("PUT", "/api/v1/files/" + urllib.parse.quote(name, safe="%/"), marker)
        check(status in (201, 404, 405, 422), f"a file called {name[:30]!r}: {status} {answer[:80]}")
    strays = [path for path in folder.rglob("*") if path.is_file() and path.read_bytes() == marker and server.inbox not in path.parents]
    check(not strays and not (folder.parent / "a.txt").exists(), f"outside the inbox: {strays}")
    check(not (server.inbox / "移出").exists(), "nobody moves a file aside by its name")
    check(server.put("b.txt", b"1")[0] == 201 and server.put("b.txt", b"2")[0] == 201, "the same name again")
    check(sorted(path.read_bytes() for path in server.inbox.glob("b*.txt") if len(path.read_bytes()) == 1) == [b"1", b"2"], "nothing is written over")
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.putrequest("PUT", "/api/v1/files/large.bin")
    connection.putheader("Authorization", "Bearer " + server.token)
    connection.putheader("Content-Length", str(1 << 40))
    connection.endheaders()
    check(connection.getresponse().status == 413, "a file of a terabyte")
    connection.close()


def mutations(server, count):
    """Requests that no browser sends: never a failure of the server's own, and it goes on answering."""
    generator = random.Random(15)
    base = (f"GET /api/v1/check?as-of=2024-12-01 HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {server.token}\r\n"
            "Content-Length: 3\r\n\r\nabc").encode()
    broken = 0
    for number in range(count):
        request = bytearray(base)
        for _ in range(generator.randint(1, 6)):
            kind, place = generator.randrange(4), generator.randrange(len(request))
            if kind == 0:
                request[place] = generator.randrange(256)
            elif kind == 1:
                del request[place:place + generator.randint(1, 20)]
            elif kind == 2:
                request[place:place] = bytes(generator.randrange(256) for _ in range(generator.randint(1, 30)))
            else:
                request[place:place] = generator.choice([b"\r\n", b"%2e%2e/", b"\0", b"a" * 3000, b"Host: x\r\n", "沁".encode()])
            if not request:
                request = bytearray(b"\r\n")
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.settimeout(0.4)
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(64)
                if re.match(rb"HTTP/1\.1 50[0-9]", answer):
                    broken += 1
                    check(broken > 3, f"request {number}: {answer!r} for {bytes(request)[:200]!r}")
            except OSError:
                pass
    check(server.ask("GET", "/")[0] == 200, "the page still answers")
    print(f"{count} mutated requests, {broken} answered with a failure")


def slow(server):
    """Senders that trickle hold no place."""
    held = []
    for number in range(80):
        connection = socket.create_connection(("127.0.0.1", server.port))
        connection.sendall(f"PUT /api/v1/files/slow{number}.xlsx HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nAuthorization: Bearer {server.token}\r\n"
                           "Content-Length: 1000000\r\n\r\nx".encode())
        held.append(connection)
    started = time.monotonic()
    check(server.ask("GET", "/")[0] == 200, "the page answers while others trickle")
    print(f"80 slow senders: the page answers in {time.monotonic() - started:.2f} s")
    for connection in held:
        connection.close()
    time.sleep(0.5)
    check(not list(server.inbox.glob("slow*")), "nothing half in the inbox")


def load(tool, place):
    """200 units send, 20 people look."""
    folder = working_folder(tool, place, "多人")
    server = Server(tool, folder)
    times, acknowledged, lost = [], {}, []
    lock, done = threading.Lock(), threading.Event()

    def timed(work):
        started = time.monotonic()
        result = work()
        with lock:
            times.append(time.monotonic() - started)
        return result

    def send(numbers):
        for number in numbers:
            body = SAMPLES[number % len(SAMPLES)].read_bytes()
            status, answer, _ = timed(lambda: server.put(f"单位{number}/附件2-{number % 50}.xlsx", body))
            with lock:
                if status == 201:
                    acknowledged[re.search(rb'"file":"([^"]+)"', answer)[1].decode()] = hashlib.sha256(body).hexdigest()
                else:
                    lost.append((number, status, answer[:100]))

    def look(number):
        paths = ["/?as-of=2024-12-01", "/inbox", "/merge?as-of=2024-12-01", "/api/v1/status?as-of=2024-12-01"]
        while not done.is_set():
            status = timed(lambda: server.ask("GET", paths[number % 4]))[0]
            if status != 200:
                lost.append(("look", status))
            time.sleep(0.5)

    lookers = [threading.Thread(target=look, args=(number,)) for number in range(20)]
    senders = [threading.Thread(target=send, args=(range(start, 200, 8),)) for start in range(8)]
    started = time.monotonic()
    for thread in lookers + senders:
        thread.start()
    for thread in senders:
        thread.join()
    spent = time.monotonic() - started
    done.set()
    for thread in lookers:
        thread.join()
    times.sort()
    p50, p95, p99 = (times[int(len(times) * share)] for share in (0.5, 0.95, 0.99))
    peak = server.memory("VmHWM")
    print(f"load: {len(times)} requests in {spent:.1f} s, p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, p99 {p99 * 1000:.0f} ms, peak {peak} MB, "
          f"{len(acknowledged)} of 200 acknowledged")
    check(len(acknowledged) == 200 and not lost, f"not answered: {lost[:5]}")
    for file, expected in acknowledged.items():
        check(hashlib.sha256((folder / file).read_bytes()).hexdigest() == expected, f"{file} is not what was sent")
    check(peak < 800, f"{peak} MB")
    check(p95 < 4, f"p95 of {p95:.1f} s")
    server.stop()


def kills(tool, place, count):
    """Killed at a random moment, again and again: what was acknowledged is there, and nothing is there by half."""
    folder = working_folder(tool, place, "断电")
    generator = random.Random(9)
    acknowledged, sent = {}, set()
    lock = threading.Lock()
    for round_number in range(count):
        server = Server(tool, folder)
        stopped = threading.Event()

        def send(worker):
            for number in range(1000):
                body = os.urandom(generator.randint(1_000, 300_000))
                with lock:
                    sent.add(hashlib.sha256(body).hexdigest())
                try:
                    status, answer, _ = server.put(f"第{worker}份.xlsx", body)
                except (OSError, http.client.HTTPException):
                    return
                if status == 201:
                    with lock:
                        acknowledged[re.search(rb'"file":"([^"]+)"', answer)[1].decode()] = hashlib.sha256(body).hexdigest()
                if stopped.is_set():
                    return

        threads = [threading.Thread(target=send, args=(worker,)) for worker in range(3)]
        for thread in threads:
            thread.start()
        time.sleep(generator.uniform(0.02, 0.25))
        server.end(signal.SIGKILL)
        stopped.set()
        for thread in threads:
            thread.join()
    there = {f"收件/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "收件").iterdir()}
    missing = [file for file, expected in acknowledged.items() if there.get(file) != expected]
    half = [file for file, found in there.items() if found not in sent]
    check(not missing, f"acknowledged and not there: {missing[:5]}")
    check(not half, f"there by half: {half[:5]}")
    server = Server(tool, folder)
    check(not list((folder / ".huizong").glob("*.part")), "what was interrupted is swept away")
    server.end()
    log = subprocess.run([tool, "log", "--verify", "--format", "json"], cwd=folder, capture_output=True)
    check(log.returncode == 0, "the ledger is intact")
    print(f"{count} times killed: {len(acknowledged)} files acknowledged, {len(there)} there, none by half")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--tool", required=True)
    options.add_argument("--kills", type=int, default=25)
    options.add_argument("--mutations", type=int, default=2_000)
    options = options.parse_args()
    tool = os.path.abspath(options.tool)
    place = pathlib.Path(tempfile.mkdtemp(prefix="huizong-load-"))
    try:
        folder = working_folder(tool, place, "攻击")
        server = Server(tool, folder)
        access(server)
        names(server, folder)
        mutations(server, options.mutations)
        slow(server)
        check(server.memory() < 500, f"{server.memory()} MB afterwards")
        server.stop()
        load(tool, place)
        kills(tool, place, options.kills)
    finally:
        shutil.rmtree(place)
    if failures:
        sys.exit(f"{len(failures)} failures")


main()
