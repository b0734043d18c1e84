"""What was written and attached in RT's transactions, chosen among its parts and made safe."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.desks.rt import wire
from tracker.desks.safetext import safe_file_name, safe_html, safe_text
from tracker.model.attachment import Attachment


@dataclass(frozen=True, slots=True)
class Words:
    """One transaction's text and files."""

    text: str = ""
    files: tuple[Attachment, ...] = ()


def words_by_transaction(texts: Iterable[wire.Part], files: Iterable[wire.Part]) -> dict[int, Words]:
    """Gather texts and files under their transactions' ids."""
    written: dict[int, list[wire.Part]] = {}
    for part in texts:
        written.setdefault(wire.number(part.transaction_id), []).append(part)
    attached: dict[int, list[Attachment]] = {}
    for part in files:
        attached.setdefault(wire.number(part.transaction_id), []).append(_attachment(part))
    return {
        key: Words(text_of(written.get(key, [])), tuple(attached.get(key, [])))
        for key in written.keys() | attached.keys()
    }


def text_of(parts: Iterable[wire.Part]) -> str:
    """Choose the text among the parts of a message: plain text where there is some, else the HTML."""
    plain: list[str] = []
    rich: list[str] = []
    for part in parts:
        if part.content and part.content.strip():
            (rich if (part.content_type or "").lower() == "text/html" else plain).append(part.content)
    if plain:
        return safe_text("\n\n".join(plain)).text
    return safe_html("<br><br>".join(rich)).text if rich else ""


def split_id(attachment: str) -> tuple[str, str] | None:
    """Give the transaction and the part that an `Attachment.id` of ours names; None for anybody else's."""
    transaction, _, part = attachment.partition("/")
    return (transaction, part) if transaction.isdecimal() and part.isdecimal() else None


def _attachment(part: wire.Part) -> Attachment:
    size = None if part.content_length in (None, "") else wire.number(part.content_length)
    key = f"{wire.number(part.transaction_id)}/{wire.number(part.id)}"
    mime = (part.content_type or "application/octet-stream").lower()[:100]
    return Attachment(key, safe_file_name(part.filename or ""), size, mime)
