"""From the embedded desk's conversations to the model's, made safe on the way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from tracker.desks.frontdesk import wire, wire_chat
from tracker.desks.frontdesk.safe_values import line_of, moment, optional_moment, text_of, words_of
from tracker.desks.safetext import safe_file_name
from tracker.model.attachment import Attachment
from tracker.model.chat import (
    Amendment,
    Chat,
    ChatOffer,
    ChatState,
    EndedBy,
    Message,
    MessageKind,
    OfferState,
    ReadMark,
    Wait,
)
from tracker.model.event import EventKind
from tracker.model.person import ActorKind, Person
from tracker.model.ticket import TicketId

MESSAGE = "chat_message"
_EDITED, _REMOVED = "chat_edited", "chat_removed"
_WORDS = frozenset({MESSAGE, _EDITED, _REMOVED})
_FACTS = frozenset(kind.value for kind in EventKind)
_STATES = {state.value: state for state in ChatState}
_ENDED_BY = {by.value: by for by in EndedBy}
_OFFERS = {state.value: state for state in OfferState}


@dataclass(slots=True)
class Words:
    """What was said, and what became of it, in the order in which the desk has it."""

    messages: list[Message] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)


def is_word(told: wire.Event) -> bool:
    """Tell what belongs to a conversation from facts of the history; kinds of a newer desk too."""
    if told.kind in _WORDS:
        return True
    return told.kind.startswith("chat_") and told.kind not in _FACTS and told.data.session is not None


def words_in(events: Iterable[wire.Event], person: Callable[[wire.Actor], Person]) -> Words:
    """Read what belongs to conversations; `person` reads who said it."""
    words = Words()
    for told in events:
        if told.kind in (_EDITED, _REMOVED):
            if told.data.message is not None:
                words.amendments.append(_amendment(told, told.data.message))
        elif is_word(told):
            words.messages.append(_message(told, person(told.actor)))
    return words


def chat_of(ticket: str, told: wire_chat.Chat) -> Chat:
    """Read a conversation; a state of a newer desk counts as going on until it has an end."""
    otherwise = ChatState.OPEN if told.ended_at is None else ChatState.ENDED
    return Chat(
        ticket=TicketId(ticket),
        session=told.session,
        state=_STATES.get(told.state, otherwise),
        started_at=moment(told.started_at),
        agent=Person(line_of(told.agent.name)) if told.agent else None,
        joined_at=optional_moment(told.joined_at),
        ended_at=optional_moment(told.ended_at),
        ended_by=_ENDED_BY.get(told.ended_by or ""),
        place=told.place,
        first_place=told.first_place,
        wait=_wait(told.wait),
        ends_at=optional_moment(told.ends_at),
        warned=told.warned,
    )


def reads_of(ticket: str, told: wire_chat.Chat, *, mine: bool) -> tuple[ReadMark, ...]:
    """Read how far each side has read; the requester is the person only where `mine` says so."""
    marks = []
    if told.read.requester is not None and mine:
        marks.append(ReadMark(TicketId(ticket), ActorKind.YOU, told.read.requester))
    if told.read.agent is not None:
        marks.append(ReadMark(TicketId(ticket), ActorKind.AGENT, told.read.agent))
    return tuple(marks)


def offer_of(told: wire_chat.Offer) -> ChatOffer:
    """Read whether somebody would answer; what cannot be understood is no promise that somebody is there."""
    return ChatOffer(
        state=_OFFERS.get(told.state, OfferState.NOBODY),
        agents=told.agents,
        place=told.place,
        wait=_wait(told.wait),
        opens_at=optional_moment(told.opens_at),
    )


def attachment_of(told: wire.File) -> Attachment:
    """Read a file's description; the name is fit for a folder."""
    return Attachment(told.id, safe_file_name(told.name), told.size, line_of(told.mime))


def _message(told: wire.Event, sender: Person) -> Message:
    known = told.kind == MESSAGE
    return Message(
        id=told.id,
        ticket=TicketId(told.ticket),
        place=told.seq,
        at=moment(told.at),
        sender=sender,
        text=text_of(told.text) if told.text or known else words_of(told.kind),
        kind=MessageKind.TEXT if known else MessageKind.UNKNOWN,
        attachments=tuple(attachment_of(file) for file in told.attachments),
        command_id=told.command_id,
        session=told.data.session or "",
    )


def _amendment(told: wire.Event, message: str) -> Amendment:
    text = text_of(told.text) if told.kind == _EDITED else None
    return Amendment(message, TicketId(told.ticket), moment(told.at), text)


def _wait(told: wire_chat.Wait | None) -> Wait | None:
    if told is None or told.longest < told.shortest:
        return None
    most = 7 * 24 * 3600  # nobody waits in a chat for longer, and larger numbers are no lengths of time
    return Wait(timedelta(seconds=min(told.shortest, most)), timedelta(seconds=min(told.longest, most)))
