"""What the embedded desk says becomes the model's values, safe and complete."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desks.frontdesk.canned import EVENT, TICKET, Json
from tracker.desks.frontdesk import wire
from tracker.desks.frontdesk.reading import Reader
from tracker.desks.frontdesk.safe_values import text_of
from tracker.frontdesk.values import State
from tracker.model.event import Event, EventKind
from tracker.model.person import ActorKind, Person
from tracker.model.promise import PromiseSource, PromiseState
from tracker.model.ticket import Act, Ticket, TicketState
from tracker.model.visit import VisitState

LATER = "2026-11-21T10:00:00+01:00"
VISIT: Json = {
    "id": "v1",
    "starts": LATER,
    "ends": "2026-11-21T12:00:00+01:00",
    "place": "Room 3",
    "agent": {"id": "u9", "name": "Tess Tech"},
    "state": "scheduled",
    "eta_earliest": None,
    "eta_latest": None,
}
PROMISE: Json = {
    "id": "p1",
    "kind": "fix",
    "earliest": None,
    "latest": LATER,
    "made_at": "2026-11-20T09:00:00Z",
    "made_by": "Tess Tech",
    "source": "agent",
    "reason": None,
    "supersedes": None,
    "state": "open",
    "ended_at": None,
}


def ticket(**changed: object) -> Ticket:
    told = msgspec.json.decode(json.dumps(TICKET | changed), type=wire.Ticket)
    return Reader("u1").ticket(told)


def event(**changed: object) -> Event:
    told = msgspec.json.decode(json.dumps(EVENT | changed), type=wire.Event)
    return Reader("u1").event(told)


@pytest.mark.parametrize("state", list(State))
def test_every_state_of_the_desk_has_its_place(state: State) -> None:
    read = ticket(state=state.value)
    assert read.state is not TicketState.UNKNOWN
    assert read.state_word == state.value.replace("_", " ")


def test_a_state_of_a_newer_desk_is_unknown_and_keeps_its_word() -> None:
    read = ticket(state="waiting_for_the_moon", priority="cosmic", may=["reply", "fly"])
    assert (read.state, read.state_word) == (TicketState.UNKNOWN, "waiting for the moon")
    assert read.may == {Act.REPLY}


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_keeps_its_name(kind: EventKind) -> None:
    assert event(kind=kind.value).kind is kind


def test_a_kind_of_a_newer_desk_is_kept_as_other_with_its_words() -> None:
    read = event(kind="teleported", text="We moved it.")
    assert (read.kind, read.raw_type, read.text) == (EventKind.OTHER, "teleported", "We moved it.")


def test_it_is_clear_who_did_it() -> None:
    assert event().actor == Person("Jane Doe", ActorKind.YOU)
    for told, kind in (("requester", ActorKind.COLLEAGUE), ("agent", ActorKind.AGENT)):
        assert event(actor={"id": "u7", "name": "Kim", "kind": told}).actor == Person("Kim", kind)
    assert event(actor={"id": None, "name": "IT", "kind": "system"}).actor.kind is ActorKind.SYSTEM


def test_a_promise_a_visit_and_times_arrive_in_utc() -> None:
    read = ticket(
        promises=[PROMISE, PROMISE | {"id": "p2", "source": "sla"}], visit=VISIT, auto_close_at=LATER
    )
    moment = datetime(2026, 11, 21, 9, tzinfo=UTC)
    first, second = read.promises
    assert (first.latest, first.source, first.state) == (moment, PromiseSource.DESK_FIELD, PromiseState.OPEN)
    assert second.source is PromiseSource.SLA
    assert read.visit is not None
    assert (read.visit.starts, read.visit.state, read.visit.agent) == (
        moment,
        VisitState.SCHEDULED,
        "Tess Tech",
    )
    assert first.latest.tzinfo is UTC
    assert read.auto_close_at == moment


def test_what_an_event_carries_is_told_in_its_details() -> None:
    moved = event(kind="promise_moved", data={"promise": PROMISE, "was_latest": LATER, "reason": "Part late"})
    assert moved.details.promise is not None
    assert (moved.details.until, moved.details.reason) == (datetime(2026, 11, 21, 9, tzinfo=UTC), "Part late")
    handed = event(
        kind="handed_over",
        data={
            "team": "Net",
            "owner": {"id": "u8", "name": "Priya"},
            "was_owner": {"id": "u9", "name": "Tess"},
        },
    )
    assert (handed.details.person, handed.details.previous, handed.details.team) == ("Priya", "Tess", "Net")
    merged = event(kind="merged", data={"into": "REQ-9"})
    assert merged.details.target == "REQ-9"
    assert event(kind="received", data={"number": "REQ-1"}).details.target is None
    assert event(kind="status", data={"to_state": "waiting_for_parts"}).details.status_word == (
        "waiting for parts"
    )


def test_dates_of_another_century_stop_nobody() -> None:
    mad = "0001-01-01T00:00:00Z"
    read = ticket(created_at=mad, updated_at="9999-12-31T23:59:59Z", auto_close_at=mad, state_since=mad)
    assert read.created_at.year == 2000
    assert read.updated_at.year == 2199
    assert read.auto_close_at is None
    assert read.state_since is None
    assert event(at="9999-12-31T23:59:59-12:00").at.year == 2199


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain\n  text\twith <b>", "plain\n  text\twith <b>"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("pay\u202egpj.exe", "paygpj.exe"),
        ("zero\u200bwidth", "zerowidth"),
        ("one\r\ntwo", "one\ntwo"),
        ("Grüße 漢字 👩\u200d💻", "Grüße 漢字 👩\u200d💻"),
    ],
)
def test_texts_are_shown_as_written_without_what_deceives(raw: str, shown: str) -> None:
    assert text_of(raw) == shown


@given(st.text(st.characters(codec="utf-8")))
def test_no_text_keeps_a_character_that_hides_or_reorders(raw: str) -> None:
    shown = text_of(raw)
    assert not set(shown) & set("\x00\x1b\r\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b\u2060\ufeff")
    assert all(char in "\n\t" or char.isprintable() or not char.isascii() for char in shown)


def test_events_of_one_moment_stay_in_the_desks_order() -> None:
    later, earlier = event(id="aaa", seq=12), event(id="zzz", seq=11)
    assert sorted([later.id, earlier.id]) == [earlier.id, later.id]


def test_what_the_program_does_not_know_is_skipped() -> None:
    read = ticket(
        promises=[PROMISE | {"kind": "miracle"}, PROMISE | {"state": "forgotten"}], novelty={"a": 1}
    )
    assert read.promises == ()
    assert event(novelty=[1, 2]).text == "It jams."
