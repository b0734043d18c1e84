"""A visit from its booking to its end: followed and answered in the real window, at the real desk."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.rigs.frontdesk import JANE, TESS, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tests.stories.stage import raised, signed_in
from tracker.demo.stage_set import StageSet
from tracker.demo.window import Window
from tracker.host.virtual_desktop import VirtualDesktop, wait_until

pytestmark = pytest.mark.desktop


def told(desk: FrontDeskRig, number: str, kind: str) -> int:
    events = desk.agent(TESS).read(number)["events"]
    assert isinstance(events, list)
    return [event["kind"] for event in events].count(kind)


def test_a_visit_is_confirmed_moved_to_an_offered_time_and_followed_to_its_end(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    number = raised(jane, "Come and see it")
    tess = desk.agent(TESS)
    starts = (datetime.now(UTC) + timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        window.open(number)
        tess.book_visit(number, starts, starts + timedelta(hours=2), prepare=["Switch it on"])
        window.wait_for("Please have ready:")
        window.press("That suits me", times=2)
        window.wait_for("You said that this suits you.")
        window.press("Another time")
        window.wait_for("Times that IT offers")
        window.press("Send", times=2)
        wait_until(lambda: told(desk, number, "visit_moved") == 1, what="the visit to be moved")
        window.wait_for("You moved it. It was ")
        window.press("Where to find me")
        window.fill("Place, such as building, floor and desk", "Desk 4.112")
        window.press("Send", times=2)
        wait_until(lambda: told(desk, number, "visit_place") == 1, what="the place at the desk")
        now = datetime.now(UTC)
        tess.on_the_way(number, now + timedelta(minutes=15), now + timedelta(minutes=25))
        window.wait_for("On the way to you, here between ")
        tess.arrive(number)
        window.wait_for(" is here")
        tess.finish_visit(number, text="I have changed the cable.")
        window.wait_for("The visit is done")
        assert window.quit() == 0
    counts = [told(desk, number, kind) for kind in ("visit_confirmed", "visit_moved", "visit_place")]
    assert counts == [1, 1, 1]


def test_a_visit_that_moves_while_one_answers_is_said_and_nobody_there_reaches_the_desk(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    number = raised(jane, "Come and see this")
    tess = desk.agent(TESS)
    starts = (datetime.now(UTC) + timedelta(days=3)).replace(hour=10, minute=0, second=0, microsecond=0)
    tess.book_visit(number, starts, starts + timedelta(hours=2))
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        window.open(number)
        window.press("Another time")
        window.wait_for("Which time would suit you?")
        tess.move_visit(number, starts + timedelta(hours=3), starts + timedelta(hours=5), "the van is late")
        window.wait_for("The visit was moved meanwhile")
        window.wait_for("Why: the van is late")
        window.press("Cancel")
        window.press("I'm not there")
        window.fill("A line for the technician. You can leave it empty.", "Back on Monday")
        window.press("Send", times=2)
        wait_until(lambda: told(desk, number, "visit_not_there") == 1, what="the word at the desk")
        window.wait_for("IT has it.")
        tess.fail_visit(number, "Nobody was in.")
        window.wait_for("The visit did not happen")
        window.wait_for("Ask for a new time")
        assert window.quit() == 0
    assert [told(desk, number, kind) for kind in ("visit_move_asked", "visit_not_there")] == [0, 1]


def preferences(desk: FrontDeskRig) -> str:
    """Give how Jane wants to be told, as the desk keeps it."""
    asking = Agent(desk.url, JANE.login, JANE.password)
    try:
        return json.dumps(asking._ask("GET", "/me/preferences")["preferences"], separators=(",", ":"))
    finally:
        asking.close()


def test_being_left_alone_and_muting_are_the_same_on_another_computer(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet, tmp_path: Path
) -> None:
    number = raised(jane, "Not so urgent")
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        window.press("Settings")
        window.wait_for("Your IT desk keeps these choices")
        window.press("For 1 hour")
        window.wait_for("Quiet until ")
        window.open(number)
        window.press("Mute")
        window.wait_for("Muted. Undo")
        wait_until(lambda: 'muted":["' in preferences(desk), what="the muted request at the desk")
        assert window.quit() == 0
    elsewhere = signed_in(desk, tmp_path / "elsewhere")
    with Window(screen, elsewhere.environment(screen.env)) as window:
        window.wait_for("live")
        window.press("Settings")
        window.wait_for("Quiet until ")
        window.open(number)
        window.wait_for("Muted. Undo")
        window.press("Muted. Undo")
        window.wait_for("Mute")
        assert window.quit() == 0
