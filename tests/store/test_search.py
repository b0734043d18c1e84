"""Words find requests: in numbers, subjects and replies, with or without accents, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.samples import NOW, T1, T2, Store, create, event, ticket
from tracker.model.batch import Batch
from tracker.model.cadence import Cadence
from tracker.model.calendar import Calendar
from tracker.model.listing import Filter
from tracker.model.ticket import TicketId
from tracker.store.reader import Reader
from tracker.store.search import is_in
from tracker.store.writer import Told


def found(reader: Reader, words: str) -> set[str]:
    return set(reader.tickets(Filter.ALL, words))


def test_the_beginnings_of_words_find_a_request(store: Store) -> None:
    store.hear(ticket("T-1", "VPN drops every hour"), ticket("T-2", "New monitor"))
    reader = store.reader()
    assert found(reader, "vpn") == {"T-1"}
    assert found(reader, "hou DRO") == {"T-1"}
    assert found(reader, "rops") == set()
    assert found(reader, "vpn monitor") == set()


def test_numbers_and_replies_find_a_request(store: Store) -> None:
    store.hear(ticket("REQ-1001"), ticket("REQ-1002", "Mouse"))
    store.hear(event("e1", "The flux capacitor is here.", ticket=TicketId("REQ-1002")))
    reader = store.reader()
    assert found(reader, "1001") == found(reader, "REQ-1001") == {"REQ-1001"}
    assert found(reader, "flux capac") == {"REQ-1002"}


def test_accents_and_case_do_not_matter(store: Store) -> None:
    store.hear(ticket("T-1", "Café déjà vu"), ticket("T-2", "ÜBERTRAGUNG"))
    reader = store.reader()
    assert found(reader, "cafe DEJA") == {"T-1"}
    assert found(reader, "CAFE\u0301") == {"T-1"}
    assert found(reader, "übertr") == found(reader, "ubertr") == {"T-2"}


def test_a_changed_subject_is_found_by_its_new_words_only(store: Store) -> None:
    store.hear(ticket("T-1", "Printer jams"))
    store.hear(ticket("T-1", "Scanner jams"))
    reader = store.reader()
    assert found(reader, "printer") == set()
    assert found(reader, "scanner") == {"T-1"}


def test_a_removed_request_is_not_found(store: Store) -> None:
    store.hear(ticket("T-1", "Secret project"), ticket("T-2", "Other"), event("e1", "hush hush"))
    store.writer.apply(Batch(gone=(T1,)), Told(), NOW)
    reader = store.reader()
    assert found(reader, "secret") == found(reader, "hush") == set()
    assert reader.events(T1) == ()
    store.hear(ticket("T-1", "Secret again"), event("e2", "hello"))
    assert found(reader, "secret") == found(reader, "hello") == {"T-1"}
    assert found(reader, "hush") == set()


def test_an_unsent_request_is_found_by_the_same_rules(store: Store) -> None:
    raised = create(subject="Café machine", text="It gives no REQ-7 coffee")
    store.outbox.add(raised)
    reader = store.reader()
    for words in ("cafe", "CAFÉ mach", "coffee gives", "req-7", "cafe!"):
        assert found(reader, words) == {raised.ticket}
    for words in ("achine", "cafe tea", "!"):
        assert found(reader, words) == set()


def test_only_spaces_find_everything_and_only_signs_find_nothing(store: Store) -> None:
    store.hear(ticket("T-1"), ticket("T-2"))
    reader = store.reader()
    assert found(reader, "  ") == {"T-1", "T-2"}
    assert found(reader, '"*-(') == set()


def test_a_chip_and_words_narrow_together(store: Store) -> None:
    store.hear(ticket("T-1", "Mouse"), ticket("T-2", "Mouse"))
    store.writer.apply(Batch(gone=(T2,)), Told(), NOW)
    reader = store.reader()
    assert reader.tickets(Filter.OPEN, "mouse") == (T1,)
    assert reader.tickets(Filter.FIXED, "mouse") == ()


HOSTILE = [
    '"',
    "''; drop table ticket; --",
    "NEAR(a b)",
    "a AND OR NOT",
    "subject:vpn",
    "*",
    "^a",
    "a\x00b",
    "\ud83d",
    "{a b}:c",
    "-",
    "a" * 100_000,
    "x " * 5000,
    "%_[]\\",
    "\u202e\ufeff",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_find_nothing_and_break_nothing(store: Store, words: str) -> None:
    store.hear(ticket("T-1", "VPN drops"))
    store.outbox.add(create())
    reader = store.reader()
    assert found(reader, words) == set()
    assert found(reader, "vpn") == {"T-1"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text())
def test_any_text_can_be_searched_for(store: Store, words: str) -> None:
    if not store.writer.tickets([T1]):
        store.hear(ticket("T-1", "VPN drops"))
    with_reader = Reader(store.path, Calendar(), Cadence())
    assert found(with_reader, words) <= {"T-1"}
    with_reader.close()


@given(st.text(st.characters(categories=["L", "N", "Zs"])))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    words = text.split()
    for word in words[:8]:
        assert is_in(word, text) or not any(c.isalnum() for c in word)
