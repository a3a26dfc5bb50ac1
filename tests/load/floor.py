"""The floors: a bare Flask page, and a hand-written view that does what no door can do without.

Run by the same server as the product. It authenticates a device by the hash of its token, verifies one Ed25519 token and makes one durable insert.
"""

import base64
import hashlib
import os
import sqlite3
import threading
import uuid
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Flask, jsonify, request

app = Flask(__name__)
URL = os.environ["FLOOR_DATABASE"]
KEY = Ed25519PublicKey.from_public_bytes(bytes.fromhex(os.environ["FLOOR_KEY"]))
_local = threading.local()
_writer = threading.Lock()
SELECT = "SELECT id, gate_id FROM floor_devices WHERE token_hash = {}"
INSERT = "INSERT INTO floor_scans (id, device_id, gate_id, serial, direction, at) VALUES ({0}, {0}, {0}, {0}, {0}, {0})"


def _connection() -> Any:
    """Keep one connection for each thread."""
    if not hasattr(_local, "connection"):
        if URL.startswith("sqlite"):
            _local.connection = sqlite3.connect(URL.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
                _local.connection.execute(f"PRAGMA {pragma}")
        else:
            _local.connection = psycopg.connect(URL.replace("postgresql+psycopg://", "postgresql://"), autocommit=False, prepare_threshold=0)
    return _local.connection


@app.get("/hello")
def hello() -> str:
    """Answer at once."""
    return "hello"


@app.post("/scan")
def scan() -> Any:
    """Authenticate, verify, insert durably, answer."""
    given: Any = request.get_json()
    raw = base64.b32decode(given["token"] + "====")
    KEY.verify(raw[18:], raw[:18])
    hashed = hashlib.sha256(request.headers["Authorization"].removeprefix("Bearer ").encode()).hexdigest()
    row = (str(uuid.UUID(given["id"])), 0, 0, int.from_bytes(raw[6:10]), given["direction"], given["scanned_at"])
    connection = _connection()
    if URL.startswith("sqlite"):
        with _writer:
            connection.execute("BEGIN IMMEDIATE")
            device = connection.execute(SELECT.format("?"), (hashed,)).fetchone()
            connection.execute(INSERT.format("?"), (row[0], *device, *row[3:]))
            connection.execute("COMMIT")
    else:
        device = connection.execute(SELECT.format("%s"), (hashed,)).fetchone()
        connection.execute(INSERT.format("%s"), (row[0], *device, *row[3:]))
        connection.commit()
    return jsonify(id=given["id"], outcome="admitted")
