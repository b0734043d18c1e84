"""A conversation as its page shows it: messages as they read now, what happened between them, days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.frontdesk.chat_values import Chat
from tracker.frontdesk.pages.chat_words import Piece, pieces_of
from tracker.frontdesk.pages.desk_time import DeskTime
from tracker.frontdesk.pages.telling import CHAT_NOTES, title
from tracker.frontdesk.values import Attachment, Event
from tracker.model.event import EventKind as Kind


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a conversation: a message, or (`note`) what happened. `day` is said above it, where new.

    `note` and `pieces` are as typed and must be escaped. `text` is what an edit begins with.
    """

    id: str
    seq: int
    at: datetime
    who: str
    note: str = ""
    pieces: tuple[Piece, ...] = ()
    text: str = ""
    files: tuple[Attachment, ...] = ()
    is_desk: bool = False
    is_mine: bool = False
    is_edited: bool = False
    is_removed: bool = False
    is_read: bool = False
    can_change: bool = False
    day: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells a conversation to one agent. `read`: the place of the last message the requester has read."""

    me: str
    chat: Chat | None
    read: int
    time: DeskTime

    def items(self, events: Iterable[Event], *, after_day: str = "") -> list[Item]:
        """Tell events in their order; edits and removals are told with their message.

        `after_day` is the day (ISO) of what stands above them.
        """
        events = list(events)
        edits = {event.data.message: event.text for event in events if event.kind is Kind.CHAT_EDITED}
        gone = {event.data.message for event in events if event.kind is Kind.CHAT_REMOVED}
        found: list[Item] = []
        for event in events:
            if event.kind in (Kind.CHAT_EDITED, Kind.CHAT_REMOVED):
                continue
            day = self.day(event.at)
            words = self._day_words(event.at) if day != after_day else ""
            after_day = day
            found.append(self.item(event, edit=edits.get(event.id), removed=event.id in gone, day=words))
        return found

    def item(self, event: Event, *, edit: str | None = None, removed: bool = False, day: str = "") -> Item:
        """Tell one message or happening; `edit` is what a message says now."""
        if event.kind is not Kind.CHAT_MESSAGE:
            note = title(event, self.me)
            return Item(id=event.id, seq=event.seq, at=event.at, who=event.actor.name, note=note, day=day)
        text = "" if removed else event.text if edit is None else edit
        is_mine = event.actor.id == self.me
        return Item(
            id=event.id,
            seq=event.seq,
            at=event.at,
            who="You" if is_mine else event.actor.name,
            pieces=pieces_of(text),
            text=text,
            files=() if removed else event.attachments,
            is_desk=event.actor.kind == "agent",
            is_mine=is_mine,
            is_edited=edit is not None and not removed,
            is_removed=removed,
            is_read=event.seq <= self.read,
            can_change=is_mine and not removed and self._goes_on(event),
            day=day,
        )

    def day(self, at: datetime) -> str:
        """Give the day of a time at the desk (ISO)."""
        return at.astimezone(self.time.zone).date().isoformat()

    def _day_words(self, at: datetime) -> str:
        there = at.astimezone(self.time.zone)
        today = self.time.now.astimezone(self.time.zone).date()
        ago = (today - there.date()).days
        return {0: "Today", 1: "Yesterday"}.get(ago, f"{there:%A %d %B %Y}")

    def _goes_on(self, event: Event) -> bool:
        chat = self.chat
        mine = chat is not None and chat.agent is not None and chat.agent.id == self.me
        return mine and chat is not None and chat.state == "open" and event.data.session == chat.session


def is_talk(event: Event) -> bool:
    """Tell whether an event stands in the conversation of its ticket."""
    return event.kind in CHAT_NOTES or event.kind in (
        Kind.CHAT_MESSAGE,
        Kind.CHAT_EDITED,
        Kind.CHAT_REMOVED,
    )
