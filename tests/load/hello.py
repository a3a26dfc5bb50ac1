"""A bare Flask page."""

from flask import Flask

app = Flask(__name__)


@app.get("/hello")
@app.get("/healthz")
def hello() -> str:
    """Answer at once."""
    return "hello"
