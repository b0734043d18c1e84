"""One room and the conversation in it: follows its events in order and says what they mean."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import msgspec

from tracker.desks.matrix import contents, wire
from tracker.desks.matrix.attendance import Attendance, Step
from tracker.desks.matrix.gathered import Gathered
from tracker.desks.matrix.message_reading import read, words_of
from tracker.model.chat import Amendment, Chat, ChatState, Message
from tracker.model.chat_end import EndedBy
from tracker.model.event import EventKind

_AHEAD = timedelta(minutes=10)
_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_MESSAGES = frozenset({"m.room.message", "m.room.encrypted", "m.sticker"})
_QUIET = frozenset({"m.reaction", "m.room.redaction", contents.TICKET, contents.SESSION})
_REMEMBERED = 5000


@dataclass(slots=True)
class Talk(Attendance):
    """A room of a request. Events must come in the room's order, each once.

    `is_told`: the news have told it so far. `commands`: the events of our messages by part; `steps`: our
    commands that began or ended a session.
    """

    senders: dict[str, str] = field(default_factory=dict)
    up_to: dict[str, str] = field(default_factory=dict)
    latest: str = ""
    commands: dict[str, dict[int, str]] = field(default_factory=dict)
    steps: set[str] = field(default_factory=set)
    is_told: bool = False

    def chat(self) -> Chat | None:
        """Give the conversation as it stands; None while there never was a session."""
        return self.standing.chat(self.ticket, lambda user: self.person(user))

    def learn(self, state: list[wire.Event]) -> None:
        """Take in state that was told beside the events: what people call themselves, and encryption."""
        for event in state:
            if event.type == "m.room.member" and event.state_key:
                self.learn_name(event)
            elif event.type == "m.room.encryption":
                self.standing = msgspec.structs.replace(self.standing, encrypted=True)

    def take(self, event: wire.Event, into: Gathered, *, now: datetime) -> None:
        """Follow one event. `now` is the server's time: nothing is taken to be later."""
        step = Step(event, into, _moment(event.origin_server_ts, now))
        if event.type == "m.room.member" and event.state_key is not None:
            self.take_member(step, event.state_key)
        elif event.type == contents.SESSION and event.state_key is not None:
            self._take_session(step)
        elif event.type == "m.room.encryption" and event.state_key is not None:
            self.standing = msgspec.structs.replace(self.standing, encrypted=True)
        elif event.type == "m.room.redaction":
            self._take_redaction(step)
        elif event.state_key is None and event.type not in _QUIET and event.event_id:
            self._take_message(step)
        _remember(self.up_to, event.event_id, self.latest)

    def edit(self, event: wire.Event) -> str | None:
        """Name the message that this event edits; None when it edits none."""
        if event.type != "m.room.message" or event.state_key is not None:
            return None
        edit = wire.content_of(event, contents.Replacement)
        return edit.relates.event_id if edit and edit.relates.rel_type == "m.replace" else None

    def is_message(self, event: wire.Event) -> bool:
        """Tell whether this event is a message of the conversation, and no change of one."""
        return event.type in _MESSAGES and event.state_key is None and self.edit(event) is None

    def _take_session(self, step: Step) -> None:
        told = wire.content_of(step.event, contents.Session)
        if told is None or step.event.state_key:
            return
        if step.event.sender == self.me:
            self.steps |= {told.command or told.session}
        if told.state == "queued" and told.session != self.standing.session:
            self.standing = self.standing.begun(told.session, step.at)
            # The words that follow say that the command is done; without words this does.
            mine = step.event.sender == self.me and not told.words
            self.tell(EventKind.CHAT_STARTED, step, command_id=told.session if mine else None)
        elif told.state == "ended" and self.standing.is_active and told.session == self.standing.session:
            by = EndedBy.YOU if step.event.sender == self.me else EndedBy.AGENT
            self.standing = self.standing.ended(by, step.at)
            command = told.command if step.event.sender == self.me else None
            self.tell(EventKind.CHAT_ENDED, step, command_id=command or None)

    def _take_redaction(self, step: Step) -> None:
        # Beside the content it is the server's word, before version 11 of rooms the only place for it.
        told = wire.content_of(step.event, contents.Redaction)
        target = step.event.redacts or (told.redacts if told else None)
        if target:
            step.into.amendments.append(Amendment(target, self.ticket, step.at, None))

    def _take_message(self, step: Step) -> None:
        edited = self.edit(step.event)
        if edited is not None:
            self._take_edit(step, edited)
            return
        _remember(self.senders, step.event.event_id, step.event.sender)
        if step.event.sender != self.me:
            self._hear_agent(step)
        message = self._message(step)
        if message is not None:
            self.latest = message.id
            step.into.messages.append(message)

    def _hear_agent(self, step: Step) -> None:
        self.standing = self.standing.with_inside(step.event.sender)
        if not self.standing.session:  # the desk's side opened the room and speaks first
            self.standing = self.standing.begun(step.event.event_id, step.at)
            self.tell(EventKind.CHAT_STARTED, step, by=step.event.sender, mark=":started")
        if self.standing.state is ChatState.QUEUED:
            self.standing = self.standing.joined(step.event.sender, step.at)
            self.tell(EventKind.CHAT_JOINED, step, by=step.event.sender, mark=":joined")

    def _message(self, step: Step) -> Message | None:
        before = read(step.event.unsigned, contents.Before)
        removed = before is not None and before.redacted_because is not None
        words = words_of(step.event.type, step.event.content)
        if step.event.type not in _MESSAGES and not words.text and not removed:
            return None  # a kind of event that says nothing in words
        if step.event.type == "m.room.encrypted":
            self.standing = msgspec.structs.replace(self.standing, encrypted=True)
        place, self.standing = self.standing.next_place(step.at)
        return Message(
            id=step.event.event_id,
            ticket=self.ticket,
            place=place,
            at=step.at,
            sender=self.person(step.event.sender),
            text="" if removed else words.text,
            kind=words.kind,
            attachments=() if removed else words.files,
            command_id=self._command_done(step.event),
            session=self.standing.session,
            changed_at=step.at if removed else None,
            removed=removed,
        )

    def _command_done(self, event: wire.Event) -> str | None:
        """Name our command whose last part this is."""
        marked = wire.content_of(event, contents.Marked)
        if marked is None or event.sender != self.me:
            return None
        self.commands.setdefault(marked.command.id, {})[marked.command.part] = event.event_id
        return marked.command.id if marked.command.part == marked.command.of - 1 else None

    def _take_edit(self, step: Step, target: str) -> None:
        # Only whoever wrote a message may change it; servers do not look after that.
        edit = wire.content_of(step.event, contents.Replacement)
        if edit is None or self.senders.get(target) != step.event.sender:
            return
        words = words_of(step.event.type, edit.content)
        step.into.amendments.append(Amendment(target, self.ticket, step.at, words.text))


def _moment(milliseconds: int, now: datetime) -> datetime:
    """Read a time as the server tells it; one that cannot be is brought to the nearest that can."""
    latest = now + _AHEAD
    if not 0 <= milliseconds < 10**13:
        return _FIRST if milliseconds < 0 else latest
    told = datetime(1970, 1, 1, tzinfo=UTC) + milliseconds * _MILLISECOND
    return min(max(told, _FIRST), latest)


def _remember(these: dict[str, str], key: str, value: str) -> None:
    these[key] = value
    if len(these) > _REMEMBERED:
        del these[next(iter(these))]
