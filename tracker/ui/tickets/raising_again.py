"""A new request that goes on where an old one ended, with what was said on it."""

from PySide6.QtCore import QCoreApplication

from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.track import Entry, EntryKind, Track
from tracker.ui.plain_text import one_line
from tracker.ui.wording import Wording

_ROWS = 12
_ROW_LENGTH = 400


def raised_again(track: Track, wording: Wording, line: str) -> Draft:
    """Write the draft: the old subject, the person's `line`, the old number, and what was told there.

    The desk has no other link between the two than these words, so they name the old request first.
    """
    ticket = track.ticket
    number, subject = one_line(ticket.number, 60), one_line(ticket.subject, 200)
    link = _tr("This goes on from {number}: {subject}").format(number=number, subject=subject)
    where = f"{link}\n{ticket.url}" if ticket.url else link
    rows = [_row(entry, wording) for entry in track.entries if entry.kind is EntryKind.EVENT][:_ROWS]
    history = "\n".join((_tr("What happened there, newest first:"), *rows)) if rows else ""
    text = "\n\n".join(part for part in (line.strip(), where, history) if part)
    return Draft(NEW_REQUEST, text, subject=subject)


def _row(entry: Entry, wording: Wording) -> str:
    told = f"{wording.day(entry.at)}, {wording.time(entry.at)}: {wording.text(entry.title, name_today=True)}"
    said = one_line(entry.text, _ROW_LENGTH)
    return f"{told}: {said}" if said else told


def _tr(text: str) -> str:
    return QCoreApplication.translate("RaisingAgain", text)
