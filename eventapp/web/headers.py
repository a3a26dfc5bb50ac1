"""Security headers on every answer."""

from flask import Flask, Response, g, request

_CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def content_security_policy(*, scans: bool) -> str:
    """Write the policy; only a page that scans may compile WebAssembly."""
    rules = _CSP | ({"script-src": "'self' 'wasm-unsafe-eval'"} if scans else {})
    return "; ".join(f"{name} {value}" for name, value in rules.items())


PLAIN_CSP = content_security_policy(scans=False)
SCANNING_CSP = content_security_policy(scans=True)
FOREIGN_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)

FILE_CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox"


def allow_scanning() -> None:
    """Let this answer's page use the camera and the code reader."""
    g.scans = True


def as_foreign() -> None:
    """Treat this answer as a page that is not ours, such as a mail's HTML: it runs nothing, loads nothing, sends nothing and has no session."""
    g.policy = FOREIGN_CSP


def as_file() -> None:
    """Treat this answer as a file that somebody sent: whatever opens it, it runs nothing and has no session."""
    g.policy = FILE_CSP


def secure(answer: Response) -> Response:
    """Put the security headers on an answer."""
    scans = g.get("scans", False)
    headers = answer.headers
    headers["Content-Security-Policy"] = g.get("policy") or (SCANNING_CSP if scans else PLAIN_CSP)
    headers["Permissions-Policy"] = f"camera={'(self)' if scans else '()'}, microphone=(), geolocation=(), payment=()"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static" and "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    return answer


def init_app(app: Flask) -> None:
    """Put the headers on every answer of the app."""
    app.after_request(secure)
