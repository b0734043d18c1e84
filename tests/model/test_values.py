"""The small values: ids that stay the same, changes that add up, drafts, and errors that speak."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from tests.model.making import BERLIN, at
from tracker.model.attachment import LocalFile
from tracker.model.batch import Batch
from tracker.model.calendar import Calendar
from tracker.model.catalogue import FieldKind, FormField
from tracker.model.change import NOTHING, Change
from tracker.model.command import CommandId, ConfirmFixed, local_reference, new_command_id
from tracker.model.draft import Draft
from tracker.model.errors import (
    CommandRejected,
    DeskError,
    DeskUnavailable,
    SignInRequired,
    StoreError,
    TrackerError,
    UnexpectedAnswer,
)
from tracker.model.event import event_id
from tracker.model.health import Condition, Health
from tracker.model.listing import Counts
from tracker.model.person import Person
from tracker.model.stage import Stage
from tracker.model.ticket import LOCAL_PREFIX, TicketId


def test_an_event_has_the_same_id_each_time_the_same_desk_tells_it() -> None:
    assert event_id("rt", "42") == event_id("rt", "42")
    assert (
        len({event_id("rt", "42"), event_id("rt", "43"), event_id("rt4", "2"), event_id("other", "42")}) == 4
    )
    assert uuid.UUID(event_id("rt", "42")).version == 5


def test_commands_have_ids_of_their_own_and_local_references_to_read_out() -> None:
    assert new_command_id() != new_command_id()
    reference = local_reference(CommandId("12345678-90ab-cdef-1234-567890abcdef"))
    assert reference == "local-1234567890ab"
    assert reference.startswith(LOCAL_PREFIX)


def test_changes_add_up() -> None:
    one = Change(tickets=frozenset({TicketId("1")}), outbox=True)
    two = Change(tickets=frozenset({TicketId("2")}), drafts=True, notices=True)
    both = one | two
    assert both.tickets == {"1", "2"}
    assert (both.outbox, both.drafts, both.notices, both.catalogue) == (True, True, True, False)
    assert (one | NOTHING) == one
    assert one
    assert not NOTHING
    assert Change(everything=True)


@pytest.mark.parametrize(
    ("draft", "empty"),
    [
        (Draft("new", ""), True),
        (Draft("new", "  \n", subject=" ", fields=(("room", ""),)), True),
        (Draft("new", "text"), False),
        (Draft("new", "", subject="Sound"), False),
        (Draft("new", "", fields=(("room", "4.112"),)), False),
        (Draft("new", "", files=(LocalFile("k", "a.png", 1),)), False),
        (Draft("new", "", service="it"), True),
    ],
)
def test_a_draft_is_empty_when_nothing_would_be_lost(draft: Draft, empty: bool) -> None:
    assert draft.is_empty == empty


def test_errors_are_sorted_by_what_to_do_next_and_are_fit_to_show() -> None:
    busy = DeskUnavailable("The desk is busy.", after=3.5)
    assert (str(busy), busy.after) == ("The desk is busy.", 3.5)
    for error in (DeskUnavailable, SignInRequired, CommandRejected, UnexpectedAnswer):
        assert issubclass(error, DeskError)
    assert issubclass(DeskError, TrackerError)
    assert issubclass(StoreError, TrackerError)


def test_the_worst_condition_is_the_largest() -> None:
    assert max(Condition) is Condition.BROKEN
    assert sorted(Condition)[0] is Condition.OK
    assert Health().condition is Condition.SYNCING


def test_stages_have_words_for_files_and_the_command_line() -> None:
    assert [stage.word for stage in Stage] == ["received", "assigned", "working", "visit", "fixed", "done"]


def test_a_first_name_is_a_name_in_any_case() -> None:
    assert [Person(name).first_name for name in ("Priya Nair", "Cher", "")] == ["Priya", "Cher", ""]


def test_values_are_usable_as_they_come() -> None:
    assert Batch() == Batch(live=False, cursor=None)
    assert Counts().open == 0
    assert FormField("room", "Room").kind is FieldKind.TEXT
    assert ConfirmFixed(CommandId("a"), at(17), TicketId("7")).ticket == "7"


def test_working_time_is_counted_for_over_a_year_and_no_further() -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    office = Calendar(BERLIN)
    assert office.between(start, start + timedelta(days=3000)) == office.between(
        start, start + timedelta(days=399)
    )
