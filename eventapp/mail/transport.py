"""Hand a finished message over: to a mail server, or as a file into a folder."""

import os
import smtplib
import ssl
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SECONDS = 10  # to connect, and for each answer of the mail server
QUIET_SECONDS = 30  # after a server did not answer, other mail does not wait for it again
PERMANENT = range(500, 600)

_silent: dict[str, float] = {}


class TransportError(Exception):
    """The message was not handed over; it may be tried again."""


class RejectedError(Exception):
    """The mail server will never take this message for this reader."""


def send(message: EmailMessage, reader: str, mail_url: str, filename: str) -> None:
    """Hand a message over for one reader, as MAIL_URL says."""
    url = urlsplit(mail_url)
    if url.scheme == "file":
        _store(message, Path(unquote(url.path)), filename)
    elif url.scheme in {"smtp", "smtps"}:
        _send(message, reader, url)
    else:
        raise TransportError(f"MAIL_URL must begin with smtp://, smtps:// or file://; it begins with {url.scheme!r}.")


def _store(message: EmailMessage, folder: Path, filename: str) -> None:
    """Write a file whole or not at all; the same message again replaces itself."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{filename}.{os.getpid()}"
    with fresh.open("wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / filename)


def _send(message: EmailMessage, reader: str, url: SplitResult) -> None:
    place = f"{url.hostname}:{url.port}"
    begun = time.monotonic()
    if begun < _silent.get(place, 0):
        raise TransportError(f"the mail server {place} did not answer a moment ago")
    server = None
    try:
        server = _connect(url)
        server.send_message(message, from_addr=str(message["From"].addresses[0].addr_spec), to_addrs=[reader])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
        raise (RejectedError if _is_final(error) else TransportError)(str(error)) from error
    except OSError as error:  # what smtplib raises is of this kind too
        if server is None or time.monotonic() - begun >= SECONDS:
            _silent[place] = time.monotonic() + QUIET_SECONDS
        raise TransportError(f"{place}: {type(error).__name__}: {error}") from error
    else:
        with suppress(OSError):  # it has the message, however it takes our goodbye
            server.quit()
    finally:
        if server is not None:
            server.close()


def _connect(url: SplitResult) -> smtplib.SMTP:
    """Open a connection, encrypted and signed in as the address asks."""
    host, context = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, local_hostname="localhost", timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 25, local_hostname="localhost", timeout=SECONDS)
    try:
        if parse_qs(url.query).get("starttls") == ["1"]:
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _is_final(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> bool:
    """Say whether the server said no for good (5xx), not just for now (4xx)."""
    codes = [code for code, _text in error.recipients.values()] if isinstance(error, smtplib.SMTPRecipientsRefused) else [error.smtp_code]
    return all(code in PERMANENT for code in codes)
