"""What a start is asked to open: a request, a new request, files to attach; read with limits, whoever asks.

Links and names of files come from web pages, mails and file managers: they are not trusted.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.host.errors import FileRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEME = "tracker:"
TOKEN_VARIABLE = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - a name, not a secret
"""https://wayland.app/protocols/xdg-activation-v1: the desktop's permission to come to the front."""

MOST_FILES = 20
_LONGEST_REFERENCE = 100
_LONGEST_PATH = 4096
_LONGEST_TOKEN = 500
_FILE = "file:"


@dataclass(frozen=True, slots=True)
class Opening:
    """What to show; nothing of it set: the window as it is. `files` are full paths."""

    ticket: str = ""
    files: tuple[str, ...] = ()
    new: bool = False
    token: str = ""


NOTHING = Opening()


def opening_of(words: Sequence[str], token: str = "") -> Opening:
    """Read what stands behind the options: one link, or files. Raises FileRefused for what cannot be meant.

    Only tracker://ticket/REF and tracker://new mean something; any other link of ours shows the window.
    """
    token = token if len(token) <= _LONGEST_TOKEN and token.isprintable() else ""
    links = [word for word in words if word.startswith(SCHEME)]
    if not links:
        return Opening(files=files_of(words), token=token)
    if len(words) > 1:
        raise FileRefused("Only one link can be opened at a time, and no file with it.")
    return Opening(ticket_of(links[0]), new=links[0].rstrip("/") == f"{SCHEME}//new", token=token)


def ticket_of(address: str) -> str:
    """Give the request that `tracker://ticket/REF` names; nothing for any other address."""
    prefix = f"{SCHEME}//ticket/"
    reference = address.removeprefix(prefix).strip("/") if address.startswith(prefix) else ""
    return reference if len(reference) <= _LONGEST_REFERENCE and reference.isprintable() else ""


def files_of(words: Sequence[str]) -> tuple[str, ...]:
    """Give full paths of files that were named, as paths or as file: addresses. Raises FileRefused.

    Whether they are there, and small enough, is found when they are attached.
    """
    if len(words) > MOST_FILES:
        raise FileRefused(f"At most {MOST_FILES} files can be attached at once, not {len(words)}.")
    return tuple(_path(word) for word in words)


def _path(word: str) -> str:
    path = _of_address(word) if word.startswith(_FILE) else word
    shown = "".join(letter if letter.isprintable() else "?" for letter in path)[:80]
    if any("\ud800" <= letter <= "\udfff" for letter in path):
        raise FileRefused(f"The name of “{shown}” is not text, so it cannot be attached. Rename it first.")
    if not path or "\0" in path or len(path) > _LONGEST_PATH:
        raise FileRefused(f"“{shown}” is not the name of a file.")
    return os.path.abspath(path)


def _of_address(address: str) -> str:
    """Give the path of a file: address on this computer; "" for one elsewhere."""
    from urllib.parse import unquote, urlsplit
    from urllib.request import url2pathname

    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.netloc not in ("", "localhost"):
        return ""
    return url2pathname(parts.path) if os.name == "nt" else unquote(parts.path, errors="surrogateescape")
