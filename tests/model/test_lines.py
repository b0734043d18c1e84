"""Now, Next, You can: the three lines that answer "what is going on", for every way a request can stand."""

from datetime import datetime

import pytest

from tests.model.making import (
    ALL,
    PRIYA,
    RAISED,
    YOU,
    at,
    created,
    event,
    promised,
    received,
    rows,
    said,
    seen,
    ticket,
    visit,
)
from tracker.model.attachment import LocalFile
from tracker.model.command import (
    Command,
    ConfirmFixed,
    CreateTicket,
    Delivery,
    Pending,
    PostReply,
    SayNotFixed,
    new_command_id,
)
from tracker.model.event import Event, EventKind
from tracker.model.person import Person
from tracker.model.promise import PromiseKind
from tracker.model.stage import Progress
from tracker.model.stages import NOT_SENT
from tracker.model.ticket import Act, Ticket, TicketId, TicketState
from tracker.model.timeline import unsent
from tracker.model.track import EntryKind
from tracker.model.visit import Visit, VisitState

NOW = at(18, 12)
WORKING = TicketState.WORKING
WORD = event(EventKind.REPLY, at(18, 11), text="We are on it.")
FILE = LocalFile("k", "screen.png", 10)


def now_of(subject: Ticket, *, now: datetime = NOW) -> str:
    return said(seen(subject, [WORD], now).now, now)


def next_of(subject: Ticket, *, now: datetime = NOW) -> str:
    return said(seen(subject, [WORD], now).next, now)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (ticket(), "The desk has it. Nobody has taken it yet"),
        (ticket(state=TicketState.ASSIGNED, team="Network"), "With Network"),
        (ticket(state=TicketState.ASSIGNED, team="Network", owner=PRIYA), "Priya Nair is working on it"),
        (ticket(state=TicketState.ASSIGNED, owner=Person("Ravi Menon")), "With Ravi Menon"),
        (ticket(state=TicketState.ASSIGNED, owner=Person(""), team="Network"), "With Network"),
        (ticket(state=TicketState.ASSIGNED), "Assigned"),
        (ticket(state=WORKING, team="Network"), "Network is working on it"),
        (ticket(state=WORKING), "Being worked on"),
        (ticket(state=TicketState.RESOLVED), "IT thinks it is fixed. Does it work?"),
        (ticket(state=TicketState.CLOSED), "Closed"),
        (ticket(state=TicketState.CANCELLED), "Cancelled"),
        (ticket(state=TicketState.CANCELLED, state_reason="Not needed"), "Cancelled: Not needed"),
        (ticket(state=TicketState.MERGED), "It goes on in another request"),
    ],
)
def test_now_says_who_has_it(subject: Ticket, words: str) -> None:
    assert now_of(subject) == words


def test_now_says_since_when() -> None:
    assigned = event(EventKind.ASSIGNED, at(17, 15), person="Ravi Menon")
    drawn = seen(ticket(state=TicketState.ASSIGNED, owner=Person("Ravi Menon")), [assigned], NOW)
    assert (drawn.now.since, drawn.now.actor) == (at(17, 15), "Ravi Menon")
    assert seen(ticket(state=WORKING, state_since=at(18)), [], NOW).now.since == at(18)
    assert seen(ticket(state=WORKING), [], NOW).now.since == RAISED


@pytest.mark.parametrize(
    ("booked", "now", "words", "following"),
    [
        (visit(), NOW, "Priya Nair comes Thu 20 Nov, 10:00", "Visit Thu 20 Nov, 10:00 – 12:00"),
        (visit(ends=None), NOW, "Priya Nair comes Thu 20 Nov, 10:00", "Visit Thu 20 Nov, 10:00"),
        (visit(), at(19, 12), "Priya Nair comes tomorrow 10:00", "Visit tomorrow 10:00 – 12:00"),
        (visit(), at(20, 9), "Priya Nair comes 10:00", "Visit 10:00 – 12:00"),
        (visit(agent=""), at(20, 9), "A technician comes 10:00", "Visit 10:00 – 12:00"),
        (
            visit(),
            at(20, 12, 15),
            "The visit was booked for 10:00. Nobody has said how it went",
            "No update has been promised: ask for one",
        ),
        (
            visit(VisitState.ON_THE_WAY, eta_latest=at(20, 10, 20)),
            at(20, 10),
            "Priya Nair is on the way to you, here by 10:20",
            "The technician arrives by 10:20",
        ),
        (
            visit(VisitState.ON_THE_WAY, eta_latest=at(20, 9, 50)),
            at(20, 10),
            "Priya Nair is on the way to you",
            "The technician arrives",
        ),
        (
            visit(VisitState.ON_THE_WAY),
            at(20, 10),
            "Priya Nair is on the way to you",
            "The technician arrives by 12:00",
        ),
        (
            visit(VisitState.ON_THE_WAY, ends=None),
            at(20, 10),
            "Priya Nair is on the way to you",
            "The technician arrives",
        ),
        (
            visit(VisitState.ON_SITE),
            at(20, 10),
            "Priya Nair is with you",
            "The technician looks at it with you",
        ),
        (
            visit(VisitState.DONE),
            at(20, 10),
            "Priya Nair has been with you",
            "We aim to write by 11:00",
        ),
    ],
)
def test_a_visit_is_followed_like_a_delivery(
    booked: Visit, now: datetime, words: str, following: str
) -> None:
    word = event(EventKind.REPLY, at(19, 11), text="We come.")
    drawn = seen(ticket(state=WORKING, visit=booked), [word], now)
    assert (said(drawn.now, now), said(drawn.next, now)) == (words, following)


@pytest.mark.parametrize(
    ("state", "chip"),
    [
        (VisitState.SCHEDULED, "Visit booked"),
        (VisitState.ON_THE_WAY, "On the way"),
        (VisitState.ON_SITE, "Here"),
        (VisitState.DONE, "Visit done"),
        (VisitState.FAILED, "Visit did not happen"),
    ],
)
def test_the_chip_follows_the_visit(state: VisitState, chip: str) -> None:
    assert said(seen(ticket(state=WORKING, visit=visit(state)), [WORD], NOW).chip, NOW) == chip


def test_the_date_that_matters_is_the_visits_while_it_lies_ahead() -> None:
    for booked, expected in [
        (visit(), at(20, 10)),
        (visit(VisitState.ON_THE_WAY, eta_latest=at(20, 10, 20)), at(20, 10, 20)),
        (visit(VisitState.ON_SITE), None),
    ]:
        drawn = seen(ticket(state=WORKING, visit=booked), [WORD], NOW)
        assert (drawn.expected, said(drawn.expected_label, NOW)) == (expected, "Visit" if expected else "")


def test_what_comes_first_is_said_next_the_visit_or_the_promise() -> None:
    early, late = promised(at(19, 12), at(18, 12)), promised(at(21, 12), at(18, 12))
    both = ticket(state=WORKING, visit=visit(), promises=(early,))
    assert next_of(both) == "Next update promised by tomorrow 12:00"
    assert (
        next_of(ticket(state=WORKING, visit=visit(), promises=(late,))) == "Visit Thu 20 Nov, 10:00 – 12:00"
    )
    here = ticket(state=WORKING, visit=visit(VisitState.ON_SITE), promises=(early,))
    assert next_of(here) == "The technician looks at it with you"


def test_after_the_fix_the_countdown_is_shown() -> None:
    drawn = seen(ticket(state=TicketState.RESOLVED, auto_close_at=at(25, 17), may=ALL), [WORD], NOW)
    assert said(drawn.next, NOW) == "Closes Tue 25 Nov, 17:00 unless you say no"
    assert (drawn.next.by, drawn.expected, said(drawn.expected_label, NOW)) == (
        at(25, 17),
        at(25, 17),
        "Closes",
    )
    assert drawn.you_can == (Act.CONFIRM, Act.NOT_FIXED, Act.REPLY)
    assert said(drawn.chip, NOW) == "Fixed — is it?"
    for now, due in [(NOW, at(24, 17)), (at(24, 18), at(25, 17)), (at(26), None)]:
        assert seen(drawn.ticket, [WORD], now).next_due == due
    open_end = seen(ticket(state=TicketState.RESOLVED), [WORD], NOW)
    assert said(open_end.next, NOW) == "Tell us whether it works"
    assert (open_end.expected, open_end.expected_label) == (None, None)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (TicketState.CLOSED, "Nothing more is planned"),
        (TicketState.CANCELLED, "Nothing more is planned"),
        (TicketState.MERGED, "Follow the request that it goes on in"),
    ],
)
def test_what_is_over_says_that_nothing_comes(state: TicketState, words: str) -> None:
    assert next_of(ticket(state=state)) == words
    assert seen(ticket(state=state), [WORD], NOW).expected is None


def test_you_can_only_do_what_the_desk_lets_you() -> None:
    nothing: frozenset[Act] = frozenset()
    assert seen(ticket(state=TicketState.RESOLVED, may=nothing), [WORD], NOW).you_can == ()
    assert seen(ticket(state=TicketState.WAITING_FOR_YOU, may=nothing), [WORD], NOW).you_can == ()
    reply_only = ticket(state=TicketState.WAITING_FOR_YOU, may=frozenset({Act.REPLY}))
    assert seen(reply_only, [WORD], NOW).you_can == (Act.ANSWER, Act.REPLY)


def test_a_closed_request_can_be_opened_again_or_raised_again() -> None:
    closed = TicketState.CLOSED
    assert seen(ticket(state=closed), [WORD], NOW).you_can == (Act.NOT_FIXED, Act.RATE, Act.REPLY)
    rated = ticket(state=closed, may=frozenset({Act.RATE}))
    assert seen(rated, [WORD], NOW).you_can == (Act.RATE, Act.RAISE_AGAIN)
    cancelled = ticket(state=TicketState.CANCELLED, may=frozenset())
    assert seen(cancelled, [WORD], NOW).you_can == (Act.RAISE_AGAIN,)


def test_a_merged_request_leads_on_only_where_the_other_is_known() -> None:
    merged = TicketState.MERGED
    known = ticket(state=merged, merged_into=TicketId("8"), may=frozenset())
    assert seen(known, [WORD], NOW).you_can == (Act.FOLLOW,)
    assert seen(ticket(state=merged, may=frozenset()), [WORD], NOW).you_can == ()


# Before the desk has it


def create(delivery: Delivery, error: str | None = None) -> Pending:
    command = CreateTicket(new_command_id(), RAISED, "sound", "No sound", "None at all.", files=(FILE,))
    return Pending(command, delivery, error=error)


@pytest.mark.parametrize(
    ("pending", "chip", "now", "following"),
    [
        (
            create(Delivery.QUEUED),
            "Not sent yet",
            "Saved on this computer, not sent yet",
            "Sent as soon as the desk can be reached",
        ),
        (
            create(Delivery.UNSURE),
            "Not sent yet",
            "Saved on this computer, not sent yet",
            "Sent as soon as the desk can be reached",
        ),
        (
            create(Delivery.DELIVERED),
            "Received",
            "Sent. Waiting for the desk to show it",
            "Sent as soon as the desk can be reached",
        ),
        (
            create(Delivery.REJECTED, "The service is gone."),
            "Could not be sent",
            "Could not be sent: The service is gone.",
            "Change it and send it again",
        ),
        (
            create(Delivery.REJECTED),
            "Could not be sent",
            "Could not be sent: the desk refused it",
            "Change it and send it again",
        ),
    ],
)
def test_what_has_not_been_sent_says_so_instead_of_a_stage(
    pending: Pending, chip: str, now: str, following: str
) -> None:
    drawn = seen(unsent(pending, "Sound and video"), [], at(19), (pending,))
    assert (said(drawn.chip, NOW), said(drawn.now, NOW), said(drawn.next, NOW)) == (chip, now, following)
    assert drawn.sub_state == NOT_SENT
    assert {node.progress for node in drawn.milestones} == {Progress.FUTURE}
    assert len(drawn.milestones) == 5
    assert drawn.you_can == ()
    (row,) = drawn.entries
    assert (row.kind, row.files, row.text) == (EntryKind.PENDING, (FILE,), "None at all.")
    assert drawn.ticket.service == "Sound and video"
    assert (drawn.expected, drawn.next_due) == (None, None)


def test_only_a_request_stands_for_a_request() -> None:
    reply = Pending(PostReply(new_command_id(), NOW, TicketId("7"), "Hello"), Delivery.QUEUED)
    with pytest.raises(TypeError, match="CreateTicket"):
        unsent(reply, "")


@pytest.mark.parametrize(
    ("command", "title", "text"),
    [
        (PostReply(new_command_id(), NOW, TicketId("7"), "Hello", (FILE,)), "You wrote", "Hello"),
        (ConfirmFixed(new_command_id(), NOW, TicketId("7")), "You said that it works", ""),
        (
            SayNotFixed(new_command_id(), NOW, TicketId("7"), "Still none."),
            "You said that it is not fixed",
            "Still none.",
        ),
        (CreateTicket(new_command_id(), NOW, "s", "No sound", "None."), "You raised this request", "None."),
    ],
)
def test_what_you_did_stands_on_top_until_the_desk_shows_it(command: Command, title: str, text: str) -> None:
    drawn = seen(ticket(state=WORKING), [created(), WORD], NOW, (Pending(command, Delivery.QUEUED),))
    top = drawn.entries[0]
    assert (said(top.title, NOW), top.text, top.kind, top.command) == (
        title,
        text,
        EntryKind.PENDING,
        command.id,
    )
    refused = Pending(command, Delivery.REJECTED, error="Closed.")
    top = seen(ticket(state=WORKING), [created(), WORD], NOW, (refused,)).entries[0]
    assert (said(top.title, NOW), top.error) == ("This could not be sent", "Closed.")


# The history


def test_what_happened_last_stands_on_top_also_within_one_moment() -> None:
    drawn = seen(ticket(), [received(), created()], RAISED)
    assert rows(drawn, RAISED) == ["The desk has it", "You raised this request"]


def test_a_request_without_history_still_has_a_row() -> None:
    assert rows(seen(ticket(), [], RAISED), RAISED) == ["Raised"]


def test_silences_are_drawn_with_who_had_it() -> None:
    history = [
        created(),
        event(EventKind.ASSIGNED, at(18, 9), team="Network"),
        event(EventKind.ASSIGNED, at(19, 9), person="Priya Nair", team="Network"),
        event(EventKind.HANDED_OVER, at(20, 9), person="Ravi Menon", previous="Priya Nair"),
    ]
    drawn = seen(ticket(state=WORKING, owner=Person("Ravi Menon"), team="Apps"), history, at(21, 9))
    assert rows(drawn, at(21, 9)) == [
        "1 day with Ravi Menon, no word",
        "Handed over from Priya Nair to Ravi Menon",
        "1 day with Priya Nair, no word",
        "Assigned to Priya Nair, Network",
        "1 day in the queue of Network, no word",
        "Assigned to Network",
        "1 day in the queue, no word",
        "You raised this request",
    ]


def test_before_a_hand_over_it_was_with_whoever_handed_it_over() -> None:
    handed = event(EventKind.HANDED_OVER, at(18, 9), team="Apps", previous="Network")
    assert rows(seen(ticket(team="Apps"), [created(), handed], at(18, 9)), NOW)[1] == (
        "1 day with Network, no word"
    )
    unnamed = event(EventKind.HANDED_OVER, at(18, 9), team="Apps")
    assert rows(seen(ticket(team="Apps"), [created(), unnamed], at(18, 9)), NOW)[1] == (
        "1 day in the queue, no word"
    )


def test_a_silence_of_a_team_is_in_its_queue() -> None:
    drawn = seen(ticket(team="Network"), [created()], at(18, 9))
    assert rows(drawn, NOW)[0] == "1 day in the queue of Network, no word"


def test_waiting_for_an_answer_is_no_silence_of_the_desk() -> None:
    asked = event(EventKind.QUESTION, at(17, 9, 30), text="Which room?")
    waiting = seen(ticket(state=TicketState.WAITING_FOR_YOU), [created(), asked], at(18, 9, 30))
    assert rows(waiting, NOW)[0] == "1 day waiting for your answer"
    answered = event(EventKind.ANSWER, at(17, 11), YOU, "Blue.")
    later = seen(ticket(state=WORKING, owner=PRIYA), [created(), asked, answered], at(18, 11))
    assert rows(later, NOW)[0] == "1 day with Priya Nair, no word"


def test_after_the_fix_it_is_your_word_that_is_waited_for() -> None:
    solved = event(EventKind.SOLVED, at(17, 10), text="Try it.")
    drawn = seen(ticket(state=TicketState.RESOLVED), [created(), solved], at(19, 10))
    assert rows(drawn, NOW)[0] == "2 days waiting for you to say whether it works"


def test_what_is_over_has_no_silence_at_its_end() -> None:
    closed = event(EventKind.CLOSED, at(17, 10))
    assert rows(seen(ticket(state=TicketState.CLOSED), [created(), closed], at(28)), NOW)[0] == "Closed"


def test_a_row_tells_all_that_the_event_does() -> None:
    moved = event(
        EventKind.PROMISE_MOVED,
        at(18, 10),
        promise=promised(at(21, 17), at(18, 10), kind=PromiseKind.FIX),
        until=at(20, 17),
        reason="waiting for the part",
    )
    row = next(e for e in seen(ticket(state=WORKING), [moved], NOW).entries if e.event)
    assert said(row.title, NOW) == "Expected date moved to Fri 21 Nov, 17:00, was Thu 20 Nov, 17:00"
    assert said(row.note, NOW) == "Why: waiting for the part"
    assert (row.at, row.actor, row.big, row.event) == (at(18, 10), PRIYA, False, EventKind.PROMISE_MOVED)


# Going in circles


def exchange(count: int) -> list[Event]:
    """Make so many words each way on Monday morning."""
    yours = [event(EventKind.REPLY, at(17, 10, n), YOU, "And now?") for n in range(count)]
    return yours + [event(EventKind.REPLY, at(17, 11, n), PRIYA, "Try this.") for n in range(count)]


def test_many_words_each_way_and_no_step_further_are_circles() -> None:
    subject, three = ticket(state=WORKING), exchange(3)
    assert seen(subject, three, NOW).in_circles
    assert not seen(subject, exchange(2), NOW).in_circles
    assert not seen(subject, three, at(19, 12)).in_circles
    assert not seen(subject, [*three, event(EventKind.WORK_STARTED, at(17, 12))], NOW).in_circles
    assert not seen(ticket(state=TicketState.RESOLVED), three, NOW).in_circles
