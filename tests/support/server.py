"""A real server and a real worker, each a process of its own, for tests that need them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.databases import SECRET

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass
class Server:
    """One installation in a folder: its environment, its processes and its address."""

    folder: Path
    database_url: str
    app_env: str = "test"
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of this installation."""
        own = {
            "APP_ENV": self.app_env,
            "SECRET_KEY": SECRET,
            "DATABASE_URL": self.database_url,
            "INSTANCE_DIR": str(self.folder),
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "BASE_URL": self.base,
            "LOG_LEVEL": "ERROR",
        }
        return {**os.environ, **own, **self.more}

    def flask(self, *command: str, stdin: str | None = None) -> str:
        """Run a command of the program; return what it prints."""
        done = subprocess.run([str(BIN / "flask"), *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=180, input=stdin, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, threads: int = 4, *, application: str = "wsgi:app", ready: str = "/healthz") -> None:
        """Start the server and wait until it answers."""
        command = [str(BIN / "granian"), "--interface", "wsgi", application, "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1"]
        command += ["--blocking-threads", str(threads), "--no-ws", "--log-level", "error"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, start_new_session=True)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.base}{ready}", timeout=2):
                    return
            except OSError:
                assert self.process.poll() is None, "the server ended at its start"
                time.sleep(0.01)
        raise AssertionError("the server does not answer")

    def start_worker(self) -> None:
        """Start the worker."""
        self.worker = subprocess.Popen([str(BIN / "flask"), "worker"], cwd=ROOT, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        """Kill the server's processes as a power cut would: only the group that this object started."""
        _end(self.process, "KILL")
        self.process = None

    def stop(self) -> None:
        """Stop server and worker."""
        for process in (self.process, self.worker):
            _end(process, "TERM")
        self.process = self.worker = None


def _end(process: subprocess.Popen[bytes] | None, name: str) -> None:
    if process is None:
        return
    try:
        os.killpg(process.pid, getattr(signal, f"SIG{name}"))
        process.wait(10)
    except ProcessLookupError:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


@contextmanager
def installation(folder: Path, database_url: str | None = None, *, app_env: str = "test", **more: str) -> Iterator[Server]:
    """Make a migrated installation in a folder, not started yet; stop what was started at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(folder, database_url or f"sqlite:///{folder / 'eventapp.sqlite'}", app_env=app_env, more=more)
    server.flask("db", "upgrade")
    try:
        yield server
    finally:
        server.stop()
