"""Whatever a desk tells, in whatever order and however often: the rules of tracking hold."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.bench.clocks import outdated
from tests.model.anything import EVENTS, MOMENTS, SIZED, TICKETS, WISHES, drawn
from tests.model.making import (
    OFFICE,
    PRIYA,
    RAISED,
    YOU,
    at,
    said,
    visit,
)
from tracker.model.cadence import Cadence
from tracker.model.command import Pending
from tracker.model.event import Event, EventKind
from tracker.model.promise import PromiseState
from tracker.model.promises import Clock
from tracker.model.pulse import pulse
from tracker.model.stage import Progress, Stage
from tracker.model.ticket import OVER, Act, Ticket, TicketId, TicketState
from tracker.model.track import URGENCY, EntryKind, OverlayKind, Track
from tracker.model.visit import VisitState


@SIZED
@given(TICKETS, EVENTS, MOMENTS)
def test_nothing_is_ever_empty(ticket: Ticket, events: list[Event], now: datetime) -> None:
    seen = drawn(ticket, events, now)
    assert [node.stage for node in seen.milestones if node.stage is not Stage.VISIT] == [
        stage for stage in Stage if stage is not Stage.VISIT
    ]
    for words in (said(line, now) for line in (seen.chip, seen.now, seen.next)):
        assert words.strip() == words != ""
    assert all(said(entry.title, now).strip() for entry in seen.entries)
    assert seen.entries
    assert (seen.expected is None) == (seen.expected_label is None)


@SIZED
@given(TICKETS, EVENTS, MOMENTS)
def test_the_bar_has_one_present_node_and_it_is_the_stage(
    ticket: Ticket, events: list[Event], now: datetime
) -> None:
    seen = drawn(ticket, events, now)
    present = [node.stage for node in seen.milestones if node.progress is Progress.NOW]
    assert present == ([] if seen.stage is Stage.DONE else [seen.stage])
    assert all(node.at is None for node in seen.milestones if node.progress is Progress.FUTURE)


@SIZED
@given(TICKETS, EVENTS, MOMENTS)
def test_every_long_silence_has_a_row(ticket: Ticket, events: list[Event], now: datetime) -> None:
    seen = drawn(ticket, events, now)
    longest = Cadence().of(ticket.priority) / 2
    gaps = {entry.id for entry in seen.entries if entry.kind is EntryKind.GAP}
    told = sorted(entry.at for entry in seen.entries if entry.kind is EntryKind.EVENT)
    ends = [] if ticket.state in OVER else [max(now, told[-1])]
    for start, end in pairwise([RAISED, *told, *ends]):
        is_long = OFFICE.between(start, end) > longest
        assert (f"gap:{start.isoformat()}" in gaps) >= is_long
    ordered = [entry.at for entry in seen.entries]
    assert ordered == sorted(ordered, reverse=True)
    assert len({entry.id for entry in seen.entries}) == len(seen.entries)


@SIZED
@given(TICKETS, EVENTS, MOMENTS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_repeats_change_nothing(
    ticket: Ticket, events: list[Event], now: datetime, random: object
) -> None:
    shuffled = [*events, *events[::2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawn(ticket, shuffled, now) == drawn(ticket, events, now)


@SIZED
@given(TICKETS, EVENTS, MOMENTS)
def test_exceptions_are_whole_and_sorted_and_each_is_there_once(
    ticket: Ticket, events: list[Event], now: datetime
) -> None:
    seen = drawn(ticket, events, now)
    assert len({overlay.kind for overlay in seen.overlays}) == len(seen.overlays)
    ranks = [(overlay.calm, URGENCY[overlay.kind]) for overlay in seen.overlays]
    assert ranks == sorted(ranks)
    for overlay in seen.overlays:
        assert overlay.since is not None
        assert said(overlay.who_ends, now)
    if seen.overlays:
        assert seen.chip == seen.overlays[0].chip
    assert (OverlayKind.WAITING_FOR_YOU in {o.kind for o in seen.overlays}) == (
        ticket.state is TicketState.WAITING_FOR_YOU
    )


@SIZED
@given(TICKETS, EVENTS, MOMENTS)
def test_promises_are_settled_and_the_next_change_lies_ahead(
    ticket: Ticket, events: list[Event], now: datetime
) -> None:
    seen = drawn(ticket, events, now)
    assert not any(promise.is_aim for promise in seen.promises)
    assert len({promise.id for promise in seen.promises}) == len(seen.promises)
    for promise in seen.promises:
        if promise.state in (PromiseState.OPEN, PromiseState.NEARING):
            assert promise.latest > now
        if promise.state is PromiseState.OVERDUE:
            assert promise.latest <= now < promise.latest + timedelta(minutes=15)
    assert seen.next_due is None or seen.next_due > now


@SIZED
@given(TICKETS, EVENTS, MOMENTS, WISHES)
def test_between_now_and_the_next_due_moment_the_clock_changes_nothing(
    ticket: Ticket, events: list[Event], now: datetime, pending: tuple[Pending, ...]
) -> None:
    known = [event for event in events if event.at <= now]
    asked = tuple([each for each in pending if each.command.at <= now])
    settled = replace(ticket, updated_at=min(ticket.updated_at, now))
    if ticket.state_since is not None:
        settled = replace(settled, state_since=min(ticket.state_since, now))
    before = drawn(settled, known, now, asked)
    until = before.next_due or now + timedelta(days=20)
    after = drawn(settled, known, until - timedelta(microseconds=1), asked)
    assert (before.next_due is None) <= (after.next_due is None)
    # How long it has been silent goes with the minutes, and so does a date while it waits for you.
    assert timeless(before) == timeless(after)


def timeless(seen: Track) -> Track:
    """Leave out what goes with the minutes: the gaps, and the dates of what is paused."""
    is_paused = any(promise.state is PromiseState.PAUSED for promise in seen.promises)
    promises = tuple([replace(p, latest=RAISED) for p in seen.promises]) if is_paused else seen.promises
    expected = None if is_paused else seen.expected
    entries = tuple([entry for entry in seen.entries if entry.kind is not EntryKind.GAP])
    return replace(seen, entries=entries, promises=promises, expected=expected, next_due=None)


@SIZED
@given(TICKETS, EVENTS, MOMENTS, WISHES)
def test_the_pulse_says_what_the_track_says(
    ticket: Ticket, events: list[Event], now: datetime, pending: tuple[Pending, ...]
) -> None:
    seen = drawn(ticket, events, now, pending)
    taken = pulse(ticket, events, Clock(now, OFFICE, Cadence()), pending)
    assert (taken.stage, taken.overlays, taken.promises) == (seen.stage, seen.overlays, seen.promises)
    assert (taken.call, taken.done_at, taken.next_due) == (seen.call, seen.done_at, seen.next_due)
    assert taken.asks_back == (Act.CHECK_IN in seen.you_can)
    assert outdated([taken], now) == []
    assert (outdated([taken], seen.next_due) == [taken]) if seen.next_due else True


@SIZED
@given(TICKETS, EVENTS, MOMENTS, WISHES)
def test_what_is_on_its_way_never_counts_as_a_word_of_the_desk(
    ticket: Ticket, events: list[Event], now: datetime, pending: tuple[Pending, ...]
) -> None:
    without, with_it = drawn(ticket, events, now), drawn(ticket, events, now, pending)
    assert with_it.promises == without.promises
    assert with_it.stage is without.stage
    quiet = [OverlayKind.QUIET in {o.kind for o in seen.overlays} for seen in (without, with_it)]
    assert quiet[0] is quiet[1]
    rows = [entry for entry in with_it.entries if entry.kind is EntryKind.PENDING]
    assert all(said(row.title, now) for row in rows)
    assert len(rows) == len(pending)


BACK = {EventKind.NOT_FIXED, EventKind.REOPENED, EventKind.VISIT_CANCELLED, EventKind.SOLVED}
STATES = {
    EventKind.ASSIGNED: TicketState.ASSIGNED,
    EventKind.WORK_STARTED: TicketState.WORKING,
    EventKind.QUESTION: TicketState.WAITING_FOR_YOU,
    EventKind.ANSWER: TicketState.WORKING,
    EventKind.ON_HOLD: TicketState.WAITING_FOR_PARTS,
    EventKind.HANDED_OVER: TicketState.ASSIGNED,
    EventKind.VISIT_BOOKED: TicketState.VISIT,
    EventKind.VISIT_ON_THE_WAY: TicketState.VISIT,
    EventKind.VISIT_ARRIVED: TicketState.VISIT,
    EventKind.VISIT_DONE: TicketState.WORKING,
    EventKind.VISIT_CANCELLED: TicketState.WORKING,
    EventKind.SOLVED: TicketState.RESOLVED,
    EventKind.NOT_FIXED: TicketState.RESOLVED,
    EventKind.REOPENED: TicketState.WORKING,
    EventKind.CONFIRMED: TicketState.CLOSED,
    EventKind.REPLY: None,
}
VISIT_STATES = {
    EventKind.VISIT_BOOKED: VisitState.SCHEDULED,
    EventKind.VISIT_ON_THE_WAY: VisitState.ON_THE_WAY,
    EventKind.VISIT_ARRIVED: VisitState.ON_SITE,
    EventKind.VISIT_DONE: VisitState.DONE,
    EventKind.VISIT_CANCELLED: VisitState.CANCELLED,
}


def after_each_step(steps: list[EventKind]) -> list[tuple[EventKind, Ticket, list[Event]]]:
    """Let a desk take these steps, one an hour; some of them tell nothing."""
    subject = Ticket(TicketId("7"), "7", "No sound", TicketState.NEW, RAISED, RAISED)
    history: list[Event] = []
    found = []
    for hour, kind in enumerate(steps, start=1):
        if kind is EventKind.ANSWER and subject.state is not TicketState.WAITING_FOR_YOU:
            continue
        now = RAISED + timedelta(hours=hour)
        actor = YOU if kind in (EventKind.ANSWER, EventKind.NOT_FIXED, EventKind.CONFIRMED) else PRIYA
        state = STATES[kind]
        if state is not None and kind is not EventKind.NOT_FIXED:
            subject = replace(subject, state=state, state_since=now)
        if kind in VISIT_STATES:
            subject = replace(subject, visit=visit(VISIT_STATES[kind], starts=at(28), ends=at(28, 12)))
        subject = replace(subject, updated_at=now)
        history = [*history, Event(f"{hour:03}", subject.id, kind, now, actor, "Words.")]
        found.append((kind, subject, history))
    return found


@SIZED
@given(st.lists(st.sampled_from(list(STATES)), max_size=25))
def test_the_stage_goes_back_only_with_a_row_that_says_so(steps: list[EventKind]) -> None:
    before: Track | None = None
    for kind, subject, history in after_each_step(steps):
        seen = drawn(subject, history, history[-1].at)
        if before is not None and seen.stage < before.stage:
            was_there = next(node.at for node in before.milestones if node.stage is before.stage)
            since = {entry.event for entry in seen.entries if entry.at >= (was_there or RAISED)}
            assert since & BACK, (kind, before.stage, seen.stage)
        before = seen


@SIZED
@given(st.lists(st.sampled_from(list(STATES)), min_size=2, max_size=12), st.integers(0, 11))
def test_a_late_event_goes_in_at_its_place(steps: list[EventKind], which: int) -> None:
    _, subject, history = after_each_step([EventKind.ASSIGNED, *steps])[-1]
    late = history[which % len(history)]
    arrived = [event for event in history if event is not late]
    now = history[-1].at
    assert drawn(subject, [*arrived, late], now) == drawn(subject, history, now)
    ids = [entry.id for entry in drawn(subject, [*arrived, late], now).entries if entry.event]
    stated = [name for name in ids if "noticed" not in name]
    assert stated == [event.id for event in reversed(history)]
