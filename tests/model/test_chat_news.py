"""What is told of a chat, in which words, and which toast takes the place of which."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.model.making import BERLIN, PRIYA, YOU, at, event, said, ticket
from tracker.model.attachment import Attachment
from tracker.model.attention import Attention, News, Reader, decide, heard
from tracker.model.chat import Chat, ChatState, Message
from tracker.model.chat_end import ChatEnd, EndedBy
from tracker.model.chat_news import as_event, idle_event
from tracker.model.draft import chat_draft
from tracker.model.event import Event, EventKind
from tracker.model.focus import HIDDEN, Focus
from tracker.model.news import buttons_of, class_of
from tracker.model.notice import Button, Notice, NoticeClass, Show
from tracker.model.notice_words import body_of, detail_of
from tracker.model.person import SYSTEM
from tracker.model.telling import NotifySettings
from tracker.model.ticket import TicketId, TicketState

NOW = at(18, 12)
WORKING = ticket(state=TicketState.WORKING)
TALKING = Chat(TicketId("7"), "s1", ChatState.OPEN, at(18, 11), ends_at=at(18, 12, 10), warned=True)
FILE = Attachment("f1", "vpn-status.png", 84_000)


def wrote(when: datetime, text: str = "Could you try it now?", name: str = "m1") -> Event:
    return as_event(Message(name, TicketId("7"), 1, when, PRIYA, text))


def tell(state: Attention, *events: Event, now: datetime, focus: Focus = HIDDEN) -> tuple[Attention, Notice]:
    reader = Reader(NotifySettings(), focus, BERLIN)
    state, notices, _ = decide(heard(state, now), [News(WORKING, events)], reader, now)
    return state, notices[0]


def test_a_message_is_told_at_once_with_a_place_to_reply() -> None:
    told = wrote(NOW, "Done.\nCould you reconnect?")
    assert class_of(told, WORKING, NOW) is NoticeClass.NOW
    assert buttons_of(told, NoticeClass.NOW) == (Button.REPLY,)
    assert said(body_of(told, WORKING), NOW) == "Priya: Done. Could you reconnect?"
    assert said(detail_of(told, WORKING, NOW), NOW) == "INC-7"


def test_a_long_message_is_cut_short_in_the_notice() -> None:
    body = said(body_of(wrote(NOW, "word " * 1000), WORKING), NOW)
    assert len(body) < 150
    assert body.endswith("…")


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (Message("m", TicketId("7"), 1, NOW, PRIYA, attachments=(FILE,)), "Priya Nair sent a file"),
        (Message("m", TicketId("7"), 1, NOW, PRIYA), "Priya Nair wrote in the chat"),
        (Message("m", TicketId("7"), 1, NOW, SYSTEM), "IT wrote in the chat"),
        (Message("m", TicketId("7"), 1, NOW, YOU), "You wrote in the chat"),
    ],
)
def test_a_message_without_words_is_told_too(message: Message, words: str) -> None:
    assert said(body_of(as_event(message), WORKING), NOW) == words


def test_what_was_said_in_a_chat_an_hour_ago_is_only_progress() -> None:
    assert class_of(wrote(at(18, 11, 30)), WORKING, NOW) is NoticeClass.PROGRESS
    assert class_of(wrote(at(18, 11, 31)), WORKING, NOW) is NoticeClass.NOW


def test_a_chat_on_a_request_that_is_over_is_told_all_the_same() -> None:
    assert class_of(wrote(NOW), ticket(state=TicketState.CLOSED), NOW) is NoticeClass.NOW


@pytest.mark.parametrize(
    ("kind", "who", "end", "words"),
    [
        (EventKind.CHAT_ENDED, SYSTEM, ChatEnd(EndedBy.IDLE), "The chat ended, as nobody wrote any more"),
        (EventKind.CHAT_ENDED, SYSTEM, ChatEnd(EndedBy.DESK), "The desk ended the chat"),
        (EventKind.CHAT_ENDED, PRIYA, ChatEnd(EndedBy.AGENT), "Priya Nair ended the chat"),
        (EventKind.CHAT_ENDED, SYSTEM, None, "The chat ended"),
        (EventKind.CHAT_LEFT, PRIYA, None, "Priya Nair left the chat"),
    ],
)
def test_that_nobody_is_there_any_more_is_told_at_once(
    kind: EventKind, who: object, end: ChatEnd | None, words: str
) -> None:
    told = event(kind, NOW, PRIYA if who is PRIYA else SYSTEM, chat=end)
    assert class_of(told, WORKING, NOW) is NoticeClass.NOW
    assert said(body_of(told, WORKING), NOW) == words
    assert "INC-7" in said(detail_of(told, WORKING, NOW), NOW)


def test_the_end_you_made_yourself_is_not_told() -> None:
    assert class_of(event(EventKind.CHAT_ENDED, NOW, YOU), WORKING, NOW) is None
    by_you = event(EventKind.CHAT_ENDED, NOW, SYSTEM, chat=ChatEnd(EndedBy.YOU))
    assert class_of(by_you, WORKING, NOW) is None
    assert said(body_of(by_you, WORKING), NOW) == "You ended the chat"


def test_a_chat_that_is_handed_over_says_to_whom_and_that_one_waits() -> None:
    told = event(EventKind.CHAT_HANDED_OVER, NOW, person="Ravi Menon", previous="Priya Nair")
    assert said(body_of(told, WORKING), NOW) == "Priya Nair handed the chat over to Ravi Menon"
    assert said(detail_of(told, WORKING, NOW), NOW) == "The chat goes on as soon as somebody joins · INC-7"
    back = event(EventKind.CHAT_HANDED_OVER, NOW, SYSTEM)
    assert said(body_of(back, WORKING), NOW) == "IT put the chat back in the queue"


def test_silence_is_warned_of_before_it_ends_the_chat() -> None:
    warned = idle_event(TALKING, NOW)
    assert warned is not None
    assert class_of(warned, WORKING, NOW) is NoticeClass.NOW
    assert buttons_of(warned, NoticeClass.NOW) == (Button.REPLY,)
    assert said(body_of(warned, WORKING), NOW) == "The chat ends at 12:10 unless somebody writes"
    assert class_of(warned, WORKING, at(18, 12, 10)) is NoticeClass.PROGRESS
    later = idle_event(TALKING, NOW + timedelta(minutes=1))
    assert later is not None
    assert later.id == warned.id


def test_a_warning_without_a_time_says_soon() -> None:
    told = event(EventKind.CHAT_IDLE, NOW, SYSTEM)
    assert said(body_of(told, WORKING), NOW) == "The chat ends soon unless somebody writes"
    assert class_of(told, WORKING, NOW) is NoticeClass.NOW


@pytest.mark.parametrize(
    "chat",
    [
        replace(TALKING, warned=False),
        replace(TALKING, ends_at=None),
        replace(TALKING, state=ChatState.ENDED),
        replace(TALKING, state=ChatState.QUEUED),
    ],
)
def test_a_chat_that_is_not_about_to_end_warns_of_nothing(chat: Chat) -> None:
    assert idle_event(chat, NOW) is None


def test_one_toast_for_a_chat_and_no_sound_for_every_line() -> None:
    state, first = tell(Attention(), wrote(NOW), now=NOW)
    assert first.show is Show.TOAST
    soon = NOW + timedelta(seconds=10)
    state, second = tell(state, wrote(soon, "And now?", "m2"), now=soon)
    assert second.show is Show.REPLACE
    late = NOW + timedelta(seconds=21)
    _, third = tell(state, wrote(late, "Hello?", "m3"), now=late)
    assert third.show is Show.TOAST


def test_progress_does_not_take_the_place_of_a_message_to_reply_to() -> None:
    state, _ = tell(Attention(), wrote(NOW), now=NOW)
    soon = NOW + timedelta(minutes=1)
    state, told = tell(state, event(EventKind.WORK_STARTED, soon), now=soon)
    assert told.show is Show.LIST
    _, after = tell(state, event(EventKind.WORK_STARTED, at(18, 12, 30)), now=at(18, 12, 30))
    assert after.show is Show.TOAST


def test_who_looks_at_the_chat_gets_no_toast() -> None:
    _, told = tell(Attention(), wrote(NOW), now=NOW, focus=Focus(True, TicketId("7"), chat=True))
    assert told.show is Show.LIST
    assert told.read


def test_a_chat_is_active_while_somebody_waits_or_talks() -> None:
    states = {state: replace(TALKING, state=state).is_active for state in ChatState}
    assert states == {ChatState.QUEUED: True, ChatState.OPEN: True, ChatState.ENDED: False}


def test_what_is_typed_in_a_chat_is_not_the_draft_of_a_reply() -> None:
    assert chat_draft("7") != "7"
    assert chat_draft("7") != chat_draft("8")
