"""What is new in one conversation since its page last heard: added, changed, read."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.frontdesk.answers import Change
from tracker.frontdesk.chatting import last_messages
from tracker.frontdesk.pages.chat_talk import Item, Teller, is_talk
from tracker.frontdesk.pages.chat_view import Talk
from tracker.frontdesk.pages.visitor import Visitor
from tracker.frontdesk.storage.chats import find_message
from tracker.model.event import EventKind as Kind

MARKED = 200
"""Messages whose mark is renewed at most when the other side has read; older ones were read long before."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What comes below, what stands otherwise now, and what was read; `day`, `last`: of what stands last."""

    added: tuple[Item, ...]
    changed: tuple[Item, ...]
    read_now: tuple[Item, ...]
    day: str
    last: int

    @property
    def is_any(self) -> bool:
        """True when something is to be shown."""
        return bool(self.added or self.changed)


def fresh_talk(visitor: Visitor, talk: Talk, changes: Iterable[Change]) -> Fresh:
    """Find what is new in a conversation among the changes of the desk."""
    number = talk.ticket.number
    events = [change.event for change in changes if change.ticket.number == number and is_talk(change.event)]
    last = _number(visitor.asked("last"))
    events = [event for event in events if event.seq > last]
    teller = Teller(visitor.session.user.id, talk.chat, talk.read, visitor.time)
    added = teller.items(events, after_day=visitor.asked("day"))
    there = {item.id for item in added}
    changed = []
    with visitor.desk.reading() as connection:
        for event in events:
            if event.kind not in (Kind.CHAT_EDITED, Kind.CHAT_REMOVED) or event.data.message in there:
                continue
            said = find_message(connection, event.data.message or "")
            if said is not None:
                edit = event.text if event.kind is Kind.CHAT_EDITED else None
                changed.append(teller.item(said.event, edit=edit, removed=said.is_removed))
    return Fresh(
        added=tuple(added),
        changed=tuple(changed),
        read_now=_read_now(visitor, talk, teller, there),
        day=teller.day(events[-1].at) if events else "",
        last=events[-1].seq if events else last,
    )


def _read_now(visitor: Visitor, talk: Talk, teller: Teller, there: set[str]) -> tuple[Item, ...]:
    was = _number(visitor.asked("read"))
    if talk.read <= was:
        return ()
    said = last_messages(visitor.desk, visitor.viewer, talk.ticket.number, limit=MARKED).events
    items = (item for item in teller.items(said) if was < item.seq <= talk.read)
    return tuple(item for item in items if item.is_desk and not item.is_removed and item.id not in there)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else 0
