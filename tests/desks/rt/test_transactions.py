"""Transactions that are hard to bring about on a server: read from what RT would write."""

from __future__ import annotations

import msgspec
import pytest

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.rt.history import HistoryReader, Reading
from tracker.desks.rt.reading import Me, TicketReader
from tracker.desks.rt.site import read_site
from tracker.desks.rt.words import Words
from tracker.model.event import EventKind
from tracker.model.person import ActorKind
from tracker.model.promise import PromiseState
from tracker.model.visit import VisitState

READER = TicketReader(read_site((("visit_minutes", "60"),)), Me("jane", "Jane Doe"), "https://desk.test")
FIELDS = {
    2: "Technician visit",
    3: "Next update by",
    4: "Location",
    5: "Satisfaction",
    6: "Client id",
    7: "Asset",
}
PEOPLE = {"jane": (28, "Jane Doe"), "tess": (34, "Tess Tech"), "RT_System": (1, "The RT System itself")}

Step = tuple[str, str, str, str, str]  # who, type, field, old value, new value


def read(*steps: Step, status: str = "open", fields: dict[str, str] | None = None, **ticket: str) -> Reading:
    """Read a history as RT would tell it; each step is a minute after the one before."""
    made = {
        "id": 7,
        "Status": status,
        "Subject": "x",
        "Created": "2026-11-22T10:00:00Z",
        "LastUpdated": "2026-11-22T11:00:00Z",
        "Queue": {"id": 3, "Name": "IT Support"},
        "Owner": {"id": "tess", "Name": "tess", "RealName": "Tess Tech"},
        "Requestor": [{"id": "jane", "Name": "jane"}],
        "CustomFields": [
            {"id": number, "name": name, "values": [fields[name]] if fields and name in fields else []}
            for number, name in FIELDS.items()
        ],
        **ticket,
    }
    written = [
        {
            "id": str(100 + at),
            "Type": kind,
            "Field": field,
            "OldValue": old,
            "NewValue": new,
            "Data": "scan.pdf",
            "Created": f"2026-11-22T10:{at:02}:00Z",
            "ObjectId": "7",
            "Creator": {"id": PEOPLE[who][0], "Name": who, "RealName": PEOPLE[who][1]},
        }
        for at, (who, kind, field, old, new) in enumerate(steps)
    ]
    context = Context(READER, msgspec.convert(made, wire.Ticket), FIELDS, {3: "IT Support"}, "5")
    return HistoryReader(
        context, msgspec.convert(written, list[wire.Transaction]), {101: Words("Words.")}
    ).read()


MADE: Step = ("jane", "Create", "", "", "")


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (
            ("RT_System", "AttachmentTruncate", "", "99", "10"),
            "“scan.pdf” was too big for the desk, which kept only",
        ),
        (
            ("RT_System", "AttachmentDrop", "", "99", "10"),
            "“scan.pdf” was too big for the desk, which kept nothing",
        ),
        (("tess", "AddWatcher", "Cc", "", "40"), "The people on this request changed."),
        (("tess", "Set", "Subject", "x", "y"), "Subject was changed."),
        (("tess", "CustomField", "7", "", "PC 12"), "Asset: PC 12"),
        (("tess", "CustomField", "7", "PC 12", ""), "Asset was emptied."),
        (("tess", "Levitate", "Desk", "", ""), "Levitate Desk"),
    ],
)
def test_what_has_no_kind_of_its_own_is_told_in_words(step: Step, text: str) -> None:
    (event,) = read(MADE, step).events[2:]
    assert event.kind is EventKind.OTHER
    assert text in event.text


@pytest.mark.parametrize(
    "step",
    [
        ("tess", "Set", "Told", "", "2026"),
        ("tess", "SetWatcher", "Owner", "6", "34"),
        ("jane", "CustomField", "6", "", "some-id"),
        ("tess", "CustomField", "99", "", "hidden"),
        ("tess", "CustomField", "5", "3", ""),
        ("tess", "CustomField", "2", "", ""),
        ("tess", "Set", "Due", "1970-01-01 00:00:00", "1970-01-01 00:00:00"),
        ("RT_System", "EmailRecord", "", "", ""),
    ],
)
def test_what_rt_notes_for_itself_is_no_news(step: Step) -> None:
    assert len(read(MADE, step).events) == 2


def test_a_technician_who_never_wrote_and_has_gone_is_somebody_else() -> None:
    told = read(MADE, ("tess", "Set", "Owner", "6", "77"), ("tess", "Set", "Owner", "77", "34")).events[2:]
    assert [(event.kind, event.details.person) for event in told] == [
        (EventKind.ASSIGNED, "somebody else"),
        (EventKind.HANDED_OVER, "Tess Tech"),
    ]


def test_a_request_nobody_has_is_back_with_its_team() -> None:
    (back,) = read(MADE, ("tess", "Set", "Owner", "34", "6")).events[2:]
    assert (back.kind, back.details.person, back.details.previous, back.details.team) == (
        EventKind.HANDED_OVER,
        None,
        "Tess Tech",
        "IT Support",
    )


def test_a_team_out_of_sight_is_another_team() -> None:
    (moved,) = read(MADE, ("tess", "Set", "Queue", "3", "9")).events[2:]
    assert (moved.details.team, moved.details.previous) == ("another team", "IT Support")


def test_a_status_that_waits_without_a_word_is_a_question_and_going_on_ends_it() -> None:
    told = read(
        MADE,
        ("tess", "Status", "Status", "open", "waiting"),
        ("tess", "Status", "Status", "waiting", "open"),
        ("tess", "Status", "Status", "open", "rejected"),
        ("tess", "Status", "Status", "rejected", "open"),
    )
    assert [event.kind for event in told.events[2:]] == [
        EventKind.QUESTION,
        EventKind.RESUMED,
        EventKind.CLOSED,
        EventKind.REOPENED,
    ]


def test_a_date_that_passed_before_it_was_moved_was_missed() -> None:
    story = read(
        MADE,
        ("tess", "Set", "Due", "1970-01-01 00:00:00", "2026-11-22 10:01:30"),
        ("tess", "Set", "Due", "2026-11-22 10:01:30", "2026-11-23 10:00:00"),
        ("tess", "Set", "Due", "2026-11-23 10:00:00", "1970-01-01 00:00:00"),
    )
    assert [promise.state for promise in story.ticket.promises] == [
        PromiseState.MISSED,
        PromiseState.WITHDRAWN,
    ]
    assert story.events[-1].kind is EventKind.PROMISE_WITHDRAWN


def test_a_room_that_changes_before_the_visit_is_the_visits_new_place() -> None:
    story = read(
        MADE,
        ("tess", "CustomField", "2", "", "2026-11-26 09:00:00"),
        ("jane", "CustomField", "4", "Room 1", "Room 2"),
        fields={"Technician visit": "2026-11-26T09:00:00Z", "Location": "Room 2"},
    )
    visit = story.ticket.visit
    assert visit is not None
    assert (visit.place, visit.state) == ("Room 2", VisitState.SCHEDULED)
    assert visit.ends is not None
    assert (visit.ends - visit.starts).total_seconds() == 3600


def test_a_visit_booked_when_the_request_was_made_is_known_without_a_transaction() -> None:
    story = read(MADE, status="dispatched", fields={"Technician visit": "2026-11-26T09:00:00Z"})
    visit = story.ticket.visit
    assert visit is not None
    assert visit.state is VisitState.ON_THE_WAY


def test_a_visit_nobody_set_off_to_is_over_without_a_word_when_it_is_fixed() -> None:
    story = read(
        MADE,
        ("tess", "CustomField", "2", "", "2026-11-26 09:00:00"),
        ("tess", "Status", "Status", "open", "resolved"),
        ("tess", "CustomField", "2", "2026-11-26 09:00:00", ""),
        status="resolved",
    )
    kinds = [event.kind for event in story.events[2:]]
    assert kinds == [EventKind.VISIT_BOOKED, EventKind.SOLVED]


def test_the_highest_rating_on_a_fixed_request_is_it_works_and_another_is_a_rating() -> None:
    fixed: Step = ("tess", "Status", "Status", "open", "resolved")
    for value, kind in (("5", EventKind.CONFIRMED), ("4", EventKind.RATED)):
        said = read(MADE, fixed, ("jane", "CustomField", "5", "", value), status="resolved").events[-1]
        assert (said.kind, said.actor.kind, said.details.score) == (kind, ActorKind.YOU, int(value))


def test_a_clock_that_ran_backwards_keeps_the_order_of_the_desk() -> None:
    told = read(MADE, ("jane", "Correspond", "", "", ""))
    assert [event.text for event in told.events if event.text] == ["Words."]
    assert sorted(event.id for event in told.events) == [event.id for event in told.events]
