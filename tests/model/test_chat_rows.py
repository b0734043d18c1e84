"""A chat in the history of a request: its rows, how long it went on, and what it is worth as a word."""

import pytest

from tests.model.making import PRIYA, YOU, at, created, event, outcomes, promised, rows, said, seen
from tests.model.making import ticket as request
from tracker.model.chat_end import ChatEnd, EndedBy
from tracker.model.event import Event, EventKind
from tracker.model.person import SYSTEM
from tracker.model.promise import PromiseState
from tracker.model.ticket import Act, TicketState
from tracker.model.titles import note

NOW = at(18, 12)
STARTED = event(EventKind.CHAT_STARTED, at(18, 10), YOU)
JOINED = event(EventKind.CHAT_JOINED, at(18, 10, 2), person="Priya Nair")
ENDED = event(
    EventKind.CHAT_ENDED, at(18, 10, 31), PRIYA, chat=ChatEnd(None, 12, at(18, 10, 31) - at(18, 10))
)
WORKING = request(state=TicketState.WORKING)


def test_a_chat_stands_in_the_history_and_its_newest_row_opens_it() -> None:
    drawn = seen(WORKING, [created(), STARTED, JOINED, ENDED], NOW)
    assert rows(drawn, NOW)[:3] == [
        "Priya Nair ended the chat",
        "Priya Nair joined the chat",
        "You started a chat",
    ]
    assert [entry.conversation for entry in drawn.entries[:3]] == [True, False, False]
    assert said(drawn.entries[0].note, NOW) == "12 messages in 31 min"


def test_while_somebody_is_in_the_chat_that_is_what_happens_now() -> None:
    new = request(state=TicketState.NEW)
    assert said(seen(new, [created(), STARTED, JOINED], NOW).now, NOW) == "Priya Nair is chatting with you"
    over = seen(new, [created(), STARTED, JOINED, ENDED], NOW)
    assert said(over.now, NOW) == "The desk has it. Nobody has taken it yet"
    fixed = seen(request(state=TicketState.RESOLVED), [created(), STARTED, JOINED], NOW)
    assert said(fixed.now, NOW) == "IT thinks it is fixed. Does it work?"


def test_each_chat_of_a_request_can_be_opened_once() -> None:
    again = event(EventKind.CHAT_STARTED, at(18, 11), YOU)
    drawn = seen(WORKING, [created(), STARTED, JOINED, ENDED, again], NOW)
    assert [entry.event for entry in drawn.entries if entry.conversation] == [
        EventKind.CHAT_STARTED,
        EventKind.CHAT_ENDED,
    ]


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (ChatEnd(EndedBy.IDLE, 0), "Nothing was written"),
        (ChatEnd(EndedBy.IDLE, 1), "1 message"),
        (ChatEnd(EndedBy.IDLE, 2), "2 messages"),
        (ChatEnd(EndedBy.IDLE, 1, NOW - at(18, 11)), "1 message in 1 h"),
        (ChatEnd(EndedBy.IDLE), ""),
    ],
)
def test_the_end_tells_how_much_was_written(end: ChatEnd, words: str) -> None:
    assert said(note(event(EventKind.CHAT_ENDED, NOW, SYSTEM, chat=end)), NOW) == words


@pytest.mark.parametrize("word", [JOINED, ENDED])
def test_somebody_in_the_chat_keeps_a_promise_of_news(word: Event) -> None:
    promise = promised(at(18, 12), at(18, 9))
    told = [created(), event(EventKind.PROMISE_MADE, at(18, 9), SYSTEM, promise=promise), word]
    assert outcomes(WORKING, told, at(18, 11)) == {"p1": PromiseState.KEPT}


def test_a_chat_that_silence_ended_keeps_no_promise() -> None:
    promise = promised(at(18, 12), at(18, 9))
    ended = event(EventKind.CHAT_ENDED, at(18, 10), SYSTEM, chat=ChatEnd(EndedBy.IDLE))
    told = [created(), event(EventKind.PROMISE_MADE, at(18, 9), SYSTEM, promise=promise), ended]
    assert outcomes(WORKING, told, at(18, 11)) == {"p1": PromiseState.OPEN}


def test_a_long_talk_is_not_called_silence() -> None:
    late = event(EventKind.CHAT_ENDED, at(20, 10), PRIYA)
    drawn = seen(WORKING, [created(), STARTED, JOINED, late], at(20, 10))
    assert "2 days in the chat" in rows(drawn, at(20, 10))


def test_a_talk_that_goes_on_is_not_called_silence() -> None:
    assert "2 days in the chat" in rows(seen(WORKING, [created(), STARTED, JOINED], at(20, 10)), at(20, 10))
    left = event(EventKind.CHAT_LEFT, at(18, 10, 3))
    drawn = seen(WORKING, [created(), STARTED, JOINED, left], at(20, 10))
    assert "2 days in the queue, no word" in rows(drawn, at(20, 10))


def test_one_can_chat_where_the_desk_lets_one() -> None:
    may = frozenset({Act.REPLY, Act.CHAT})
    assert Act.CHAT in seen(request(state=TicketState.WORKING, may=may), [created()], NOW).you_can
    assert Act.CHAT not in seen(WORKING, [created()], NOW).you_can
