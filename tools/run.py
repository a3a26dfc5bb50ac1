"""`make run`: bring the database up to date, load the demo when it is empty, then serve, with the worker beside the server."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from honcho.manager import Manager

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
THREADS_THAT_HELP = 2 * (os.cpu_count() or 1) + 1


def is_free(host: str, port: int) -> bool:
    """Say whether nobody listens there: the server itself would share the port with another one, and each would get half of the requests."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def main() -> int:
    """Prepare, then run server and worker until one of them ends."""
    os.chdir(ROOT)
    os.environ.setdefault("APP_ENV", "demo")
    sys.path.insert(0, str(ROOT))
    from config import EVERYWHERE, SettingsError, read_settings

    try:
        settings = read_settings()
    except SettingsError as error:
        print(f"eventapp does not start: {error}", file=sys.stderr)
        return 1
    if not is_free(settings.host, settings.port):
        print(
            f"eventapp does not start: nothing can listen on {settings.host}, port {settings.port}; perhaps it runs already. Another port: make run PORT={settings.port % 65535 + 1}",
            file=sys.stderr,
        )
        return 1
    for command in (["db", "upgrade"], ["demo", "load", "--if-empty"]) if settings.app_env == "demo" else (["db", "upgrade"],):
        if subprocess.run([str(BIN / "flask"), *command], check=False).returncode:
            return 1
    one_writer = settings.database.startswith("sqlite")
    # more threads than twice the cores and one only wait for each other, and granian warns of them
    workers, threads = (1, min(8, THREADS_THAT_HELP)) if one_writer else (2, min(4, THREADS_THAT_HELP))
    server = f"{BIN}/granian --interface wsgi wsgi:app --host {settings.host} --port {settings.port} --workers {workers} --blocking-threads {threads} --no-ws --log-level warning"
    print(f"eventapp serves on {settings.base_url}", flush=True)
    if settings.host in EVERYWHERE and "BASE_URL" not in os.environ:
        print(f"Other machines and phones are answered under one name only: make run HOST={settings.host} BASE_URL=http://ADDRESS:{settings.port}", flush=True)
    manager = Manager()
    manager.add_process("server", server, cwd=str(ROOT))
    manager.add_process("worker", f"{BIN}/flask worker", cwd=str(ROOT))
    manager.loop()
    return int(manager.returncode or 0)


if __name__ == "__main__":
    sys.exit(main())
