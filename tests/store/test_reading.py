"""What the pages read: lists, counts, requests with what is still on its way, notices."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.store.samples import NOW, T1, T2, Store, confirm, create, event, later, notice, reply, ticket
from tracker.model.attachment import Attachment
from tracker.model.attention import Attention
from tracker.model.batch import Batch
from tracker.model.catalogue import Service
from tracker.model.command import Delivery, Receipt
from tracker.model.event import Details, EventKind
from tracker.model.listing import Counts, Filter
from tracker.model.option import Option, OptionKind
from tracker.model.stages import NOT_SENT
from tracker.model.ticket import TicketId, TicketState
from tracker.store.writer import Told


def test_an_empty_profile_reads_as_nothing(store: Store) -> None:
    reader = store.reader()
    assert reader.tickets(Filter.ALL) == ()
    assert reader.counts() == Counts(0, 0, 0, 0, 0)
    assert reader.track(T1, NOW) is None
    assert reader.find("T-1") is None
    assert reader.services() == ()
    assert reader.attachment_limit() == 25 * 1024 * 1024
    assert reader.as_of() is None
    assert reader.local_reference(T1) is None
    assert reader.notices() == ()
    assert reader.outbox() == ()


def test_a_request_with_ways_out_waits_for_the_choice(store: Store) -> None:
    wait = Option("o-1", OptionKind.WAIT, "Wait for the new model")
    store.hear(
        ticket("T-1", updated_at=later(3)),
        ticket("T-2", updated_at=later(1), options=(wait,)),
        ticket("T-3", updated_at=later(2), options=(wait,), state=TicketState.CANCELLED),
    )
    assert store.reader().tickets(Filter.OPEN) == ("T-2", "T-1")
    assert store.reader().tickets(Filter.WAITING_FOR_ME) == ("T-2",)


def test_what_needs_the_person_comes_first_then_the_newest(store: Store) -> None:
    store.hear(
        ticket("T-1", updated_at=later(3)),
        ticket("T-2", updated_at=later(1), state=TicketState.WAITING_FOR_YOU),
        ticket("T-3", updated_at=later(2), state=TicketState.RESOLVED),
        ticket("T-4", updated_at=later(9), state=TicketState.CLOSED),
    )
    reader = store.reader()
    assert reader.tickets(Filter.ALL) == ("T-2", "T-4", "T-1", "T-3")
    assert reader.tickets(Filter.OPEN) == ("T-2", "T-1", "T-3")
    assert reader.tickets(Filter.WAITING_FOR_ME) == ("T-2",)
    assert reader.tickets(Filter.FIXED) == ("T-3",)
    assert reader.counts() == Counts(3, 1, 1, 4, 0)


def test_an_unsent_request_is_in_the_list_with_its_words(store: Store) -> None:
    raised = create(text="Since Monday")
    store.writer.put_services((Service("hardware", "Hardware & co"),), 5)
    store.outbox.add(raised)
    reader = store.reader()
    assert reader.tickets(Filter.OPEN) == (raised.ticket,)
    shown = reader.track(raised.ticket, NOW)
    assert shown is not None
    assert (shown.sub_state, shown.ticket.subject, shown.ticket.service) == (
        NOT_SENT,
        "No sound",
        "Hardware & co",
    )
    assert reader.attachment_limit() == 5
    assert reader.find(raised.ticket) == raised.ticket


def test_a_delivered_request_is_in_the_list_once(store: Store) -> None:
    raised, real = create(), TicketId("T-9")
    store.outbox.add(raised)
    reader = store.reader()
    store.outbox.mark_delivered(raised.id, Receipt(real, "T-9", "e9"), NOW)
    assert reader.tickets(Filter.ALL) == (raised.ticket,)
    assert reader.track(raised.ticket, NOW) is not None
    store.hear(ticket("T-9"))
    assert reader.tickets(Filter.ALL) == ("T-9",)
    for name in (raised.ticket, real, TicketId("T-9")):
        shown = reader.track(name, NOW)
        assert shown is not None
        assert shown.ticket.id == "T-9"
    for asked in (raised.ticket, "t-9", " #T-9 "):
        assert reader.find(asked) == "T-9"
    assert reader.local_reference(real) == raised.ticket


def test_a_request_that_is_here_says_nothing_of_the_command_that_made_it(store: Store) -> None:
    """The list came before the event that names the command."""
    raised = create()
    store.outbox.add(raised)
    store.outbox.mark_unsure(raised.id)
    store.db.execute("insert into alias values (?, 'T-9')", (raised.ticket,))
    store.hear(ticket("T-9"))
    shown = store.reader().track(raised.ticket, NOW)
    assert shown is not None
    assert shown.sub_state != NOT_SENT


def test_replies_on_their_way_are_shown_on_their_request(store: Store) -> None:
    raised = create()
    store.hear(ticket())
    store.outbox.add(reply())
    store.outbox.add(raised)
    store.outbox.add(reply("c-2", to=raised.ticket, text="Still no sound"))
    reader = store.reader()
    for name, text in ((T1, "Any news?"), (raised.ticket, "Still no sound")):
        shown = reader.track(name, NOW)
        assert shown is not None
        assert any(text in str(entry) for entry in shown.entries)
    assert [pending.delivery for pending in reader.outbox()] == [Delivery.QUEUED] * 3


def test_several_tracks_come_in_the_order_asked_without_those_that_are_gone(store: Store) -> None:
    store.hear(ticket("T-1"), ticket("T-2"), event("e1", "hello"))
    tracks = store.reader().tracks((T2, TicketId("T-404"), T1), NOW)
    assert [shown.ticket.id for shown in tracks] == ["T-2", "T-1"]


def test_events_and_files_come_in_order_of_time(store: Store) -> None:
    files = (Attachment("f1", "a.txt"),)
    store.hear(
        ticket(),
        event("e2", at=later(2), details=Details(attachments=(Attachment("f2", "b.txt"),))),
        event("e1", at=later(1), details=Details(attachments=files), seen_at=later(5)),
    )
    reader = store.reader()
    assert [told.id for told in reader.events(T1)] == ["e1", "e2"]
    assert reader.events(T1)[0].seen_at == later(5)
    assert reader.events(T1)[1].seen_at == NOW
    assert [file.id for file in reader.attachments(T1)] == ["f1", "f2"]


def test_hundreds_of_tickets_are_read_at_once(store: Store) -> None:
    names = [TicketId(f"T-{number}") for number in range(1200)]
    store.hear(*(ticket(name) for name in names), event("e1", "hello", ticket=names[1100]))
    tracks = store.reader().tracks(names, NOW)
    assert [shown.ticket.id for shown in tracks] == names
    assert [told.id for told in store.writer.history(names)[names[1100]]] == ["e1"]


def test_notices_are_newest_first_and_read_when_read(store: Store) -> None:
    store.note(notice("n1", T1), notice("n2", T2), notice("n3", None))
    reader = store.reader()
    assert [(told.id, told.read) for told in reader.notices(2)] == [("n3", False), ("n2", False)]
    assert reader.counts().unread == 3
    assert store.writer.mark_read(T1, Attention()).notices
    assert not store.writer.mark_read(T1, Attention())
    assert reader.counts().unread == 2
    assert store.writer.mark_read(None, Attention()).notices
    assert [told.read for told in reader.notices()] == [True] * 3


def test_the_same_notice_twice_is_one(store: Store) -> None:
    store.note(notice("n1"))
    store.note(replace(notice("n1"), at=later(5)))
    assert [told.at for told in store.reader().notices()] == [NOW]


def test_a_verdict_alone_moves_a_request_between_the_chips(store: Store) -> None:
    reader = store.reader()
    store.hear(ticket(state=TicketState.RESOLVED))
    store.writer.tell(Told(due={T1: later(60)}), (T1,))
    assert reader.tickets(Filter.FIXED) == (T1,)
    store.hear(event(confirm().id, kind=EventKind.CONFIRMED, at=later(1)))
    assert reader.tickets(Filter.FIXED) == reader.tickets(Filter.OPEN) == ()
    assert store.writer.due(later(61)) == (T1,), "its next reminder is still due"
    store.hear(ticket(state=TicketState.RESOLVED, updated_at=later(2)))
    assert reader.tickets(Filter.FIXED) == ()
    store.hear(event("e2", kind=EventKind.REOPENED, at=later(3)))
    assert reader.tickets(Filter.FIXED) == (T1,)
    store.hear(event("e3", kind=EventKind.SOLVED, ticket=TicketId("T-404")))


def test_a_ticket_that_is_gone_leaves_nothing_but_its_name(store: Store) -> None:
    reader = store.reader()
    store.hear(ticket("T-1"), event("e1", "hello"), cursor="5")
    store.note(notice("n1"))
    change = store.writer.apply(Batch(gone=(T1, T2)), Told(), NOW)
    assert change.tickets == {T1, T2}
    assert (reader.tickets(Filter.ALL), reader.notices(), reader.events(T1)) == ((), (), ())


def test_as_of_is_when_the_desk_had_told_all(store: Store) -> None:
    reader = store.reader()
    store.hear(ticket())
    assert reader.as_of() is None
    store.hear(told_all=True)
    assert reader.as_of() == NOW


def test_services_that_are_the_same_are_no_change(store: Store) -> None:
    services = (Service("a", "A"),)
    assert store.writer.put_services(services, 7).catalogue
    assert not store.writer.put_services(services, 7)
    assert store.writer.put_services(services, 8).catalogue
    assert store.reader().services() == services


def test_due_times_are_kept_and_cleared(store: Store) -> None:
    store.hear(ticket("T-1"), ticket("T-2"))
    assert store.writer.next_due() is None
    store.writer.tell(Told(due={T1: later(5)}), (T1, T2))
    assert store.writer.next_due() is not None
    assert store.writer.due(later(4)) == ()
    assert store.writer.due(later(5)) == (T1,)
    store.writer.tell(Told(), (T1,))
    assert store.writer.next_due() is None


def test_what_the_person_wrote_on_is_read(store: Store) -> None:
    store.hear(ticket())
    store.note(notice("n1", T1), notice("n2", T2))
    change = store.writer.apply(Batch(), Told((notice("n3", T1),), read=frozenset({T1})), NOW)
    assert change.notices
    assert {told.id: told.read for told in store.reader().notices()} == {"n1": True, "n2": False, "n3": False}


def test_known_events_are_told_apart_from_new_ones(store: Store) -> None:
    events = [event(f"e{number}") for number in range(1100)]
    store.hear(ticket(), *events[:1000])
    assert store.writer.unknown([*events, events[1050]]) == tuple(events[1000:])


def test_many_tickets_at_once_are_named_without_their_local_references(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    store.outbox.mark_delivered(raised.id, Receipt(T1), NOW)
    assert raised.ticket in store.hear(ticket("T-1")).tickets
    many = store.hear(*(ticket(f"T-{number}") for number in range(60)))
    assert len(many.tickets) == 60


@pytest.mark.parametrize("name", ["", "T-", "local-", "'; drop table ticket", "\udcff", "T-1\x00"])
def test_a_reference_that_means_nothing_finds_nothing(store: Store, name: str) -> None:
    store.hear(ticket())
    assert store.reader().find(name) is None


def test_the_owner_is_remembered(store: Store) -> None:
    assert store.writer.owner() is None
    store.writer.put_owner("rt https://desk.example jane")
    assert store.writer.owner() == "rt https://desk.example jane"
