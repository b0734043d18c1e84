"""What was typed is kept, under the request's present name."""

from dataclasses import replace

from tests.store.samples import NOW, T1, Store, create, event, ticket
from tracker.model.command import Receipt
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.ticket import TicketId


def test_a_draft_is_kept_and_replaced(store: Store) -> None:
    store.drafts.save(Draft(NEW_REQUEST, "one", subject="VPN"), NOW)
    assert store.drafts.save(Draft(NEW_REQUEST, "two"), NOW).drafts
    assert store.drafts.all() == (Draft(NEW_REQUEST, "two"),)
    assert store.reader().draft(NEW_REQUEST) == Draft(NEW_REQUEST, "two")


def test_an_empty_draft_is_forgotten(store: Store) -> None:
    store.drafts.save(Draft(T1, "one"), NOW)
    store.drafts.save(Draft(T1, "  "), NOW)
    assert store.drafts.all() == ()
    assert store.reader().draft(T1) is None


def test_a_draft_on_an_unsent_request_goes_with_it(store: Store) -> None:
    raised, reader = create(), store.reader()
    store.outbox.add(raised)
    draft = Draft(raised.ticket, "One more thing")
    store.drafts.save(draft, NOW)
    store.outbox.mark_delivered(raised.id, Receipt(TicketId("T-9")), NOW)
    assert reader.draft("T-9") == replace(draft, key="T-9")
    assert reader.draft(raised.ticket) == draft
    assert store.drafts.get("T-9") is not None


def test_a_draft_goes_along_when_the_echo_comes_first(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    store.drafts.save(Draft(raised.ticket, "One more thing"), NOW)
    store.hear(ticket("T-9"), event("e1", ticket=TicketId("T-9"), command_id=raised.id))
    assert store.drafts.get("T-9") is not None


def test_a_late_save_under_the_local_reference_lands_on_the_request(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    store.outbox.mark_delivered(raised.id, Receipt(TicketId("T-9")), NOW)
    store.drafts.save(Draft(raised.ticket, "typed a moment before"), NOW)
    assert store.reader().draft("T-9") == Draft("T-9", "typed a moment before")
    store.drafts.drop(raised.ticket)
    assert store.drafts.all() == ()


def test_what_is_typed_on_the_request_wins_over_the_older_text(store: Store) -> None:
    raised = create()
    store.outbox.add(raised)
    store.drafts.save(Draft(raised.ticket, "older"), NOW)
    store.drafts.save(Draft("T-9", "newer"), NOW)
    store.outbox.mark_delivered(raised.id, Receipt(TicketId("T-9")), NOW)
    assert store.drafts.get("T-9") == Draft("T-9", "newer")
