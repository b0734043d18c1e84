"""What a file is called and what it is, judged from a name nobody vouches for and its first bytes."""

import mimetypes
import unicodedata

LONGEST = 150
UNNAMED = "file"
PLAIN = "text/plain"
BYTES = "application/octet-stream"
FORBIDDEN = frozenset('<>:"|?*')
DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in "123456789"}
)
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"%PDF-", "application/pdf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
)
ZIP = b"PK\x03\x04"
SNIFFED_BYTES = 512
TEXTUAL = frozenset({"application/json", "application/xml", "application/javascript", "message/rfc822"})
SNIFFABLE = frozenset(mime for _, mime in SIGNATURES) | {"application/zip", "image/webp"}
"""Types whose signature we know: a file that only claims one of them is not it."""
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
"""Not in Python's own table, which alone is asked: what a computer has installed changes nothing."""


def safe_name(name: str) -> str:
    """Give a name that is only a name: no folders, no hidden marks, nothing a file system trips over."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in last if c not in FORBIDDEN and unicodedata.category(c)[0] != "C")
    tidy = " ".join(visible.split()).strip(". ")
    stem, dot, ending = tidy.rpartition(".")
    if not dot:
        stem, ending = tidy, ""
    if stem.split(".")[0].casefold() in DEVICES:
        stem = f"_{stem}"
    ending = ending[:20]
    shortened = stem[: LONGEST - len(ending) - len(dot)] + dot + ending
    return shortened or UNNAMED


def type_of(name: str, head: bytes) -> str:
    """Tell a file's media type: its content speaks first, its name only where that fits."""
    for signature, mime in SIGNATURES:
        if head.startswith(signature) and (len(signature) > 2 or not _is_text(head)):
            return mime
    guessed = _claimed_type(name)
    if head.startswith(ZIP):
        return guessed if guessed and "application/" in guessed else "application/zip"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if _is_text(head):
        return guessed if guessed and _may_be_text(guessed) else PLAIN
    return guessed if guessed and not _may_be_text(guessed) and guessed not in SNIFFABLE else BYTES


def _claimed_type(name: str) -> str | None:
    ending = name[name.rfind(".") :].lower()
    return OFFICE.get(ending) or mimetypes.MimeTypes().guess_type(name)[0]


def _is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3 and len(head) == SNIFFED_BYTES
    return True


def _may_be_text(mime: str) -> bool:
    return mime.startswith("text/") or mime.endswith(("+xml", "+json")) or mime in TEXTUAL
