"""Whatever stands in the events of a room, what is shown of it is harmless, and nothing falls over."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contract.values import times_in
from tracker.desks.matrix import wire
from tracker.desks.matrix.book import Book
from tracker.desks.matrix.gathered import Gathered
from tracker.desks.matrix.talk import Talk
from tracker.desks.safetext import TEXT_LIMIT
from tracker.model.chat import ChatState, Message, MessageKind
from tracker.model.chat_end import EndedBy
from tracker.model.event import EventKind
from tracker.model.ticket import TicketId

ME, TESS, DMITRI = "@jane:x.test", "@tess:x.test", "@dmitri:x.test"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
STAMP = int(NOW.timestamp() * 1000)

anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
    | st.sampled_from(
        ["m.text", "m.file", "mxc://a/b", "m.replace", "$1", "join", "leave", "ended", ME, TESS]
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
FIELDS = (
    *("body", "msgtype", "url", "filename", "info", "format", "formatted_body", "m.relates_to"),
    *(
        "m.new_content",
        "membership",
        "displayname",
        "session",
        "state",
        "redacts",
        "it.tracker.command",
        "file",
    ),
)
KINDS = (
    *("m.room.message", "m.room.member", "m.room.encrypted", "m.room.redaction", "m.sticker", "m.reaction"),
    *("it.tracker.session", "it.tracker.ticket", "m.room.encryption", "org.example.poll"),
)
contents = st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), anything, max_size=6)


@st.composite
def events(draw: st.DrawFn) -> dict[str, Any]:
    event: dict[str, Any] = {
        "type": draw(st.sampled_from(KINDS)),
        "content": draw(contents | anything),
        "event_id": draw(st.sampled_from(["$1", "$2", "$3", "$4"]) | st.text(max_size=5)),
        "sender": draw(st.sampled_from([ME, TESS, DMITRI]) | st.text(max_size=8)),
        "origin_server_ts": draw(st.integers(-(10**25), 10**25) | st.just(STAMP)),
    }
    if draw(st.booleans()):
        event["state_key"] = draw(st.sampled_from(["", ME, TESS]))
    if draw(st.booleans()):
        event["unsigned"] = draw(anything)
    for field in draw(st.sets(st.sampled_from(sorted(event)), max_size=1)):
        event[field] = draw(anything)
    return event


def follow(talk: Talk, *told: Any) -> Gathered:
    into = Gathered()
    raw = [msgspec.Raw(json.dumps(event).encode()) for event in told]
    for event in wire.events_in(raw):
        talk.take(event, into, now=NOW)
    return into


def a_talk() -> Talk:
    return Talk("!r", TicketId("7"), ME)


def a_message(number: int, sender: str = TESS, **content: Any) -> dict[str, Any]:
    return {
        "type": "m.room.message",
        "event_id": f"${number}",
        "sender": sender,
        "origin_server_ts": STAMP + number,
        "content": {"msgtype": "m.text", "body": f"Number {number}"} | content,
    }


def a_session(number: int, state: str = "queued", sender: str = ME) -> dict[str, Any]:
    content = {"session": "s1", "state": state}
    return a_message(number, sender) | {"type": "it.tracker.session", "state_key": "", "content": content}


def a_member(number: int, user: str, membership: str, sender: str = "") -> dict[str, Any]:
    content = {"membership": membership, "displayname": "Tess Tech"}
    told = a_message(number, sender or user)
    return told | {"type": "m.room.member", "state_key": user, "content": content}


@given(st.lists(events(), max_size=12))
@settings(max_examples=100)
def test_no_events_whatever_can_do_harm(told: list[dict[str, Any]]) -> None:
    talk = a_talk()
    found = follow(talk, *told)
    places = [message.place for message in found.messages]
    assert places == sorted(set(places))
    assert all(0 <= place < 2**63 for place in places)
    for message in found.messages:
        assert_harmless(message)
    chat = talk.chat()
    for moment in times_in((*found.messages, *found.events, *found.amendments, *([chat] if chat else []))):
        assert datetime(2000, 1, 1, tzinfo=UTC) <= moment <= NOW + timedelta(minutes=10)
    # What a cursor carries is taken up again as it was.
    book = Book()
    book.add(talk)
    other = Book()
    assert other.go_on(book.cursor(ME, "s1"), ME) == "s1"
    assert [each.standing for each in other.talks()] == [talk.standing]


def assert_harmless(message: Message) -> None:
    assert not set(message.text) & set("\u202e\u2066\x00\x1b\x07")
    assert len(message.text) < TEXT_LIMIT + 100
    for file in message.attachments:
        assert file.id.startswith("mxc://")
        assert not set(file.name) & set('/\\:\0\n\r"\u202e')


HARD = {
    "script": ("<script>alert(1)</script>Hello <b>you</b>", "Hello you"),
    "picture": ('<img src="https://evil.test/x.png" alt="a cat">', "a cat"),
    "quote": ("<mx-reply><blockquote>old words</blockquote></mx-reply>New words", "New words"),
    "link": ('<a href="https://evil.test">https://good.test</a>', "https://evil.test"),
}


@pytest.mark.parametrize("case", HARD)
def test_markup_becomes_words(case: str) -> None:
    html, expected = HARD[case]
    said = a_message(1, format="org.matrix.custom.html", formatted_body=html)
    (message,) = follow(a_talk(), said).messages
    assert expected in message.text
    assert not {"<b", "<i", "<s"} & {message.text[at : at + 2] for at in range(len(message.text))}
    assert "alert" not in message.text
    assert "old words" not in message.text


def test_a_megabyte_and_stacked_marks_are_cut_and_stay_text() -> None:
    found = follow(
        a_talk(),
        a_message(1, body="x" * 1_000_000),
        a_message(2, body="Z" + "\u0352" * 5000),
        a_message(3, body="\u202egpj.exe\u202c \u0007"),
    )
    assert len(found.messages) == 3
    for message in found.messages:
        assert_harmless(message)


def test_what_is_encrypted_is_said_to_be_so() -> None:
    talk = a_talk()
    secret = a_message(2) | {"type": "m.room.encrypted", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    (message,) = follow(talk, a_session(1), secret).messages
    assert message.kind is MessageKind.UNREADABLE
    chat = talk.chat()
    assert chat is not None
    assert chat.encrypted


def test_an_unknown_kind_is_told_if_it_says_something_in_words_and_else_left_out() -> None:
    poll = a_message(1, body="A poll: tea or coffee?") | {"type": "org.example.poll"}
    silent = a_message(2) | {"type": "org.example.dance", "content": {"steps": 3}}
    odd = a_message(3, msgtype="org.example.hologram", body="A hologram")
    found = follow(a_talk(), poll, silent, odd)
    assert [(each.kind, each.text) for each in found.messages] == [
        (MessageKind.UNKNOWN, "A poll: tea or coffee?"),
        (MessageKind.UNKNOWN, "A hologram"),
    ]


def test_nobody_can_edit_what_another_wrote() -> None:
    edit = {"m.new_content": {"msgtype": "m.text", "body": "I agree."}}
    relation = {"m.relates_to": {"rel_type": "m.replace", "event_id": "$1"}}
    found = follow(
        a_talk(),
        a_message(1, ME),
        a_message(2, TESS, **edit, **relation),
        a_message(3, ME, **edit, **relation),
    )
    assert [(each.message, each.text) for each in found.amendments] == [("$1", "I agree.")]
    assert len(found.messages) == 1


def test_only_our_own_events_say_that_our_command_is_done() -> None:
    mark = {"it.tracker.command": {"id": "c1", "part": 1, "of": 2}}
    found = follow(a_talk(), a_message(1, TESS, **mark), a_message(2, ME, **mark))
    assert [each.command_id for each in found.messages] == [None, "c1"]


def test_a_command_of_several_parts_is_done_with_the_last() -> None:
    parts = [a_message(n, ME, **{"it.tracker.command": {"id": "c1", "part": n, "of": 3}}) for n in range(3)]
    assert [each.command_id for each in follow(a_talk(), *parts).messages] == [None, None, "c1"]


def test_the_order_holds_though_the_clock_goes_back() -> None:
    late = a_message(1) | {"origin_server_ts": STAMP + 60_000}
    early = a_message(2) | {"origin_server_ts": STAMP - 60_000}
    found = follow(a_talk(), late, early)
    assert [each.id for each in sorted(found.messages, key=lambda each: each.place)] == ["$1", "$2"]


def test_the_last_agent_who_goes_ends_it() -> None:
    talk = a_talk()
    found = follow(talk, a_session(1), a_member(2, TESS, "join"), a_member(3, TESS, "leave"))
    kinds = [event.kind for event in found.events]
    assert kinds == [EventKind.CHAT_STARTED, EventKind.CHAT_JOINED, EventKind.CHAT_ENDED]
    chat = talk.chat()
    assert chat is not None
    assert (chat.state, chat.ended_by) == (ChatState.ENDED, EndedBy.AGENT)


def test_an_agent_who_goes_after_asking_another_in_hands_it_on() -> None:
    talk = a_talk()
    found = follow(
        talk,
        a_session(1),
        a_member(2, TESS, "join"),
        a_member(3, DMITRI, "invite", sender=TESS),
        a_member(4, TESS, "leave"),
    )
    assert found.events[-1].kind is EventKind.CHAT_LEFT
    chat = talk.chat()
    assert chat is not None
    assert chat.state is ChatState.QUEUED
    follow(talk, a_member(5, DMITRI, "join"))
    chat = talk.chat()
    assert chat is not None
    assert chat.state is ChatState.OPEN


def test_an_agent_still_in_the_room_takes_the_next_session_by_writing() -> None:
    talk = a_talk()
    follow(talk, a_session(1), a_member(2, TESS, "join"), a_session(3, "ended"))
    again = a_session(4) | {"content": {"session": "s2", "state": "queued"}}
    found = follow(talk, again, a_message(5))
    assert [event.kind for event in found.events] == [EventKind.CHAT_STARTED, EventKind.CHAT_JOINED]
    assert found.messages[0].session == "s2"


def test_who_puts_the_person_out_ends_it() -> None:
    talk = a_talk()
    follow(talk, a_session(1), a_member(2, TESS, "join"), a_member(3, ME, "leave", sender=TESS))
    chat = talk.chat()
    assert chat is not None
    assert chat.ended_by is EndedBy.DESK
    assert talk.gone
