"""`make run`: web server, worker and beat together, with embedded defaults; Ctrl-C stops all.

It imports no Django itself, so that watching costs next to no memory.
"""

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from honcho.manager import Manager

ROOT = Path(__file__).resolve().parent.parent
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://localhost:{PORT}"
START_TIMEOUT = 60  # seconds for the first answer

PROCESSES = {
    "web": [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi", "--no-ws", "--host", HOST, "--port", PORT),
        *("--workers", "1", "--blocking-threads", "8", "--log-level", "error"),
        "config.wsgi:application",
    ],
    "worker": [sys.executable, "-m", "ops.worker"],
}


def main() -> int:
    environment = {
        **os.environ,
        "SITE_URL": os.environ.get("SITE_URL", ADDRESS),
        "PYTHONUNBUFFERED": "1",
        # Many threads each with a heap of their own never give memory back.
        "MALLOC_ARENA_MAX": "2",
    }
    prepared = subprocess.run(
        [sys.executable, "-m", "ops.prepare"], cwd=ROOT, env=environment, check=False
    )
    if prepared.returncode:
        return prepared.returncode
    manager = Manager()
    for name, command in PROCESSES.items():
        # exec: signals reach the program itself and not a shell in front of it
        manager.add_process(name, f"exec {shlex.join(command)}", env=environment, cwd=str(ROOT))
    companion = Companion(environment)
    threading.Thread(target=companion.run, daemon=True).start()
    try:
        manager.loop()
    finally:
        companion.stop()
    # Being asked to stop is how this ends well.
    return 0 if manager.returncode in {130, 143} else manager.returncode or 0


class Companion:
    """What happens once the site answers: say where it is, then finish the demo's videos."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()

    def run(self) -> None:
        if not self._wait_until_it_answers():
            return
        if self.environment.get("AUDITORIUM_DEMO", "1") == "1":
            self._run("demo", "--logins")
            self._run("demo", "--videos")
        else:
            print(f"\n  Auditorium is running: {ADDRESS}\n", flush=True)

    def stop(self) -> None:
        self.stopping.set()
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)

    def _run(self, *arguments: str) -> None:
        if self.stopping.is_set():
            return
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        self.process.wait()

    def _wait_until_it_answers(self) -> bool:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline and not self.stopping.is_set():
            try:
                with urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=5):  # noqa: S310 - our own address
                    return True
            except (urllib.error.URLError, OSError):
                self.stopping.wait(0.1)
        return False


if __name__ == "__main__":
    sys.exit(main())
