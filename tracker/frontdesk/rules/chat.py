"""What both sides do in a chat: start it, write, edit, take back, end it."""

from msgspec.structs import replace

from tracker.frontdesk.chat_values import Chat, OfferStanding, ReadMarks
from tracker.frontdesk.refusals import Refused, not_found
from tracker.frontdesk.requests import EditMessage, Message, Nothing, StartChat
from tracker.frontdesk.rules.chat_offer import offer_at
from tracker.frontdesk.rules.chat_sessions import chat_of_speaker, end_session, side_of, stirred
from tracker.frontdesk.rules.move import Move, checked_text, new_id
from tracker.frontdesk.rules.promises import keep_by_word
from tracker.frontdesk.values import EventData
from tracker.model.event import EventKind

NOT_NOW: dict[OfferStanding, str] = {
    "closed": "The desk is closed, so nobody can chat now. Write a reply instead; it is read when we open.",
    "nobody": "Nobody is there to chat right now. Write a reply instead, or ask for a call.",
    "full": "Too many people are waiting to chat. Write a reply instead, or try again later.",
}


def start(move: Move, body: StartChat) -> None:
    """Take the conversation up: a new session in the queue, perhaps with first words."""
    if side_of(move.ticket, move.actor.id) == "agent":
        raise Refused("not_allowed", "Only those whose request it is can start a chat on it.")
    move.require_open()
    was = move.ticket.chat
    if was is not None and was.is_active:
        raise Refused("not_now", "A chat on this request is going on already.")
    offer = offer_at(move.now, move.context.directory.chat_floor(), move.context.settings)
    if offer.state != "open":
        raise Refused("not_now", NOT_NOW[offer.state])
    text = checked_text(body.text)
    session = new_id()
    chat = Chat(
        session=session,
        state="queued",
        started_at=move.now,
        first_place=offer.place,
        read=was.read if was is not None else ReadMarks(),
    )
    move.ticket = replace(move.ticket, chat=chat)
    move.tell(EventKind.CHAT_STARTED, EventData(session=session))
    move.facts[-1] = replace(move.facts[-1], id=session)
    if text.strip():
        _write(move, chat, text)
        move.main = 0


def send(move: Move, body: Message) -> None:
    """Write a message in the session that is going on."""
    chat = chat_of_speaker(move)
    _write(move, chat, checked_text(body.text, required=not body.attachments))


def edit(move: Move, message_id: str, body: EditMessage) -> None:
    """Put other words in place of those of one's own message."""
    chat = _own_message(move, message_id)
    text = checked_text(body.text, required=True)
    _stir(move, chat)
    data = EventData(session=chat.session, message=message_id)
    move.say(EventKind.CHAT_EDITED, text, data=data)


def remove(move: Move, message_id: str) -> None:
    """Take one's own message back, with its files."""
    chat = _own_message(move, message_id)
    _stir(move, chat)
    move.tell(EventKind.CHAT_REMOVED, EventData(session=chat.session, message=message_id))


def end(move: Move, _body: Nothing) -> None:
    """End the session, or leave the queue."""
    chat_of_speaker(move)
    end_session(move, "you" if side_of(move.ticket, move.actor.id) == "requester" else "agent")


def _write(move: Move, chat: Chat, text: str) -> None:
    _stir(move, replace(chat, messages=chat.messages + 1))
    move.say(EventKind.CHAT_MESSAGE, text, data=EventData(session=chat.session))
    if side_of(move.ticket, move.actor.id) == "agent":
        keep_by_word(move)


def _stir(move: Move, chat: Chat) -> None:
    moved = stirred(chat, move.now, move.context.settings.chat)
    move.ticket = replace(move.ticket, chat=moved)


def _own_message(move: Move, message_id: str) -> Chat:
    """Give the session of a message that the actor may still change; raises `Refused` when they may not."""
    said = move.context.directory.chat_message(message_id)
    if said is None or said.event.ticket != move.ticket.number:
        raise not_found("That message")
    if said.event.actor.id != move.actor.id:
        raise Refused("not_allowed", "Only whoever wrote a message can change it.")
    chat = chat_of_speaker(move)
    if said.event.data.session != chat.session:
        raise Refused("not_now", "That chat is over, so its messages stay as they are.")
    if said.is_removed:
        raise Refused("not_now", "That message was taken back already.")
    return chat
