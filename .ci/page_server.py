"""`huizong serve` for the checks of the page: started in a folder, asked, ended; and the list of what failed."""
import http.client
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import urllib.parse

failures = []


def check(condition, words):
    if not condition:
        failures.append(words)
        print("FAILED:", words)


class Server:
    """`huizong serve` in a folder, and requests to it."""

    def __init__(self, tool, folder, *options):
        self.folder = pathlib.Path(folder)
        self.inbox = self.folder / "收件"
        # The folders that a person opened last are no business of a check.
        self.state = tempfile.TemporaryDirectory(prefix="huizong-state-")
        self.process = subprocess.Popen(
            [tool, "serve", str(folder), "--no-open", "--port", "0", *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, env={**os.environ, "XDG_STATE_HOME": self.state.name})
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\w+)", line)
        if not found:
            sys.exit("serve printed no address: " + line)
        self.address, self.port, self.token = found[0], int(found[1]), found[2]
        self.base = f"http://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, timeout=60, authorised=True, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if authorised:
            headers["Authorization"] = "Bearer " + self.token
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()

    def put(self, name, body):
        return self.ask("PUT", "/api/v1/files/" + urllib.parse.quote(name), body)

    def memory(self, line="VmRSS"):
        """In MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(line + r":\s+(\d+)", status)[1]) // 1024

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(timeout=20)

    def stop(self):
        check(self.end() == 0, "the program ends when it is told to")
