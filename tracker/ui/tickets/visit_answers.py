"""What was said about a visit, and how that stands: on its way, refused, or with the desk."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from tracker.model.event import EventKind
from tracker.model.track import Track
from tracker.model.wish import Wish, WishKind
from tracker.ui.page_context import PageContext
from tracker.ui.tickets.said import told
from tracker.ui.tickets.visit_words import window_of
from tracker.ui.tickets.wish_sender import WishSender, wish_in
from tracker.ui.timeline.words import delivery_words

VISIT_WISHES = (
    WishKind.VISIT_OK,
    WishKind.VISIT_MOVE,
    WishKind.VISIT_NOT_THERE,
    WishKind.VISIT_PLACE,
)
_BOOKINGS = (EventKind.VISIT_BOOKED, EventKind.VISIT_MOVED)
_ANSWERED = (EventKind.VISIT_MOVE_ASKED, EventKind.VISIT_NOT_THERE)


def outcome(track: Track, sender: WishSender, context: PageContext, *, online: bool) -> tuple[str, str]:
    """Say what was asked last and how it stands, and in which ink; "" where nothing was."""
    refused = sender.refused(*VISIT_WISHES)
    pending = sender.on_its_way(*VISIT_WISHES) or refused
    wish = wish_in(pending)
    if pending is not None and wish is not None:
        words = delivery_words(pending.delivery, pending.error, online=online)
        return f"{_asked(wish, context)} {words}", "late" if pending is refused else "text"
    return _standing(track, context), "text"


def _asked(wish: Wish, context: PageContext) -> str:
    if wish.kind is WishKind.VISIT_OK:
        return _tr("You said that the time suits you.")
    if wish.kind is WishKind.VISIT_NOT_THERE:
        return _tr("You said that you will not be there.")
    if wish.kind is WishKind.VISIT_PLACE:
        return _tr("You said where to find you.")
    times = ", ".join(window_of(w.starts, w.ends, context.wording) for w in wish.windows if w.is_sound)
    chosen = _tr("You chose {time}.") if wish.slot else _tr("You asked for another time: {time}.")
    return chosen.format(time=times) if times else _tr("You asked for another time.")


def _standing(track: Track, context: PageContext) -> str:
    """Say what the desk has of it and has not answered yet."""
    said = told(track, *_ANSWERED, after=_booked_at(track))
    if said is None:
        return ""
    time = context.wording.when(said.at)
    if said.event is EventKind.VISIT_NOT_THERE:
        return _tr("You said that you will not be there ({time}). IT has it.").format(time=time)
    return _tr("You asked for another time ({time}). IT has it, and you see the answer here.").format(
        time=time
    )


def _booked_at(track: Track) -> datetime | None:
    booked = told(track, *_BOOKINGS)
    return booked.at if booked is not None else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("VisitCard", text)
