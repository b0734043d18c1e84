"""What a row of the history says: a title, the small words after it, a note, and how a sending stands."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from tracker.model.command import Delivery
from tracker.model.event import Confidence
from tracker.model.person import ActorKind
from tracker.model.track import Entry, EntryKind
from tracker.ui.plain_text import one_line
from tracker.ui.timeline.rows import Row, RowKind
from tracker.ui.wording import Wording


@dataclass(frozen=True, slots=True)
class RowWords:
    """`small` follows the title, `note` is a second line, `exact` the moment in full; "" is none."""

    title: str
    small: str = ""
    note: str = ""
    exact: str = ""
    note_ink: str = "muted"


def row_words(row: Row, wording: Wording, *, online: bool, percent: int | None = None) -> RowWords:
    """Put a row into words. `online`: the desk can be reached, so what is queued is being sent.

    `percent` of its files have gone, where they go just now.
    """
    if row.kind is RowKind.DAY and row.at is not None:
        return RowWords(wording.locale.toUpper(wording.heading(row.at)))
    if row.line is not None:
        return _present(row, wording)
    entry = row.entry
    if entry is None:
        return RowWords("")
    # Under the heading of another day "17:00" alone would be read as that day's.
    past = not wording.is_today(entry.at)
    title, exact = wording.text(entry.title, name_today=past), wording.exact(entry.at)
    if row.kind is RowKind.PENDING:
        return _pending(entry, wording, online=online, percent=percent)
    if row.kind is RowKind.GAP:
        return RowWords(title)
    note = wording.text(entry.note, name_today=past) if entry.note else ""
    return RowWords(title, _small(entry, title, wording), note, exact)


def delivery_words(delivery: Delivery | None, error: str | None, *, online: bool) -> str:
    """Say how far something the person wrote has got; `error` is why the desk refused it."""
    if delivery is Delivery.REJECTED:
        reason = one_line(error or "").rstrip(".")
        return (
            _tr("Could not be sent: {reason}.").format(reason=reason) if reason else _tr("Could not be sent.")
        )
    if delivery is Delivery.DELIVERED:
        return _tr("Sent")
    if not online:
        return _tr("Waiting for the network. It is sent by itself.")
    if delivery is Delivery.UNSURE:
        return _tr("Finding out whether it arrived")
    return _tr("Sending")


def _present(row: Row, wording: Wording) -> RowWords:
    line = row.line
    assert line is not None  # noqa: S101 - told by the caller
    title = wording.text(line)
    if row.kind is RowKind.NOW:
        since = line.since
        small = _tr("now, since {time}").format(time=wording.when(since)) if since else _tr("now")
        return RowWords(title, small, exact=wording.exact(since) if since else "")
    small = wording.relative(line.by) if line.by else _tr("next")
    return RowWords(title, small or _tr("next"), exact=wording.exact(line.by) if line.by else "")


def _pending(entry: Entry, wording: Wording, *, online: bool, percent: int | None) -> RowWords:
    refused = entry.delivery is Delivery.REJECTED
    note = delivery_words(entry.delivery, entry.error, online=online)
    if percent is not None:
        note = _tr("Sending, {number} %").format(number=wording.number(percent))
    return RowWords(
        wording.text(entry.title),
        wording.when(entry.at),
        note,
        wording.exact(entry.at),
        "late" if refused else "muted",
    )


def _small(entry: Entry, title: str, wording: Wording) -> str:
    time = wording.time(entry.at)
    if entry.confidence is Confidence.DERIVED:
        time = _tr("noticed {time}").format(time=time)
    actor = entry.actor
    name = one_line(actor.name, 80) if actor is not None and actor.kind is not ActorKind.YOU else ""
    if entry.kind is EntryKind.EVENT and name and actor is not None and actor.first_name not in title:
        return _tr("{time} · by {name}").format(time=time, name=name)
    return time


def _tr(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)
