"""What a page asks for by itself every few seconds: nothing when nothing is new, else the parts that are."""

from starlette.responses import Response

from tracker.frontdesk import limits, reading
from tracker.frontdesk.answers import Change
from tracker.frontdesk.attendance import note_presence
from tracker.frontdesk.pages.frame import frame, pulse_of
from tracker.frontdesk.pages.queue_rows import STATES
from tracker.frontdesk.pages.rendering import GUARDED
from tracker.frontdesk.pages.showing import ticket_parts
from tracker.frontdesk.pages.telling import title
from tracker.frontdesk.pages.visitor import HOME, Visitor
from tracker.frontdesk.storage.chats import TALK
from tracker.model.event import EventKind

LISTS = {name: f"{HOME}/{name}" for name in ("calls", "visits", "review")}
TOLD = 3
"""Pieces of news said one by one; more are counted."""


def show_news(visitor: Visitor) -> Response:
    """Give what changed since the moment the page shows."""
    seen, number = visitor.asked("pulse"), visitor.asked("ticket")
    note_presence(visitor.desk, visitor.session.user)
    if seen == pulse_of(visitor):
        return Response(status_code=204, headers=GUARDED)
    cursor, _, _ = seen.partition("~")
    changes, is_reset = _changes(visitor, cursor)
    touched = is_reset or any(change.ticket.number == number for change in changes)
    return visitor.press.page(
        "news.html",
        time=visitor.time,
        frame=frame(visitor),
        me=visitor.session.user,
        states=STATES,
        token=visitor.session.form_token,
        said=_say(changes, visitor.session.user.id),
        here=f"{HOME}/tickets/{number}" if number else LISTS.get(visitor.asked("list"), HOME),
        number=number,
        parts=ticket_parts(visitor, number).shown(visitor) if number and touched else None,
    )


def _changes(visitor: Visitor, cursor: str) -> tuple[tuple[Change, ...], bool]:
    found = reading.changes_after(visitor.desk, visitor.viewer, cursor or "0", limit=limits.PAGE_ITEMS)
    return found.changes, found.reset


def _say(changes: tuple[Change, ...], me: str) -> list[str]:
    """Say the newest of what people did; what the reader did, and what follows from it, is no news."""
    people = [
        change
        for change in changes
        if change.event.actor.id not in (None, me) and change.event.kind not in TALK
    ]
    missed = [change for change in changes if change.event.kind is EventKind.PROMISE_MISSED]
    told = [f"{one.ticket.number}: {title(one.event, me)}." for one in (*missed, *people)]
    rest = len(told) - TOLD
    return told if rest <= 0 else [*told[:TOLD], f"And {rest} more."]
