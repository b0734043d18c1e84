"""What the chat page says of a message and of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.model.chat import Chat, ChatState, ChatWay, EndedBy, MessageKind
from tracker.model.command import Delivery
from tracker.model.person import ActorKind
from tracker.ui.chat.rows import TalkRow, TalkRowKind
from tracker.ui.chat_start.wait_words import wait_words
from tracker.ui.plain_text import many_lines, one_line

if TYPE_CHECKING:
    from datetime import timedelta

    from tracker.ui.wording import Wording


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Chat", text, None, count)


def said(row: TalkRow) -> str:
    """Give what stands in the bubble; "" where there are only files."""
    message = row.message
    if message is None:
        return many_lines(row.words)
    if message.removed:
        return _tr("This message was taken back")
    if message.kind is MessageKind.UNREADABLE:
        return _tr("This message is encrypted, and this program cannot read it")
    if message.kind is MessageKind.UNKNOWN:
        return many_lines(message.text) or _tr("A message of a kind this program does not know")
    return many_lines(message.text)


def is_remark(row: TalkRow) -> bool:
    """Say whether the bubble holds words of ours about a message, instead of its own."""
    message = row.message
    return message is not None and (
        message.removed
        or message.kind is MessageKind.UNREADABLE
        or (message.kind is MessageKind.UNKNOWN and not message.text)
    )


def under(row: TalkRow, wording: Wording, state: str) -> str:
    """Give the small words under a bubble: the time, and `state`, how far it has got."""
    parts = [wording.time(row.at)] if row.delivery is not Delivery.REJECTED else []
    if row.message is not None and row.message.changed_at is not None and not row.message.removed:
        parts.append(_tr("edited {time}").format(time=wording.when(row.message.changed_at)))
    parts.append(state)
    return " · ".join(part for part in parts if part)


def mark(row: TalkRow, wording: Wording, *, online: bool, percent: int | None = None) -> str:
    """Say how far something the person wrote has got; `percent` of its files, where they go just now."""
    if row.delivery is None:
        return _tr("read") if row.read else _tr("delivered")
    if row.delivery is Delivery.REJECTED:
        reason = one_line(row.error).rstrip(".")
        return _tr("Not sent: {reason}").format(reason=reason) if reason else _tr("Not sent")
    if row.delivery is Delivery.DELIVERED:
        return _tr("sent")
    if percent is not None:
        return _tr("sending, {number} %").format(number=wording.number(percent))
    if not online:
        return _tr("waits for the network, then goes by itself")
    return _tr("finding out whether it arrived") if row.delivery is Delivery.UNSURE else _tr("sending…")


def read_out(row: TalkRow, wording: Wording, *, state: str = "", exact: str = "") -> str:
    """Say a row to assistive technology: who, when, what, and `state`, how far it has got.

    `exact`: its moment in full, where that is known already.
    """
    if row.kind is TalkRowKind.DAY:
        return wording.heading(row.at)
    if row.kind is TalkRowKind.NEW:
        return _tr("New messages")
    if row.kind is TalkRowKind.TOLD:
        return f"{told(row, wording)}. {wording.exact(row.at)}"
    who = _tr("You") if row.own else name_of(row)
    files = [one_line(name) for name in (*(a.name for a in row.attachments), *(f.name for f in row.files))]
    attached = _tr("Files: {names}").format(names=", ".join(files)) if files else ""
    body = ". ".join(part for part in (said(row), attached) if part)
    if row.message is not None and row.message.changed_at is not None and not row.message.removed:
        state = ", ".join(part for part in (state, _tr("edited")) if part)
    return ". ".join(part for part in (f"{who}, {exact or wording.exact(row.at)}", body, state) if part)


def told(row: TalkRow, wording: Wording) -> str:
    """Give the words of a row in the middle."""
    if row.kind is TalkRowKind.DAY:
        return wording.heading(row.at)
    if row.kind is TalkRowKind.NEW:
        return _tr("New")
    if row.line is None:
        return row.words
    return _tr("{words} · {time}").format(words=wording.text(row.line), time=wording.time(row.at))


def name_of(row: TalkRow) -> str:
    """Name who wrote a message."""
    return one_line(row.who.name, 80) or (_tr("Service desk") if row.who.kind is not ActorKind.YOU else "")


def waited(length: timedelta, wording: Wording) -> str:
    """Say how long somebody waited, to the second while that matters: "1 min 40 s"."""
    minutes, seconds = divmod(max(int(length.total_seconds()), 0), 60)
    if minutes >= 10:
        return wording.span(length)
    parts = [_tr("{minutes} min").format(minutes=wording.number(minutes))] if minutes else []
    if seconds or not minutes:
        parts.append(_tr("{seconds} s").format(seconds=wording.number(seconds)))
    return " ".join(parts)


def how_it_began(chat: Chat, number: str, wording: Wording) -> str:
    """Give the line at the beginning of a session: the place one had, how long it took, where it is kept."""
    parts = []
    if chat.first_place is not None and chat.joined_at is not None:
        parts.append(
            _tr("You were number {place} in the queue").format(place=wording.number(chat.first_place))
        )
    if chat.joined_at is not None:
        parts.append(_tr("waited {time}").format(time=waited(chat.joined_at - chat.started_at, wording)))
    kept = _tr("this chat is kept on {number}").format(number=number)
    return " · ".join([*parts, kept]) if parts else kept[:1].upper() + kept[1:]


def how_it_ended(chat: Chat, wording: Wording) -> str:
    """Say that a chat is over, since when and why."""
    when = wording.when(chat.ended_at) if chat.ended_at is not None else ""
    patterns = {
        EndedBy.YOU: _tr("You ended this chat {when}"),
        EndedBy.AGENT: _tr("This chat was ended by the service desk {when}"),
        EndedBy.IDLE: _tr("This chat ended {when}, as nobody wrote any more"),
        EndedBy.DESK: _tr("The service desk ended this chat {when}"),
    }
    pattern = (
        patterns.get(chat.ended_by, _tr("This chat ended {when}"))
        if chat.ended_by
        else _tr("This chat ended {when}")
    )
    return " ".join(pattern.format(when=when).replace(" ,", ",").split()) + "."


def title(chat: Chat | None, team: str, *, starting: bool) -> str:
    """Say who is there: the bold line of the head."""
    if starting or chat is None:
        return _tr("Starting the chat") if starting else _tr("Service desk")
    if chat.state is ChatState.QUEUED:
        return _tr("Waiting for somebody")
    name = one_line(chat.agent.name, 80) if chat.agent is not None else ""
    if not name:
        return team or _tr("Service desk")
    return _tr("{name}, {team}").format(name=name, team=team) if team else name


def subtitle(chat: Chat | None, subject: str, wording: Wording, *, starting: bool) -> str:
    """Say how it stands and what it is about: the second line of the head."""
    parts = []
    if chat is not None and not starting:
        if chat.state is ChatState.QUEUED and chat.place is not None:
            place = _tr("Number {place} in the queue").format(place=wording.number(chat.place))
            wait = wait_words(chat.wait, wording)
            parts.append(f"{place}, {wait}" if wait else place)
        elif chat.state is ChatState.ENDED and chat.ended_at is not None:
            parts.append(_tr("ended {when}").format(when=wording.when(chat.ended_at)))
    parts.append(_tr("about {subject}").format(subject=one_line(subject, 120)))
    return " · ".join(parts)


def reply_title(owner: str, team: str) -> str:
    """Say who has the request, at a desk without chat."""
    name = one_line(owner, 80)
    if name and team:
        return _tr("{name}, {team}").format(name=name, team=team)
    return name or team or _tr("Service desk")


def end_words(chat: Chat | None) -> str:
    """Give the words of the button that ends a chat."""
    if chat is not None and chat.state is ChatState.QUEUED:
        return _tr("Leave the queue")
    return _tr("End chat")


def field_words(way: ChatWay, *, goes_on: bool) -> tuple[str, str]:
    """Give the hint under the field, and what stands in it while it is empty."""
    if way is ChatWay.REPLIES:
        return _tr("If you close this window, replies reach you as notifications."), _tr("Write a reply")
    if goes_on:
        return _tr("If you close this window, replies reach you as notifications."), _tr("Write a message")
    return _tr("Your first line starts a new chat, kept on the same request."), _tr("Write the first line")
