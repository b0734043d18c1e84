"""The bar: which stage a request is at, when each was reached, and that it never goes back unsaid."""

import pytest

from tests.model.making import (
    PRIYA,
    RAISED,
    RAVI,
    YOU,
    at,
    created,
    event,
    noticed,
    received,
    rows,
    said,
    seen,
    ticket,
    visit,
)
from tracker.model.event import EventKind
from tracker.model.stage import Progress, Stage
from tracker.model.ticket import Act, TicketState
from tracker.model.track import Track
from tracker.model.visit import VisitState

NOW = at(20, 9)
SOLVED = event(EventKind.SOLVED, at(18, 10), text="Try it now.")


def bar(drawn: Track) -> str:
    """Write the bar as text: + reached, > here, - to come."""
    marks = {Progress.DONE: "+", Progress.NOW: ">", Progress.FUTURE: "-"}
    return " ".join(marks[node.progress] + said(node.label, NOW) for node in drawn.milestones)


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (TicketState.NEW, Stage.RECEIVED),
        (TicketState.ASSIGNED, Stage.ASSIGNED),
        (TicketState.WORKING, Stage.WORKING),
        (TicketState.WAITING_FOR_YOU, Stage.WORKING),
        (TicketState.WAITING_FOR_SUPPLIER, Stage.WORKING),
        (TicketState.WAITING_FOR_APPROVAL, Stage.WORKING),
        (TicketState.WAITING_FOR_PARTS, Stage.WORKING),
        (TicketState.WAITING_FOR_CHANGE, Stage.WORKING),
        (TicketState.VISIT, Stage.VISIT),
        (TicketState.RESOLVED, Stage.FIXED),
        (TicketState.CLOSED, Stage.DONE),
        (TicketState.CANCELLED, Stage.DONE),
        (TicketState.MERGED, Stage.DONE),
        (TicketState.UNKNOWN, Stage.WORKING),
    ],
)
def test_the_desks_state_alone_gives_a_stage(state: TicketState, stage: Stage) -> None:
    assert seen(ticket(state=state), [], NOW).stage is stage


def test_the_whole_bar_is_drawn_from_the_first_second() -> None:
    drawn = seen(ticket(), [], RAISED)
    assert bar(drawn) == ">Received -Assigned -Working on it -Fixed? -Done"
    assert [node.at for node in drawn.milestones] == [RAISED, None, None, None, None]


def test_a_visit_adds_a_node() -> None:
    subject = ticket(state=TicketState.VISIT, visit=visit())
    assert bar(seen(subject, [], NOW)) == "+Received +Assigned +Working on it >Visit -Fixed? -Done"


@pytest.mark.parametrize(
    ("state", "label"), [(VisitState.ON_THE_WAY, "On the way"), (VisitState.ON_SITE, "Here")]
)
def test_the_visits_node_follows_the_technician(state: VisitState, label: str) -> None:
    drawn = seen(ticket(state=TicketState.WORKING, visit=visit(state)), [], NOW)
    assert (drawn.stage, drawn.sub_state) == (Stage.VISIT, state.value)
    assert said(drawn.milestones[3].label, NOW) == label


def test_a_desk_may_have_a_state_for_visits_and_no_visit() -> None:
    drawn = seen(ticket(state=TicketState.VISIT, state_since=at(19)), [], NOW)
    assert (drawn.stage, drawn.sub_state) == (Stage.VISIT, "scheduled")
    assert said(drawn.now, NOW) == "A visit is planned"
    assert drawn.milestones[3].at == at(19)


def test_each_stage_tells_when_it_was_reached() -> None:
    history = [
        created(),
        received(),
        event(EventKind.ASSIGNED, at(17, 10), person="Priya Nair"),
        event(EventKind.WORK_STARTED, at(17, 11)),
        event(EventKind.WORK_STARTED, at(17, 15)),
        SOLVED,
    ]
    drawn = seen(ticket(state=TicketState.RESOLVED, owner=PRIYA), history, NOW)
    assert [node.at for node in drawn.milestones] == [RAISED, at(17, 10), at(17, 11), at(18, 10), None]


def test_the_desks_own_time_stands_in_where_no_event_tells() -> None:
    drawn = seen(ticket(state=TicketState.RESOLVED, state_since=at(18, 10)), [], NOW)
    assert [node.at for node in drawn.milestones] == [RAISED, None, None, at(18, 10), None]


def test_an_owner_alone_means_that_it_is_assigned() -> None:
    assert seen(ticket(owner=PRIYA), [], NOW).stage is Stage.ASSIGNED


def test_the_first_word_of_the_owner_starts_the_work() -> None:
    subject = ticket(state=TicketState.ASSIGNED, owner=PRIYA)
    theirs, other = (event(EventKind.REPLY, at(17, 10), who, "Hello.") for who in (PRIYA, RAVI))
    assert seen(subject, [theirs], NOW).stage is Stage.WORKING
    assert seen(subject, [other], NOW).stage is Stage.ASSIGNED


def test_a_hand_over_does_not_take_back_what_the_last_owner_began() -> None:
    history = [
        event(EventKind.ASSIGNED, at(17, 10), person="Priya Nair"),
        event(EventKind.REPLY, at(17, 11), PRIYA, "I look into it."),
        event(EventKind.HANDED_OVER, at(17, 12), person="Ravi Menon", previous="Priya Nair"),
    ]
    assert seen(ticket(state=TicketState.ASSIGNED, owner=RAVI), history, NOW).stage is Stage.WORKING


def test_events_may_have_gone_further_than_the_state() -> None:
    started = event(EventKind.WORK_STARTED, at(17, 10))
    assert seen(ticket(state=TicketState.ASSIGNED), [started], NOW).stage is Stage.WORKING


def test_an_unknown_state_shows_the_desks_own_word() -> None:
    drawn = seen(ticket(state=TicketState.UNKNOWN, state_word="in triage", owner=PRIYA), [], NOW)
    assert drawn.stage is Stage.WORKING
    assert said(drawn.now, NOW) == "The desk has set it to “in triage”"
    quiet = seen(ticket(state=TicketState.UNKNOWN, state_word="in triage"), [], at(17, 10))
    assert said(quiet.chip, NOW) == "in triage"
    unnamed = seen(ticket(state=TicketState.UNKNOWN), [], at(17, 10))
    assert (said(unnamed.chip, NOW), said(unnamed.now, NOW)) == ("Being worked on", "Being worked on")


# Back again


def test_a_request_that_opens_again_loses_the_stages_it_left() -> None:
    history = [event(EventKind.WORK_STARTED, at(17, 10)), SOLVED, event(EventKind.REOPENED, at(18, 12), YOU)]
    drawn = seen(ticket(state=TicketState.WORKING), history, NOW)
    assert bar(drawn) == "+Received +Assigned >Working on it -Fixed? -Done"
    assert drawn.milestones[2].at == at(17, 10)
    assert drawn.milestones[3].at is None


def test_going_back_is_never_silent() -> None:
    subject = ticket(state=TicketState.WORKING, state_since=at(18, 15))
    drawn = seen(subject, [created(), SOLVED], at(18, 16))
    assert noticed(drawn) == [EventKind.REOPENED]
    assert rows(drawn, NOW)[0] == "Opened again"
    assert drawn.entries[0].at == at(18, 15)
    assert noticed(seen(ticket(state=TicketState.RESOLVED), [created(), SOLVED], NOW)) == []


def test_what_is_noticed_stands_after_what_it_takes_back() -> None:
    drawn = seen(ticket(state=TicketState.WORKING, updated_at=at(17)), [SOLVED], at(18, 11))
    assert [entry.event for entry in drawn.entries if entry.event] == [EventKind.REOPENED, EventKind.SOLVED]


def test_a_visit_called_off_without_a_word_is_noticed() -> None:
    booked = event(EventKind.VISIT_BOOKED, at(18, 10), visit=visit())
    off = event(EventKind.VISIT_CANCELLED, at(18, 12), visit=visit(VisitState.CANCELLED))
    subject = ticket(state=TicketState.WORKING, updated_at=at(18, 12), visit=visit(VisitState.CANCELLED))
    drawn = seen(subject, [booked], at(18, 13))
    assert noticed(drawn) == [EventKind.VISIT_CANCELLED]
    assert bar(drawn) == "+Received +Assigned >Working on it -Fixed? -Done"
    assert noticed(seen(subject, [booked, off], NOW)) == []
    assert noticed(seen(subject, [], NOW)) == []


def test_not_yet_counts_at_a_desk_that_leaves_the_request_solved() -> None:
    subject = ticket(state=TicketState.RESOLVED, state_since=at(18, 10), auto_close_at=at(25, 17))
    not_yet = event(EventKind.NOT_FIXED, at(18, 12), YOU, "Still no sound.")
    drawn = seen(subject, [SOLVED, not_yet], at(18, 13))
    assert drawn.stage is Stage.WORKING
    assert drawn.expected != at(25, 17)
    assert "Closes" not in said(drawn.next, NOW)
    assert Act.CONFIRM not in drawn.you_can
    assert drawn.ticket is subject
    untimed = seen(ticket(state=TicketState.RESOLVED), [SOLVED, not_yet], at(18, 13))
    assert untimed.stage is Stage.WORKING
    solved_again = ticket(state=TicketState.RESOLVED, state_since=at(18, 15))
    assert seen(solved_again, [SOLVED, not_yet], NOW).stage is Stage.FIXED


def test_it_works_is_the_end_at_a_desk_that_has_no_state_for_it() -> None:
    works = event(EventKind.CONFIRMED, at(18, 12), YOU)
    subject = ticket(state=TicketState.RESOLVED, auto_close_at=at(25, 17))
    drawn = seen(subject, [SOLVED, works], NOW)
    assert drawn.stage is Stage.DONE
    assert (said(drawn.now, NOW), said(drawn.next, NOW)) == (
        "You confirmed that it works",
        "Nothing more is planned",
    )
    assert (drawn.expected, drawn.you_can) == (None, (Act.RATE, Act.THANK, Act.REPLY))


@pytest.mark.parametrize("outcome", [VisitState.DONE, VisitState.FAILED])
def test_a_visit_that_is_over_stays_the_stage_until_it_is_fixed_or_opened_again(outcome: VisitState) -> None:
    kind = EventKind.VISIT_DONE if outcome is VisitState.DONE else EventKind.VISIT_FAILED
    history = [event(EventKind.VISIT_BOOKED, at(18, 10), visit=visit()), event(kind, at(18, 12))]
    subject = ticket(state=TicketState.WORKING, visit=visit(outcome))
    assert seen(subject, history, NOW).stage is Stage.VISIT
    assert seen(subject, [], NOW).stage is Stage.VISIT
    again = [*history, event(EventKind.SOLVED, at(18, 13)), event(EventKind.REOPENED, at(18, 14))]
    assert seen(subject, again, NOW).stage is Stage.WORKING


def test_a_visit_told_by_events_alone_is_work() -> None:
    booked = event(EventKind.VISIT_BOOKED, at(18, 10), visit=visit())
    assert seen(ticket(state=TicketState.ASSIGNED), [booked], NOW).stage is Stage.WORKING


# The end


def test_what_a_cancelled_request_never_reached_stays_grey() -> None:
    history = [created(), event(EventKind.ASSIGNED, at(17, 10), person="Priya Nair")]
    drawn = seen(ticket(state=TicketState.CANCELLED, state_since=at(18)), history, NOW)
    assert bar(drawn) == "+Received +Assigned -Working on it -Fixed? +Cancelled"
    assert drawn.milestones[4].at == at(18)


def test_a_merged_request_says_so_at_the_end_of_the_bar() -> None:
    drawn = seen(ticket(state=TicketState.MERGED), [created()], NOW)
    assert bar(drawn) == "+Received -Assigned -Working on it -Fixed? +Merged"


def test_a_closed_request_has_been_all_the_way() -> None:
    drawn = seen(ticket(state=TicketState.CLOSED), [created()], NOW)
    assert bar(drawn) == "+Received +Assigned +Working on it +Fixed? +Done"
