"""Settings of the program: one typed object, read from the environment and from `.env`."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent
ENVIRONMENTS = ("production", "demo", "test")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
DATABASES = ("sqlite", "postgresql", "postgresql+psycopg")
HERE = ("127.0.0.1", "localhost", "[::1]")  # one machine by its three names
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - where to listen, never where to go
LONGEST_HOST = 35  # a longer one would not fit the badge's QR symbol (version 7, level M)
SHORTEST_SECRET = 32


class SettingsError(RuntimeError):
    """A setting is missing or unsafe; the message says which and what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that a deployer can set; docs/deployer.md explains each line."""

    app_env: str = "production"
    secret_key: str = ""
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = ()
    database_url: str = ""
    migration_database_url: str = ""
    redis_url: str = ""
    mail_url: str = ""
    mail_from: str = "eventapp@localhost"
    keys_dir: Path = ROOT / "instance" / "keys"
    instance_dir: Path = ROOT / "instance"
    proxies: int = 0
    host: str = "127.0.0.1"
    port: int = 8000
    demo_password: str = ""
    clock_start: datetime | None = None
    log_level: str = "INFO"

    @property
    def database(self) -> str:
        """Name the database; SQLite in the instance folder unless DATABASE_URL says otherwise."""
        return self.database_url or f"sqlite:///{self.instance_dir / 'eventapp.sqlite'}"

    @property
    def mail(self) -> str:
        """Name where mail goes; a folder of .eml files unless MAIL_URL says otherwise."""
        return self.mail_url or f"file://{self.instance_dir / 'outbox'}"

    @property
    def is_production(self) -> bool:
        """Say whether this is the real thing."""
        return self.app_env == "production"

    def checked(self) -> "Settings":
        """Return the settings, or refuse to start on one that is missing or unsafe."""
        if self.app_env not in ENVIRONMENTS:
            raise SettingsError(f"APP_ENV is {self.app_env!r}; it must be one of {', '.join(ENVIRONMENTS)}.")
        _check_base_url(self.base_url)
        if len(self.secret_key) < SHORTEST_SECRET:
            raise SettingsError(f"SECRET_KEY must have at least {SHORTEST_SECRET} characters; make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'")
        if len(set(self.secret_key)) < 8:  # noqa: PLR2004 - fewer different characters cannot be random
            raise SettingsError("SECRET_KEY repeats a few characters; make a random one.")
        if self.is_production and self.clock_start:
            raise SettingsError("CLOCK_START is for the demo only; remove it or set APP_ENV=demo.")
        _check_places(self)
        return self


def _check_places(settings: Settings) -> None:
    """Refuse a database, a mail server, a queue or a log that nobody here knows."""
    for name, url in (("DATABASE_URL", settings.database), ("MIGRATION_DATABASE_URL", settings.migration_database_url or settings.database)):
        _check_database(name, url)
    _check_scheme("MAIL_URL", settings.mail, ("smtp", "smtps", "file"))
    if settings.redis_url:
        _check_scheme("REDIS_URL", settings.redis_url, ("redis", "rediss", "unix"))
    if not all(settings.mail_from.rpartition("@")[::2]):
        raise SettingsError(f"MAIL_FROM must be an e-mail address; it is {settings.mail_from!r}.")
    if settings.log_level not in LOG_LEVELS:
        raise SettingsError(f"LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}; it is {settings.log_level!r}.")


def _check_base_url(value: str) -> None:
    """Refuse a public address that links, badges and cookies could not be made from."""
    try:
        url = urlsplit(value)
        _ = url.port
    except ValueError as error:
        raise SettingsError(f"BASE_URL is no address ({error}); it is {value!r}.") from error
    if url.scheme not in {"http", "https"} or url.path or url.query or url.fragment or "@" in url.netloc:
        raise SettingsError(f"BASE_URL must be http:// or https:// and a host, with nothing after it; it is {value!r}.")
    if not url.hostname or len(url.netloc) > LONGEST_HOST:
        raise SettingsError(f"BASE_URL must name a host of at most {LONGEST_HOST} characters; it is {value!r}.")


def _check_database(name: str, value: str) -> None:
    """Refuse a database that this program does not know; the message leaves out the address, which may hold a password."""
    try:
        kind = make_url(value).drivername
    except (ArgumentError, ValueError) as error:
        raise SettingsError(f"{name} is no address of a database; write sqlite:////path/file or postgresql+psycopg://user:password@host/name.") from error
    if kind not in DATABASES:
        raise SettingsError(f"{name} must begin with one of {', '.join(f'{known}://' for known in DATABASES)}; it begins with {kind}://.")


def _check_scheme(name: str, value: str, schemes: tuple[str, ...]) -> None:
    """Refuse an address of a kind that nobody here can talk to; the message leaves out the rest, which may hold a password."""
    try:
        url = urlsplit(value)
        _ = url.port
    except ValueError as error:
        raise SettingsError(f"{name} is no address; write a character such as / or @ in a password by its percent code.") from error
    if url.scheme not in schemes or not (url.netloc or url.path):
        raise SettingsError(f"{name} must begin with one of {', '.join(f'{scheme}://' for scheme in schemes)} and name a place.")


def _folder(value: str) -> Path:
    """Read INSTANCE_DIR, and make it where it is missing."""
    folder = Path(value).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"INSTANCE_DIR cannot be made: {error.strerror}: {folder}.") from error
    return folder


def _demo_secret(folder: Path) -> str:
    """Keep a random key for the demo beside its data, so that sessions survive a restart."""
    kept = folder / "secret-key"
    if not kept.exists():
        kept.write_text(secrets.token_hex(32))
        kept.chmod(0o600)
    return kept.read_text().strip()


def _clock_start(value: str) -> datetime | None:
    """Read CLOCK_START, an ISO instant with its offset."""
    if not value:
        return None
    try:
        start = datetime.fromisoformat(value)
    except ValueError as error:
        raise SettingsError(f"CLOCK_START must look like 2018-04-12T10:00+01:00; it is {value!r}.") from error
    if start.tzinfo is None:
        raise SettingsError(f"CLOCK_START needs an offset, as in 2018-04-12T10:00+01:00; it is {value!r}.")
    return start


def _proxies(value: str) -> int:
    """Read PROXIES, how many reverse proxies of ours stand before the server."""
    if value not in {"0", "1", "2", "3"}:
        raise SettingsError(f"PROXIES must be a number from 0 to 3; it is {value!r}.")
    return int(value)


def _port(value: str) -> int:
    """Read PORT, a number that a socket can have."""
    if not value.isascii() or not value.isdigit() or not 0 < int(value) < 65536:  # noqa: PLR2004 - the range of ports
        raise SettingsError(f"PORT must be a number from 1 to 65535; it is {value!r}.")
    return int(value)


def _trusted(value: str, own_host: str) -> tuple[str, ...]:
    """Read TRUSTED_HOSTS; else trust the host of BASE_URL, and by each of its names where that is this machine."""
    given = tuple(host.strip() for host in value.split(",") if host.strip())
    own = f"[{own_host}]" if ":" in own_host else own_host
    return given or (HERE if own in HERE else (own,))


def read_settings(environ: dict[str, str] | None = None) -> Settings:
    """Read the settings from `.env` and the environment (which wins) and check them; an empty one is as good as none."""
    everything = {**dotenv_values(ROOT / ".env"), **os.environ} if environ is None else environ
    given = {name: value for name, value in everything.items() if value}
    env = given.get("APP_ENV", "production")
    instance = _folder(given.get("INSTANCE_DIR", str(ROOT / "instance")))
    host, port = given.get("HOST", "127.0.0.1"), _port(given.get("PORT", "8000"))
    if env == "production" and "BASE_URL" not in given:
        raise SettingsError("BASE_URL must be given: the public address, as in https://show.example, which badges, links and mail carry.")
    own = HERE[0] if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    base_url = given.get("BASE_URL", f"http://{own}:{port}").rstrip("/")
    _check_base_url(base_url)
    own_host = urlsplit(base_url).hostname or ""
    return Settings(
        app_env=env,
        secret_key=given.get("SECRET_KEY") or (_demo_secret(instance) if env == "demo" else ""),
        base_url=base_url,
        trusted_hosts=_trusted(given.get("TRUSTED_HOSTS", ""), own_host),
        database_url=given.get("DATABASE_URL", ""),
        migration_database_url=given.get("MIGRATION_DATABASE_URL", ""),
        redis_url=given.get("REDIS_URL", ""),
        mail_url=given.get("MAIL_URL", ""),
        mail_from=given.get("MAIL_FROM", f"eventapp@{own_host or 'localhost'}"),
        keys_dir=Path(given.get("KEYS_DIR", instance / "keys")).absolute(),
        instance_dir=instance,
        proxies=_proxies(given.get("PROXIES", "0")),
        host=host,
        port=port,
        demo_password=given.get("DEMO_PASSWORD", ""),
        clock_start=_clock_start(given.get("CLOCK_START", "")),
        log_level=given.get("LOG_LEVEL", "INFO").upper(),
    ).checked()
