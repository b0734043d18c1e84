"""What agents do on Request Tracker's own pages reaches the employee: visits, promises, waits, calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import Terminal
from tests.rigs.rt import JANE, TESS, RtRig
from tests.rigs.rt_fixtures import rt_rig, tess
from tests.rigs.rt_pages import AgentPages, backdate
from tests.rigs.technician import Technician
from tracker.host.virtual_desktop import wait_until

__all__ = ["rt_rig", "tess"]

pytestmark = pytest.mark.rt


def in_hours(hours: float) -> datetime:
    """Give a whole minute some hours from now, as people type it."""
    return (datetime.now(UTC) + timedelta(hours=hours)).replace(second=0, microsecond=0)


@pytest.fixture
def pages(rt_rig: RtRig) -> Iterator[AgentPages]:
    """Tess before her browser."""
    with AgentPages(rt_rig, TESS) as tess:
        yield tess


_PATIENCE = 60.0
"""Seconds for something to reach Request Tracker or to come back, on a computer with much else to do."""


class Employee:
    """Jane at her terminal, told at any hour."""

    def __init__(self, rig: RtRig, profile: Path, tess: Technician) -> None:
        self._tess = tess
        self.terminal = Terminal(profile, JANE.password)
        profile.mkdir()
        (profile / "settings.json").write_text('{"quiet_hours": false, "quiet_weekend": false}', "utf-8")
        words = ("sign-in", "--desk", "rt", "--url", rig.url, "--user", JANE.name, "--password-stdin")
        self.terminal.run(*words, text=f"{JANE.password}\n")

    def asks(self, subject: str) -> str:
        """Raise a request and be in step; give its number."""
        words = ("new", "--service", "IT Support", "--subject", subject)
        self.terminal.deliver(*words, text="Please help.")
        self.until(lambda: bool(self._tess.tickets(JANE, subject)), "the request at the desk")
        (number,) = self._tess.tickets(JANE, subject)
        self.terminal.json("sync")
        return number

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Sync until something is so: on a busy computer what was said may go out with the next sync."""

        def is_so() -> bool:
            return condition() or (bool(self.terminal.json("sync")) and condition())

        wait_until(is_so, timeout=_PATIENCE, what=what)

    def is_told(self, number: str, kind: str) -> list[Any]:
        """Sync until this has happened; give the notices about this request on the way."""
        notices: list[Any] = []

        def told() -> bool:
            answer = self.terminal.json("sync")
            notices.extend(answer["notices"])
            return any((each["ticket"], each["event"]["kind"]) == (number, kind) for each in answer["events"])

        wait_until(told, timeout=_PATIENCE, what=kind)
        return [notice for notice in notices if notice["ticket"] == number]

    def hears(self, number: str, kind: str) -> None:
        """Sync until something of this kind is in the history, wherever."""
        self.until(lambda: kind in self.kinds(number), kind)

    def kinds(self, number: str) -> list[str]:
        """List what happened, oldest first."""
        events = self.terminal.json("show", number)["events"]
        return [event["kind"] for event in sorted(events, key=lambda event: (event["at"], event["id"]))]


@pytest.fixture
def jane(rt_rig: RtRig, tess: Technician, tmp_path: Path) -> Employee:
    return Employee(rt_rig, tmp_path / "profile", tess)


def test_a_visit_booked_under_way_and_there_in_rts_pages_is_told_each_time_once(
    jane: Employee, pages: AgentPages
) -> None:
    number = jane.asks("The dock is dead")
    starts, ends = in_hours(20), in_hours(22)
    pages.save(
        number,
        {
            "Technician visit": starts,
            "Visit until": ends,
            "Visit state": "booked",
            "Visit technician": "Theo Tools",
            "Location": "Room 3.14",
            "Visit preparation": "The dock\nIts power supply",
        },
        status="scheduled",
    )
    (booked,) = jane.is_told(number, "visit_booked")
    assert booked["notice_class"] == "progress"

    pages.save(
        number, {"Visit state": "on the way", "Arrival from": in_hours(1), "Arrival until": in_hours(2)}
    )
    (under_way,) = jane.is_told(number, "visit_on_the_way")
    assert under_way["notice_class"] == "now"
    pages.save(number, {"Arrival from": in_hours(3), "Arrival until": in_hours(4)})
    jane.is_told(number, "visit_eta")
    pages.save(number, {"Visit state": "on site"})
    (there,) = jane.is_told(number, "visit_arrived")
    assert there["notice_class"] == "now"
    pages.save(number, {"Visit state": "done", "Visit note": "A new power supply."})
    jane.is_told(number, "visit_done")
    assert [kind for kind in jane.kinds(number) if kind.startswith(("visit", "other"))] == [
        *("visit_booked", "visit_on_the_way", "visit_eta", "visit_arrived", "visit_done")
    ]


def test_a_promise_of_news_is_made_moved_with_its_reason_and_missed(
    jane: Employee, pages: AgentPages, rt_rig: RtRig
) -> None:
    number = jane.asks("The lamp flickers")
    pages.save(number, {"Next update by": in_hours(3)})
    (made,) = jane.is_told(number, "promise_made")
    assert made["notice_class"] == "promise"
    pages.save(number, {"Next update by": in_hours(30), "Reason for new date": "The part is late."})
    (moved,) = jane.is_told(number, "promise_moved")
    assert moved["notice_class"] == "promise"
    assert "The part is late." in str(jane.terminal.json("show", number))

    forgotten = jane.asks("The lamp is forgotten")
    pages.save(forgotten, {"Next update by": in_hours(2)})
    backdate(rt_rig, forgotten, timedelta(hours=3))
    jane.hears(forgotten, "promise_made")
    shown = jane.terminal.json("show", forgotten)
    assert [promise["state"] for promise in shown["promises"]] == ["missed"]
    assert "promise_missed" in [overlay["kind"] for overlay in shown["overlays"]]


def test_a_wait_tells_why_until_when_and_who_ends_it(jane: Employee, pages: AgentPages) -> None:
    number = jane.asks("The screen is broken")
    pages.save(
        number,
        {"Waiting reason": "A new panel", "Waiting until": in_hours(50), "Waiting for": "Panels Ltd"},
        status="waiting for supplier",
    )
    jane.is_told(number, "on_hold")
    shown = str(jane.terminal.json("show", number))
    assert "A new panel" in shown
    pages.save(number, {}, reply="It is here.", status="open")
    assert jane.is_told(number, "resumed")
    assert jane.kinds(number).count("on_hold") == 1


def test_a_call_asked_for_is_booked_and_the_rating_lands_in_its_field(
    jane: Employee, pages: AgentPages, tess: Technician
) -> None:
    number = jane.asks("The phone is silent")
    window = f"{in_hours(2).isoformat()}/{in_hours(3).isoformat()}"
    jane.terminal.deliver("call", number, "--phone", "0123", "--window", window)
    jane.until(lambda: tess.fields(number).get("Call state") == "asked", "the call")
    assert tess.fields(number)["Call number"] == "0123"
    pages.save(number, {"Call from": in_hours(2), "Call until": in_hours(2.5), "Call state": "booked"})
    (booked,) = jane.is_told(number, "callback_booked")
    assert booked["notice_class"] == "progress"
    assert [each["kind"] for each in jane.terminal.json("show", number)["promises"]] == ["callback"]

    tess.status(number, "resolved")
    jane.hears(number, "solved")
    jane.terminal.deliver("rate", number, "4")
    jane.until(lambda: tess.fields(number).get("Satisfaction") == "4", "the rating")
    assert tess.read(number, "Status") == "resolved"
    kinds = jane.kinds(number)
    assert (kinds.count("callback_asked"), kinds.count("callback_booked")) == (1, 1)
