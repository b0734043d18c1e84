"""The rows of the history: what is on its way, what was told, and the silences between."""

from datetime import datetime

import pytest

from tests.model.making import (
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
from tracker.model.ticket import TicketId, TicketState
from tracker.model.timeline import unsent
from tracker.model.track import EntryKind
from tracker.model.visit import Visit

NOW = at(18, 12)
WORKING = TicketState.WORKING
WORD = event(EventKind.REPLY, at(18, 11), text="We are on it.")
FILE = LocalFile("k", "screen.png", 10)


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


@pytest.mark.parametrize("moment", [at(18, 10), at(18, 11)])
@pytest.mark.parametrize("kind", [PromiseKind.VISIT, PromiseKind.FIX])
def test_a_booking_is_told_once_and_not_as_a_promise_too(moment: datetime, kind: PromiseKind) -> None:
    booked = event(EventKind.VISIT_BOOKED, at(18, 10), visit=Visit("v", at(20, 10), at(20, 12)))
    made = event(EventKind.PROMISE_MADE, moment, promise=promised(at(20, 12), moment, kind=kind))
    told = [e.event for e in seen(ticket(state=WORKING), [booked, made], NOW).entries if e.event]
    together = moment == booked.at and kind is PromiseKind.VISIT
    assert (EventKind.PROMISE_MADE in told) is not together
    assert EventKind.VISIT_BOOKED in told


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
