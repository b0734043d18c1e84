"""What one card of the list says: a request put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.model.command import Delivery
from tracker.model.stage import Progress, Stage
from tracker.model.ticket import Act, TicketId
from tracker.model.track import EntryKind, Track
from tracker.ui.plain_text import one_line
from tracker.ui.theme.tokens import Tone
from tracker.ui.tickets.looks import chip_tone, reached

if TYPE_CHECKING:
    from tracker.ui.wording import Wording

_ASKED = (Act.NOT_FIXED, Act.CONFIRM)


@dataclass(frozen=True, slots=True)
class CardLook:
    """Everything a card draws, in the reader's words. `acts` are the buttons in the card, in order.

    `date` is the one date that matters under its `label`, `exact` the same in full. `spoken` is the whole
    card as a sentence for assistive technology.
    """

    ticket: TicketId
    number: str
    chip: str
    tone: Tone
    subject: str
    now: str
    stages: int
    reached: float
    label: str = ""
    date: str = ""
    exact: str = ""
    edge: Tone = Tone.NEUTRAL
    acts: tuple[Act, ...] = ()
    spoken: str = ""


def card_look(track: Track, wording: Wording, *, unread: int = 0) -> CardLook:
    """Put a request into the words of its card; `unread` messages of its chat come first."""
    ticket = track.ticket
    chip, now = wording.text(track.chip), wording.text(track.now)
    if unread:
        said = _tr("Chat: {count} new").format(count=wording.number(unread))
        now = f"{said} · {now}" if now else said
    subject = one_line(ticket.subject) or _tr("(no subject)")
    label = date = exact = ""
    if track.expected is not None:
        label = wording.text(track.expected_label) if track.expected_label else _tr("Expected")
        date, exact = wording.date_that_matters(track.expected), wording.exact(track.expected)
    asks = track.stage is Stage.FIXED
    return CardLook(
        ticket=ticket.id,
        number=one_line(ticket.number, 40),
        chip=chip,
        tone=chip_tone(track),
        subject=subject,
        now=now,
        stages=len(track.milestones),
        reached=reached(track.milestones),
        label=label,
        date=date,
        exact=exact,
        edge=Tone.OK if asks else Tone.NEUTRAL,
        acts=tuple(act for act in _ASKED if asks and act in track.you_can and not _answered(track)),
        spoken=_spoken(track, wording, (subject, chip, now), f"{label} {exact}".strip()),
    )


def act_words(act: Act) -> str:
    """Return the words on a card's button."""
    return _tr("Yes, it works") if act is Act.CONFIRM else _tr("Not fixed")


def _answered(track: Track) -> bool:
    """Say whether something the person wrote is on its way: it may be the answer."""
    return any(
        entry.kind is EntryKind.PENDING and entry.delivery is not Delivery.REJECTED for entry in track.entries
    )


def _spoken(track: Track, wording: Wording, said: tuple[str, str, str], expected: str) -> str:
    subject, chip, now = said
    parts = [subject, one_line(track.ticket.number, 40), chip, now]
    for at, node in enumerate(track.milestones, start=1):
        if node.progress is Progress.NOW:
            words = _tr("Stage {at} of {count}, {label}")
            parts.append(words.format(at=at, count=len(track.milestones), label=wording.text(node.label)))
    return ". ".join(part.rstrip(".") for part in [*parts, expected] if part) + "."


def _tr(text: str) -> str:
    return QCoreApplication.translate("CardLook", text)
