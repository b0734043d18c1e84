"""What happened in a chat, as one line of the history and as one of a notice."""

from tracker.model.chat_end import ChatEnd, EndedBy
from tracker.model.event import Event, EventKind
from tracker.model.line import Line, line
from tracker.model.person import ActorKind

_ENDED = {
    EndedBy.YOU: "You ended the chat",
    EndedBy.AGENT: "{who} ended the chat",
    EndedBy.IDLE: "The chat ended, as nobody wrote any more",
    EndedBy.DESK: "The desk ended the chat",
}


def chat_joined(event: Event) -> Line:
    """Say who is there now."""
    return line("{who} joined the chat", who=_agent(event))


def chat_left(event: Event) -> Line:
    """Say who is gone."""
    return line("{who} left the chat", who=_agent(event))


def chat_handed_over(event: Event) -> Line:
    """Say who had the chat and who has it next; without a name it waits for anybody."""
    before, to = event.details.previous or event.actor.name or "IT", event.details.person
    if to is None:
        return line("{who} put the chat back in the queue", who=before)
    return line("{before} handed the chat over to {to}", before=before, to=to)


def chat_idle(event: Event) -> Line:
    """Say that silence is about to end the chat, and when."""
    until = event.details.until
    if until is None:
        return line("The chat ends soon unless somebody writes")
    return line("The chat ends at {time} unless somebody writes", time=until)


def chat_ended(event: Event) -> Line:
    """Say who or what ended it, as far as the desk tells."""
    by = end_of(event).by
    if by is None:
        return line("The chat ended")
    return line(_ENDED[by], who=event.actor.name or "IT") if by is EndedBy.AGENT else line(_ENDED[by])


def chat_note(event: Event) -> Line | None:
    """Say how long a chat went on and how many messages there were."""
    end = end_of(event)
    if end.messages is None:
        return None
    if end.messages == 0:
        return line("Nothing was written")
    one = end.messages == 1
    if end.lasted is None:
        return line("1 message") if one else line("{count} messages", count=end.messages)
    if one:
        return line("1 message in {span}", span=end.lasted)
    return line("{count} messages in {span}", count=end.messages, span=end.lasted)


def chat_message(event: Event) -> Line:
    """Say who wrote, where what they wrote has no words of its own to show."""
    who = "You" if event.actor.kind is ActorKind.YOU else event.actor.name or "IT"
    if event.details.attachments and not event.text:
        return line("{who} sent a file", who=who)
    return line("{who} wrote in the chat", who=who)


def end_of(event: Event) -> ChatEnd:
    """Give what is told of the end; where the desk does not say who ended it, whoever did that."""
    told = event.details.chat or ChatEnd()
    if told.by is None and event.kind is EventKind.CHAT_ENDED:
        by = {ActorKind.YOU: EndedBy.YOU, ActorKind.AGENT: EndedBy.AGENT}.get(event.actor.kind)
        return ChatEnd(by, told.messages, told.lasted)
    return told


def _agent(event: Event) -> str:
    return event.details.person or event.actor.name or "IT"
