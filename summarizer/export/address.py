"""Addresses for things that have none of their own."""

from __future__ import annotations

import base64


def hash_address(article_id: str) -> str:
    """An article's hash as an address (RFC 6920)."""
    digest = bytes.fromhex(article_id.removeprefix("sha256:"))
    return "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
