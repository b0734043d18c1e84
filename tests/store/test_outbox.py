"""Commands on their way: in order, never doubled, gone with the desk's own echo."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.store.samples import NOW, T1, T2, Store, confirm, create, event, later, not_fixed, reply, ticket
from tracker.model.batch import Batch
from tracker.model.change import Change
from tracker.model.command import Command, CommandId, Delivery, Receipt, local_reference
from tracker.model.draft import Draft
from tracker.model.event import EventKind
from tracker.model.ticket import TicketId, TicketState
from tracker.store.delivered import UNHEARD, UNNAMED
from tracker.store.writer import Told


def sendable(store: Store) -> list[Command]:
    return [due.command for due in store.outbox.due()]


def unsent(store: Store) -> list[CommandId]:
    return [pending.command.id for pending in store.outbox.all()]


def delivery(store: Store, command: Command) -> Delivery | None:
    pending = store.outbox.get(command.id)
    return pending.delivery if pending else None


def test_a_command_waits_in_the_outbox(store: Store) -> None:
    change = store.outbox.add(reply())
    assert change.outbox
    assert change.tickets == {T1}
    assert sendable(store) == [reply()]
    assert delivery(store, reply()) is Delivery.QUEUED


def test_the_same_command_twice_is_one(store: Store) -> None:
    store.outbox.add(reply())
    store.outbox.add(reply())
    assert unsent(store) == [reply().id]


def test_a_command_that_has_gone_does_not_come_back(store: Store) -> None:
    store.outbox.add(reply())
    store.outbox.mark_delivered(reply().id, Receipt(T1, event="e1"), NOW)
    store.hear(event("e1"))
    store.outbox.add(reply())
    assert unsent(store) == []


def test_what_has_gone_is_remembered_for_a_thousand_commands(store: Store) -> None:
    for number in range(1100):
        store.outbox.add(reply(f"c-{number:09}"))
    store.outbox.remove(unsent(store))
    assert store.db.execute("select count(*), min(id) from done").fetchone() == (1000, "c-000000100")


def test_one_command_of_each_request_is_due_at_a_time(store: Store) -> None:
    first, second, other = reply("c-1"), reply("c-2"), reply("c-3", T2)
    for command in (first, second, other):
        store.outbox.add(command)
    assert sendable(store) == [first, other]


def test_the_next_command_of_a_request_is_due_before_the_echo_of_the_first(store: Store) -> None:
    store.outbox.add(reply("c-1"))
    store.outbox.add(reply("c-2"))
    store.outbox.mark_delivered(CommandId("c-1"), Receipt(T1, event="e1"), NOW)
    assert sendable(store) == [reply("c-2")]


def test_a_refused_reply_holds_back_nothing(store: Store) -> None:
    store.outbox.add(reply("c-1"))
    store.outbox.add(reply("c-2"))
    store.outbox.mark_rejected(CommandId("c-1"), "The desk refused: too long.")
    assert sendable(store) == [reply("c-2")]
    pending = store.outbox.get(CommandId("c-1"))
    assert pending is not None
    assert pending.error == "The desk refused: too long."


def test_a_reply_to_an_unsent_request_waits_and_goes_to_the_right_one(store: Store) -> None:
    raised = create()
    answer = reply(to=raised.ticket)
    store.outbox.add(raised)
    store.outbox.add(answer)
    assert sendable(store) == [raised]
    change = store.outbox.mark_delivered(raised.id, Receipt(TicketId("T-77"), "T-77", "e1"), NOW)
    assert change.tickets == {raised.ticket, "T-77"}
    assert sendable(store) == [replace(answer, ticket=TicketId("T-77"))]


def test_a_refused_request_holds_back_what_was_written_on_it(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    store.outbox.add(reply(to=raised.ticket))
    store.outbox.mark_rejected(raised.id, "There is no such service.")
    assert sendable(store) == []
    assert [pending.command.id for pending in store.outbox.waiting_on(raised.id)] == [reply().id]


def test_marks_are_kept_with_their_reasons_and_times(store: Store) -> None:
    store.outbox.add(reply())
    store.outbox.mark_unsure(reply().id)
    store.outbox.mark_waiting(reply().id, later(2), "The desk cannot be reached.")
    (due,) = store.outbox.due()
    assert (due.pending.delivery, due.pending.attempts) == (Delivery.UNSURE, 1)
    assert (due.pending.error, due.next_try) == ("The desk cannot be reached.", later(2))
    store.outbox.hurry()
    assert store.outbox.due()[0].next_try is None
    store.outbox.mark_rejected(reply().id, "No.")
    store.outbox.mark_queued(reply().id)
    (due,) = store.outbox.due()
    assert (due.pending.delivery, due.pending.error) == (Delivery.QUEUED, None)


def test_marks_on_what_has_gone_change_nothing(store: Store) -> None:
    gone = CommandId("c-gone")
    for change in (
        store.outbox.mark_unsure(gone),
        store.outbox.mark_rejected(gone, "No."),
        store.outbox.remove((gone,)),
        store.outbox.mark_waiting(gone, NOW, "No."),
    ):
        assert change.tickets == frozenset()
    assert store.outbox.mark_delivered(gone, Receipt(T1), NOW).tickets == {T1}
    assert unsent(store) == []


def test_the_desks_echo_takes_a_command_out_by_its_id(store: Store) -> None:
    store.outbox.add(reply())
    store.outbox.mark_unsure(reply().id)
    change = store.hear(event("e1", command_id=reply().id))
    assert change.outbox
    assert unsent(store) == []


def test_the_desks_echo_takes_a_command_out_by_the_event_it_named(store: Store) -> None:
    store.outbox.add(reply())
    store.outbox.mark_delivered(reply().id, Receipt(T1, event="e9"), NOW)
    assert not store.hear(event("e8"), ticket()).outbox
    assert store.hear(event("e9")).outbox
    assert unsent(store) == []


def test_the_desk_may_confirm_a_command_by_its_id_alone(store: Store) -> None:
    store.outbox.add(reply())
    store.writer.apply(Batch(confirms=(reply().id,)), Told(), NOW)
    assert unsent(store) == []


def test_an_echo_that_came_before_the_answer_counts(store: Store) -> None:
    store.outbox.add(reply())
    store.hear(event("e1"))
    store.outbox.mark_delivered(reply().id, Receipt(T1, event="e1"), NOW)
    assert unsent(store) == []


def test_an_echo_with_our_id_before_the_answer_gives_the_request_its_name(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    store.hear(ticket("T-9"), event("e1", ticket=TicketId("T-9"), command_id=raised.id))
    assert unsent(store) == []
    assert store.outbox.resolve(raised.ticket) == "T-9"


def test_an_echo_of_a_reply_renames_nothing(store: Store) -> None:
    store.outbox.add(reply())
    store.hear(event("e1", command_id=reply().id))
    assert store.db.execute("select count(*) from alias").fetchone() == (0,)


def test_a_new_request_goes_when_the_desk_shows_it(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    store.outbox.mark_delivered(raised.id, Receipt(TicketId("T-9"), "T-9"), NOW)
    store.hear(ticket("T-8"))
    assert unsent(store) == [raised.id]
    store.hear(ticket("T-9"))
    assert unsent(store) == []


def test_a_new_request_that_the_desk_showed_before_it_was_found_goes_at_once(store: Store) -> None:
    """A desk without our ids: the answer was lost, the request came by a look, then it was found."""
    raised = create()
    store.outbox.add(raised)
    store.outbox.mark_unsure(raised.id)
    store.hear(ticket("T-9"))
    assert unsent(store) == [raised.id]
    store.outbox.mark_delivered(raised.id, Receipt(TicketId("T-9"), "T-9"), NOW)
    assert unsent(store) == []


@pytest.mark.parametrize(
    ("command", "before", "after"),
    [
        (confirm(), TicketState.RESOLVED, TicketState.CLOSED),
        (not_fixed(), TicketState.RESOLVED, TicketState.WORKING),
    ],
)
def test_an_act_without_an_event_goes_when_the_state_shows_it(
    store: Store, command: Command, before: TicketState, after: TicketState
) -> None:
    store.hear(ticket(state=before))
    store.outbox.add(command)
    store.outbox.mark_delivered(command.id, Receipt(T1), NOW)
    store.hear(ticket(state=before))
    assert unsent(store) == [command.id]
    store.hear(ticket(state=after))
    assert unsent(store) == []


def test_a_rating_shows_that_it_works(store: Store) -> None:
    store.outbox.add(confirm())
    store.outbox.mark_delivered(confirm().id, Receipt(T1), NOW)
    store.hear(ticket(state=TicketState.RESOLVED, rating=5))
    assert unsent(store) == []


def test_yes_it_works_on_what_is_closed_already_goes_at_once(store: Store) -> None:
    store.hear(ticket(state=TicketState.CLOSED))
    store.outbox.add(confirm())
    store.outbox.mark_delivered(confirm().id, Receipt(T1), NOW)
    assert unsent(store) == []


def test_not_yet_on_what_is_closed_waits_for_the_desks_word(store: Store) -> None:
    store.hear(ticket(state=TicketState.CLOSED))
    store.outbox.add(not_fixed())
    store.outbox.mark_delivered(not_fixed().id, Receipt(T1), NOW)
    assert unsent(store) == [not_fixed().id]


@pytest.mark.parametrize(("named", "patience"), [(None, UNNAMED), ("e404", UNHEARD)])
def test_a_delivered_reply_that_is_never_echoed_is_not_waited_for_for_ever(
    store: Store, named: str | None, patience: timedelta
) -> None:
    store.outbox.add(reply())
    store.outbox.mark_delivered(reply().id, Receipt(T1, event=named), NOW)
    second = timedelta(seconds=1)
    store.writer.apply(Batch(caught_up=True), Told(), NOW + patience - second)
    store.writer.apply(Batch(caught_up=False), Told(), NOW + patience + second)
    assert unsent(store) == [reply().id]
    store.writer.apply(Batch(caught_up=True), Told(), NOW + patience + second)
    assert unsent(store) == []


def test_a_delivered_request_is_shown_until_the_desk_shows_it(store: Store) -> None:
    store.outbox.add(create())
    store.outbox.mark_delivered(create().id, Receipt(TicketId("T-9")), NOW)
    store.writer.apply(Batch(caught_up=True), Told(), NOW + 2 * UNHEARD)
    assert unsent(store) == [create().id]


def test_a_command_kept_here_goes_with_its_own_event(store: Store) -> None:
    store.outbox.add(confirm())
    store.hear(event(confirm().id, kind=EventKind.CONFIRMED, command_id=confirm().id))
    assert unsent(store) == []


def test_a_local_reference_goes_on_working(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    assert store.outbox.resolve(raised.ticket) == raised.ticket == local_reference(raised.id)
    store.outbox.mark_delivered(raised.id, Receipt(TicketId("T-9")), NOW)
    store.hear(ticket("T-9"))
    assert store.outbox.resolve(raised.ticket) == "T-9"
    change = store.outbox.add(reply(to=raised.ticket))
    assert change.tickets == {raised.ticket, "T-9"}
    assert store.hear(ticket("T-9")).tickets == {raised.ticket, "T-9"}


def test_taking_a_command_back_into_a_draft_is_one_step(store: Store) -> None:
    store.outbox.add(reply())
    draft = Draft(T1, "Any news?", saved_at=NOW, reason="Too long.")
    change = store.outbox.remove((reply().id,), draft)
    assert change == Change(frozenset({T1}), outbox=True, drafts=True)
    assert store.drafts.get(T1) == draft
    assert unsent(store) == []


def test_order_survives_a_restart(store: Store) -> None:
    for number in (3, 1, 2):
        store.outbox.add(reply(f"c-{number}"))
    again = Store(store.path)
    assert unsent(again) == ["c-3", "c-1", "c-2"]
    again.close()
