"""The history that agents' saved pages leave at Request Tracker, made without a server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from tracker.desks.rt import wire
from tracker.desks.rt.context import Context
from tracker.desks.rt.field_names import FieldNames
from tracker.desks.rt.history import HistoryReader, Reading
from tracker.desks.rt.reading import Me, TicketReader
from tracker.desks.rt.site import read_site
from tracker.desks.rt.words import Words
from tracker.model.event import EventKind

NUMBERS = {name: 10 + at for at, (_, name) in enumerate(FieldNames().items())}
PEOPLE = {"jane": (28, "Jane Doe"), "tess": (34, "Tess Tech"), "RT_System": (1, "The RT System itself")}
BEGAN = datetime(2026, 11, 22, 10, tzinfo=UTC)
Saved = tuple[str, Mapping[str, str]]
"""Who saved a page, and what it changed; the keys "Status" and "Due" are RT's own."""


def at(hours: float) -> str:
    """Write a moment as RT writes it into transactions."""
    return (BEGAN + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S")


TEN_MINUTES = timedelta(minutes=10)


def read(
    *pages: Saved, options: tuple[tuple[str, str], ...] = (), told: int = 0, apart: timedelta = TEN_MINUTES
) -> Reading:
    """Read the history that these pages make, each saved ten minutes, or `apart`, after the one before."""
    now: dict[str, str] = {"Status": "new"}
    steps: list[dict[str, object]] = [_step(100, BEGAN, "jane", "Create", "", "", "")]
    for page, (who, changes) in enumerate(pages):
        when = BEGAN + timedelta(minutes=1) + page * apart
        for name, value in changes.items():
            kind = name if name in ("Status", "Correspond") else "Set" if name == "Due" else "CustomField"
            field = name if kind in ("Status", "Set") else str(NUMBERS.get(name, ""))
            steps.append(_step(101 + len(steps), when, who, kind, field, now.get(name, ""), value))
            now[name] = value
    fields = [
        {"id": number, "name": name, "values": [now[name]] if now.get(name) else []}
        for name, number in NUMBERS.items()
    ]
    ticket = {
        "id": 7,
        "Status": now["Status"],
        "Created": "2026-11-22T10:00:00Z",
        "LastUpdated": "2026-11-22T11:00:00Z",
        "Due": now.get("Due", ""),
        "Queue": {"id": 3, "Name": "IT Support"},
        "Requestor": [{"id": "jane", "Name": "jane"}],
        "CustomFields": fields,
    }
    reader = TicketReader(read_site(options), Me("jane", "Jane Doe"), "https://desk.test")
    names = {number: name for name, number in NUMBERS.items()}
    context = Context(reader, msgspec.convert(ticket, wire.Ticket), names, {3: "IT Support"})
    words = {int(str(step["id"])): Words("Words.") for step in steps if step["Type"] == "Correspond"}
    return HistoryReader(context, msgspec.convert(steps, list[wire.Transaction]), words, told=told).read()


def _step(
    number: int, when: datetime, who: str, kind: str, field: str, old: str, new: str
) -> dict[str, object]:
    return {
        "id": str(number),
        "Type": kind,
        "Field": field,
        "OldValue": old,
        "NewValue": new,
        "Created": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ObjectId": "7",
        "Creator": {"id": PEOPLE[who][0], "Name": who, "RealName": PEOPLE[who][1]},
    }


def kinds(story: Reading) -> list[EventKind]:
    return [event.kind for event in story.events[2:]]


BOOKED: Saved = (
    "tess",
    {
        "Visit until": at(22),
        "Visit technician": "Theo Tools",
        "Location": "Room 3",
        "Visit state": "booked",
        "Technician visit": at(20),
        "Visit time zone": "Europe/Lisbon",
        "Visit preparation": "The dock\n\nIts power supply",
        "Status": "scheduled",
    },
)
