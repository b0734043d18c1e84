"""What a desk must not say, byte for byte, for the flaky proxy to say in its place."""

from __future__ import annotations

PORTAL_PAGE = b"<!DOCTYPE html><html><title>Welcome</title><body>Please accept the terms.</body></html>"
HALF_JSON = b'{"name": "IT desk", "version": "5.0.3", "items": [{"id": 1, "subj'
WRONG_TYPES = b'{"items": 7, "changes": "none", "services": {}, "error": [], "name": 3, "Version": []}'
TROUBLE = b"<html><h1>Internal Server Error</h1>Traceback (most recent call last): secret_path.pm</html>"

# Fault name: (status line, media type, body, further headers)
ANSWERS: dict[str, tuple[str, str, bytes, str]] = {
    "html": ("200 OK", "text/html; charset=utf-8", PORTAL_PAGE, ""),
    "half_json": ("200 OK", "application/json", HALF_JSON, ""),
    "wrong_types": ("200 OK", "application/json", WRONG_TYPES, ""),
    "sign_in": ("401 Unauthorized", "application/json", b'{"message": "Unauthorized"}', ""),
    "slow_down": ("429 Too Many Requests", "application/json", b"{}", "Retry-After: 7\r\n"),
    "broken": ("500 Internal Server Error", "text/html", TROUBLE, ""),
    "busy": ("503 Service Unavailable", "text/html", TROUBLE, ""),
    "redirect": ("302 Found", "text/html", b"", "Location: {elsewhere}\r\n"),
}


def answer_for(fault: str, *, elsewhere: str) -> bytes:
    """Give the whole answer, head and body, for a fault named in `ANSWERS`."""
    status, media_type, body, more = ANSWERS[fault]
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
        f"{more.format(elsewhere=elsewhere)}Connection: close\r\n\r\n"
    )
    return head.encode() + body
