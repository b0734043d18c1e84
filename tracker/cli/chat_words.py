"""What a chat is in words on a terminal: where it stands, who says what, whether somebody is there."""

from datetime import datetime, timedelta, tzinfo

from tracker.core import questions as ask
from tracker.core.chat_shapes import ChatReport, MessageReport
from tracker.model.wording import moment, span

_ENDS = {
    "you": "you ended it",
    "agent": "{who} ended it",
    "idle": "it ended, as nobody wrote any more",
    "desk": "the desk ended it",
}


def chat_words(chat: ChatReport) -> str:
    """Say where a chat stands and how many messages there are."""
    count = "1 message" if chat.messages == 1 else f"{chat.messages} messages"
    return f"{state_words(chat)}; {count}"


def state_words(chat: ChatReport) -> str:
    """Say where a chat stands."""
    if chat.state == "queued":
        place = f"number {chat.place} in the queue" if chat.place is not None else "waiting for somebody"
        return f"{place}{wait_words(chat.shortest_wait, chat.longest_wait)}"
    if chat.state == "open":
        return f"open with {chat.agent}" if chat.agent else "open"
    return _ENDS.get(chat.ended_by or "", "over").format(who=chat.agent or "IT")


def wait_words(shortest: float | None, longest: float | None) -> str:
    """Say how long it may take; nothing where nobody knows."""
    if shortest is None or longest is None:
        return ""
    first, last = span(timedelta(seconds=shortest)), span(timedelta(seconds=longest))
    return f", about {last}" if first == last else f", {first} to {last}"


def message_words(message: MessageReport, now: datetime, zone: tzinfo) -> str:
    """Say one message in lines: when, who, what."""
    who = "You" if message.by == "you" else message.name or "IT"
    head = f"{moment(message.at, now=now, zone=zone)}  {who}: "
    told = "\n".join(
        f"{' ' * len(head) if number else ''}{text}" for number, text in enumerate(_lines(message))
    )
    mark = f" ({message.delivery})" if message.delivery else " (changed)" if _is_changed(message) else ""
    return head + told + mark


def offer_words(offer: ask.ChatOffered, now: datetime, zone: tzinfo) -> str:
    """Say whether somebody would answer now."""
    if offer.state == "open":
        place = f"You would be number {offer.place} in the queue" if offer.place else "Somebody is there"
        return f"{place}{wait_words(offer.shortest_wait, offer.longest_wait)}."
    if offer.state == "full":
        return "Too many people wait in the chat right now."
    if offer.opens_at is not None:
        return f"Nobody is there to chat. It opens {moment(offer.opens_at, now=now, zone=zone)}."
    return "Nobody is there to chat right now."


def _lines(message: MessageReport) -> list[str]:
    if message.removed:
        return ["(took this message back)"]
    if message.kind == "unreadable":
        return ["(encrypted: this program cannot read it)"]
    lines = message.text.splitlines()
    return [*lines, *(f"[file: {name}]" for name in message.files)] or ["(a message without words)"]


def _is_changed(message: MessageReport) -> bool:
    return message.changed_at is not None and not message.removed
