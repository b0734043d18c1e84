"""A message of any Matrix client as text and files that are safe to show."""

from typing import TypeVar

import msgspec

from tracker.desks.matrix import contents
from tracker.desks.matrix.media import is_file
from tracker.desks.safetext import safe_file_name, safe_html, safe_line, safe_text
from tracker.model.attachment import Attachment
from tracker.model.chat import MessageKind

T = TypeVar("T")

_FILES = frozenset({"m.file", "m.image", "m.video", "m.audio"})
_WORDS = frozenset({"m.text", "m.notice", "m.emote", "m.location", "m.server_notice"})
_LARGEST = 2**53
_HTML_LIMIT = 300_000


class Words(msgspec.Struct, frozen=True):
    """What a message says: what it is, safe plain text, and its files."""

    kind: MessageKind
    text: str = ""
    files: tuple[Attachment, ...] = ()


UNKNOWN = Words(MessageKind.UNKNOWN)
UNREADABLE = Words(MessageKind.UNREADABLE)


def words_of(kind: str, content: msgspec.Raw) -> Words:
    """Read the content of an event of this type; whatever stands there, the answer is harmless."""
    if kind == "m.room.encrypted":
        return UNREADABLE
    said = read(content, contents.Said)
    if said is None:
        return UNKNOWN
    if kind == "m.sticker" or (kind == "m.room.message" and said.msgtype in _FILES):
        return _file(said, content)
    text = _text(said)
    if kind != "m.room.message" or said.msgtype not in _WORDS:
        return Words(MessageKind.UNKNOWN, text)
    return Words(MessageKind.TEXT, text)


def read_text(raw: msgspec.Raw) -> str:
    """Read a raw value that should be a text; nothing for anything else."""
    return read(raw, str) or ""


def read(raw: msgspec.Raw, kind: type[T]) -> T | None:
    """Read raw JSON as this kind; None for what is something else."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _text(said: contents.Said) -> str:
    html = ""
    if read_text(said.format) == "org.matrix.custom.html":
        html = read_text(said.formatted_body)[:_HTML_LIMIT]
    if not html:
        return safe_text(said.body).text
    # Quoted words of the message one answers to stand there already.
    start, found, rest = html.partition("<mx-reply>")
    if found:
        html = start + rest.partition("</mx-reply>")[2]
    return safe_html(html).text or safe_text(said.body).text


def _file(said: contents.Said, content: msgspec.Raw) -> Words:
    about = read(content, contents.FileSaid)
    if about is None or not is_file(about.url):
        return Words(MessageKind.UNKNOWN, safe_text(said.body).text)
    name = read_text(about.filename)
    caption = _text(said) if name and said.body != name else ""
    info = read(about.info, contents.FileInfo) or contents.FileInfo()
    size = info.size if info.size is not None and 0 <= info.size < _LARGEST else None
    file = Attachment(
        about.url,
        safe_file_name(name or said.body),
        size,
        safe_line(info.mimetype, 100) or "application/octet-stream",
    )
    return Words(MessageKind.TEXT, caption, (file,))
