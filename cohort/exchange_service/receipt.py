"""Receipts: what the service received, from whom and when, signed so that it can be checked later."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from pathlib import Path


def key(file: Path) -> bytes:
    """The service's secret, made at its first start; a receipt is worth as much as this file is safe."""
    if not file.exists():
        beside = file.with_suffix(".new")
        beside.touch(mode=0o600)
        beside.write_bytes(secrets.token_bytes(32))
        beside.replace(file)
    return file.read_bytes()


def sign(facts: dict[str, object], secret: bytes) -> dict[str, object]:
    """The facts with their signature."""
    return facts | {"signature": _signature(facts, secret)}


def is_genuine(receipt: dict[str, object], secret: bytes) -> bool:
    """Whether this service signed just these facts."""
    facts = {name: value for name, value in receipt.items() if name != "signature"}
    return hmac.compare_digest(str(receipt.get("signature")).encode(), _signature(facts, secret).encode())


def _signature(facts: dict[str, object], secret: bytes) -> str:
    return hmac.new(secret, json.dumps(facts, sort_keys=True).encode(), hashlib.sha256).hexdigest()
