"""Which cards a request needs, told without loading any of them: a page must open at once."""

from tracker.model.call import CallState
from tracker.model.event import EventKind
from tracker.model.stage import Stage
from tracker.model.ticket import Act
from tracker.model.track import OverlayKind, Track
from tracker.model.wish import WishKind
from tracker.ui.ports import Conversations
from tracker.ui.tickets.said import overlay_of, told
from tracker.ui.tickets.wish_sender import WishSender

CALL_WISHES = (WishKind.CALL, WishKind.CALL_OFF)
FAREWELL_WISHES = (WishKind.RATE, WishKind.THANKS)
CHECK_IN_WISHES = (WishKind.STILL_FINE, WishKind.CAME_BACK)
WAITS = (
    OverlayKind.WAITING_FOR_YOU,
    OverlayKind.WAITING_FOR_APPROVAL,
    OverlayKind.WAITING_FOR_SUPPLIER,
    OverlayKind.WAITING_FOR_PARTS,
    OverlayKind.WAITING_FOR_CHANGE,
)
"""What a request may wait for, as the waiting card explains it."""

NEWS_OVERLAYS = (
    OverlayKind.PROMISE_MISSED,
    *[kind for kind in WAITS if kind is not OverlayKind.WAITING_FOR_YOU],
    OverlayKind.QUIET,
    OverlayKind.HANDED_OVER,
)
"""Exceptions whose card offers to ask for news; the most urgent one's does."""

_ENDS = (EventKind.SOLVED, EventKind.CLOSED, EventKind.CONFIRMED)


def shows_chat(track: Track, talks: Conversations) -> bool:
    """Say whether a chat on it goes on."""
    chat = talks.chat(track.ticket.id)
    return chat is not None and chat.is_active


def asks(track: Track) -> bool:
    """Say whether there is something to say yes or no to."""
    return Act.CONFIRM in track.you_can or Act.NOT_FIXED in track.you_can


def shows_call(track: Track, sender: WishSender) -> bool:
    """Say whether there is a call to show: one under way, missed, or just done, or one asked for here."""
    if sender.on_its_way(*CALL_WISHES) is not None or sender.refused(*CALL_WISHES) is not None:
        return True
    if overlay_of(track, OverlayKind.CALLBACK_MISSED) is not None:
        return True
    call = track.call
    if call is None or track.stage >= Stage.FIXED:
        return False
    if call.state is CallState.DONE:
        return told(track, EventKind.CALLBACK_DONE) is not None
    return call.state is not CallState.CANCELLED


def offers_call(track: Track, sender: WishSender) -> bool:
    """Say whether a call would help, and the desk lets one ask for it."""
    waits = sender.on_its_way(WishKind.CALL) is not None
    return track.in_circles and Act.ASK_FOR_CALL in track.you_can and not waits


def offers_options(track: Track) -> bool:
    """Say whether there is something to choose."""
    return bool(track.ticket.options) and overlay_of(track, OverlayKind.POWERLESS) is not None


def may_thank(track: Track, sender: WishSender) -> bool:
    """Say whether thanks can still be said: once after each end."""
    return Act.THANK in track.you_can and not has_thanked(track, sender)


def has_thanked(track: Track, sender: WishSender) -> bool:
    """Say whether thanks were said since the end."""
    if sender.on_its_way(WishKind.THANKS) is not None:
        return True
    end = told(track, *_ENDS)
    return told(track, EventKind.THANKED, after=end.at if end is not None else None) is not None


def may_rate(track: Track, sender: WishSender) -> bool:
    """Say whether a rating can still be given: one for each request."""
    if Act.RATE not in track.you_can or track.ticket.rating is not None:
        return False
    return sender.on_its_way(WishKind.RATE) is None and told(track, EventKind.RATED) is None


def says_farewell(track: Track, sender: WishSender) -> bool:
    """Say whether there is something to thank for or to rate, or that was just done."""
    if track.stage is not Stage.DONE:
        return False
    going = sender.on_its_way(*FAREWELL_WISHES) or sender.refused(*FAREWELL_WISHES)
    return going is not None or may_thank(track, sender) or may_rate(track, sender)


def checks_in(track: Track, sender: WishSender) -> bool:
    """Say whether it is time to ask, or an answer is on its way or was refused."""
    going = sender.on_its_way(*CHECK_IN_WISHES) or sender.refused(*CHECK_IN_WISHES)
    return going is not None or Act.CHECK_IN in track.you_can
