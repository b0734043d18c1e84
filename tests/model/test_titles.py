"""Every kind of event is said in one plain line, with and without what it may carry."""

import re
from typing import Unpack

import pytest

from tests.model.making import PRIYA, YOU, DetailFields, at, event, promised, said, visit
from tracker.model.event import Event, EventKind
from tracker.model.person import SYSTEM, ActorKind, Person
from tracker.model.promise import PromiseKind, PromiseSource
from tracker.model.titles import note, title
from tracker.model.visit import VisitState

NOW = at(18, 12)
FIX = promised(at(21, 17), at(18, 10), kind=PromiseKind.FIX)
ON_THE_WAY = visit(VisitState.ON_THE_WAY, eta_latest=at(18, 12, 20))


def told(kind: EventKind, who: Person = PRIYA, **details: Unpack[DetailFields]) -> str:
    return said(title(event(kind, at(18, 11), who, **details)), NOW)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (EventKind.CREATED, "Priya Nair raised this request"),
        (EventKind.RECEIVED, "The desk has it"),
        (EventKind.CATEGORISED, "Sorted into the right place"),
        (EventKind.PRIORITY, "Priority changed"),
        (EventKind.ASSIGNED, "Assigned"),
        (EventKind.HANDED_OVER, "Handed over"),
        (EventKind.WORK_STARTED, "Priya Nair started work"),
        (EventKind.REPLY, "Priya Nair replied"),
        (EventKind.AUTO_REPLY, "Automatic reply"),
        (EventKind.QUESTION, "Priya Nair asks you"),
        (EventKind.ANSWER, "Priya Nair answered"),
        (EventKind.ATTACHMENT, "Priya Nair added a file"),
        (EventKind.STATUS, "The desk changed its state"),
        (EventKind.APPROVAL_ASKED, "Priya Nair asked for approval"),
        (EventKind.APPROVAL_GIVEN, "Priya Nair approved it"),
        (EventKind.APPROVAL_REFUSED, "Priya Nair did not approve it"),
        (EventKind.ON_HOLD, "On hold"),
        (EventKind.RESUMED, "Work goes on"),
        (EventKind.PROMISE_MADE, "A time was promised"),
        (EventKind.PROMISE_MOVED, "A promised time was moved"),
        (EventKind.PROMISE_KEPT, "Promise kept"),
        (EventKind.PROMISE_MISSED, "A promise was missed"),
        (EventKind.PROMISE_WITHDRAWN, "A promise was taken back"),
        (EventKind.VISIT_BOOKED, "Visit booked"),
        (EventKind.VISIT_MOVED, "Visit moved"),
        (EventKind.VISIT_CANCELLED, "The visit was cancelled"),
        (EventKind.VISIT_ON_THE_WAY, "Priya Nair set off to you"),
        (EventKind.VISIT_ETA, "Priya Nair set off to you"),
        (EventKind.VISIT_ARRIVED, "Priya Nair is with you"),
        (EventKind.VISIT_DONE, "Priya Nair finished the visit"),
        (EventKind.VISIT_FAILED, "The visit did not happen"),
        (EventKind.CALLBACK_ASKED, "Priya Nair asked for a call"),
        (EventKind.CALLBACK_BOOKED, "Call booked"),
        (EventKind.CALLBACK_TRIED, "Priya Nair tried to call"),
        (EventKind.CALLBACK_DONE, "Priya Nair called"),
        (EventKind.CALLBACK_MISSED, "The promised call did not come"),
        (EventKind.CHAT_STARTED, "Priya Nair started a chat"),
        (EventKind.CHAT_QUEUED, "Waiting for somebody to join the chat"),
        (EventKind.CHAT_JOINED, "Priya Nair joined the chat"),
        (EventKind.CHAT_LEFT, "Priya Nair left the chat"),
        (EventKind.CHAT_ENDED, "Priya Nair ended the chat"),
        (EventKind.LINKED, "Linked with another request"),
        (EventKind.MERGED, "Goes on in another request"),
        (EventKind.OUTAGE_LINKED, "Part of a known outage"),
        (EventKind.SOLVED, "Priya Nair thinks it is fixed"),
        (EventKind.CONFIRMED, "Priya Nair confirmed that it works"),
        (EventKind.NOT_FIXED, "Priya Nair said that it is not fixed"),
        (EventKind.REOPENED, "Opened again"),
        (EventKind.AUTO_CLOSE_SET, "Closes by itself later"),
        (EventKind.CLOSED, "Closed"),
        (EventKind.RATED, "Rated"),
        (EventKind.CHECKED_IN, "Priya Nair looked back at it"),
        (EventKind.HEARTBEAT, "Still on it, nothing new"),
        (EventKind.OTHER, "Priya Nair changed something"),
    ],
)
def test_a_bare_event_is_a_whole_sentence(kind: EventKind, words: str) -> None:
    assert told(kind) == words


@pytest.mark.parametrize(
    ("kind", "details", "words"),
    [
        (EventKind.PRIORITY, {"status_word": "high"}, "Priority changed to high"),
        (EventKind.ASSIGNED, {"team": "Network"}, "Assigned to Network"),
        (EventKind.ASSIGNED, {"person": "Ravi"}, "Assigned to Ravi"),
        (EventKind.ASSIGNED, {"person": "Ravi", "team": "Network"}, "Assigned to Ravi, Network"),
        (EventKind.HANDED_OVER, {"person": "Ravi"}, "Handed over to Ravi"),
        (EventKind.HANDED_OVER, {"previous": "Ana", "team": "Apps"}, "Handed over from Ana to Apps"),
        (EventKind.STATUS, {"status_word": "in triage"}, "The desk set it to “in triage”"),
        (EventKind.PROMISE_MADE, {"promise": FIX}, "Expected to be fixed by Fri 21 Nov, 17:00"),
        (
            EventKind.PROMISE_MADE,
            {"promise": promised(at(18, 17), source=PromiseSource.DESK_RULE)},
            "We aim to write by 17:00",
        ),
        (EventKind.PROMISE_MOVED, {"promise": FIX}, "Expected date moved to Fri 21 Nov, 17:00"),
        (
            EventKind.PROMISE_MOVED,
            {"promise": FIX, "until": FIX.latest},
            "Expected date moved to Fri 21 Nov, 17:00",
        ),
        (
            EventKind.PROMISE_MOVED,
            {"promise": promised(at(18, 17)), "until": at(18, 14)},
            "Next update moved to 17:00, was 14:00",
        ),
        (EventKind.PROMISE_KEPT, {"promise": FIX}, "Promise kept"),
        (
            EventKind.PROMISE_KEPT,
            {"promise": promised(at(18, 10))},
            "Done late: it was promised by 10:00",
        ),
        (EventKind.PROMISE_MISSED, {"promise": promised(at(18, 10))}, "Promised by 10:00, and missed"),
        (EventKind.VISIT_BOOKED, {"visit": visit()}, "Visit booked for Thu 20 Nov, 10:00 – 12:00"),
        (EventKind.VISIT_BOOKED, {"visit": visit(ends=None)}, "Visit booked for Thu 20 Nov, 10:00"),
        (EventKind.VISIT_MOVED, {"visit": visit()}, "Visit moved to Thu 20 Nov, 10:00 – 12:00"),
        (EventKind.VISIT_MOVED, {"visit": visit(ends=None)}, "Visit moved to Thu 20 Nov, 10:00"),
        (EventKind.VISIT_ON_THE_WAY, {"visit": ON_THE_WAY}, "Priya Nair set off to you, here by 12:20"),
        (EventKind.VISIT_ETA, {"visit": ON_THE_WAY}, "Priya Nair now arrives by 12:20"),
        (EventKind.CALLBACK_BOOKED, {"until": at(18, 15)}, "Call booked for 15:00"),
        (EventKind.AUTO_CLOSE_SET, {"until": at(25, 17)}, "Closes by itself Tue 25 Nov, 17:00"),
        (EventKind.RATED, {"score": 4}, "Rated 4 of 5"),
    ],
)
def test_what_it_carries_is_said(kind: EventKind, details: DetailFields, words: str) -> None:
    assert told(kind, **details) == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (EventKind.CREATED, "You raised this request"),
        (EventKind.REPLY, "You wrote"),
        (EventKind.ANSWER, "You answered"),
        (EventKind.ATTACHMENT, "You added a file"),
        (EventKind.CONFIRMED, "You said that it works"),
        (EventKind.NOT_FIXED, "You said that it is not fixed"),
        (EventKind.SOLVED, "You set it to fixed"),
        (EventKind.CLOSED, "You closed it"),
        (EventKind.REOPENED, "You opened it again"),
        (EventKind.APPROVAL_GIVEN, "You approved it"),
        (EventKind.CHAT_STARTED, "You started a chat"),
        (EventKind.RATED, "You rated it"),
        (EventKind.VISIT_ARRIVED, "The technician is with you"),
    ],
)
def test_your_own_acts_are_yours(kind: EventKind, words: str) -> None:
    assert told(kind, YOU) == words
    assert told(EventKind.RATED, YOU, score=5) == "You rated it 5 of 5"


def test_who_has_no_name_is_it() -> None:
    assert told(EventKind.REPLY, SYSTEM) == "IT replied"
    assert told(EventKind.VISIT_ON_THE_WAY, SYSTEM) == "The technician set off to you"
    named = visit(VisitState.ON_THE_WAY, agent="Ravi Menon")
    assert told(EventKind.VISIT_ON_THE_WAY, SYSTEM, visit=named) == "Ravi Menon set off to you"
    assert told(EventKind.REPLY, Person("Kim", ActorKind.COLLEAGUE)) == "Kim replied"


@pytest.mark.parametrize("kind", EventKind)
@pytest.mark.parametrize("who", [PRIYA, YOU, SYSTEM, Person("", ActorKind.AGENT)])
def test_no_line_has_a_hole_a_code_or_a_full_stop(kind: EventKind, who: Person) -> None:
    everything = event(
        kind, at(18, 11), who, promise=FIX, visit=ON_THE_WAY, until=at(25, 17), score=3, person="Ravi"
    )
    for each in (event(kind, at(18, 11), who), everything):
        words = said(title(each), NOW)
        assert words == words.strip()
        assert not re.search(r"[.!]$|_|\{|\}|  |None", words)
        assert words[0].isupper()


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (event(EventKind.HANDED_OVER, NOW, reason="It is the network"), "Why: It is the network"),
        (event(EventKind.HANDED_OVER, NOW), "No reason was given"),
        (event(EventKind.ON_HOLD, NOW, reason="A part is missing"), "Why: A part is missing"),
        (event(EventKind.SOLVED, NOW, until=at(25, 17)), "Closes Tue 25 Nov, 17:00 unless you say no"),
        (event(EventKind.SOLVED, NOW), ""),
        (event(EventKind.VISIT_BOOKED, NOW, visit=visit()), "Place: 4.112"),
        (event(EventKind.VISIT_BOOKED, NOW, visit=visit(place="")), ""),
        (event(EventKind.REPLY, NOW, text="Hello"), ""),
    ],
)
def test_the_second_line_says_why(happened: Event, words: str) -> None:
    assert said(note(happened), NOW) == words
