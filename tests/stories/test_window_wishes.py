"""Calls, ways out and what comes after the end: asked for in the real window, at the real desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.rigs.frontdesk import TESS, FrontDeskRig
from tests.stories.stage import raised
from tracker.demo.stage_set import StageSet
from tracker.demo.window import Window
from tracker.host.virtual_desktop import VirtualDesktop, wait_until

pytestmark = pytest.mark.desktop


def kinds(desk: FrontDeskRig, number: str) -> list[str]:
    events = desk.agent(TESS).read(number)["events"]
    assert isinstance(events, list)
    return [event["kind"] for event in events]


def test_a_call_is_asked_for_booked_and_called_off(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    number = raised(jane, "Call me about it")
    tess = desk.agent(TESS)
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        window.open(number)
        window.press("Ask to be called back")
        window.wait_for("When can IT call you?")
        window.press("Write another time")
        day = datetime.now(UTC) + timedelta(days=2)
        window.fill("Day", f"{day:%Y-%m-%d}")
        window.fill("From", "10:00")
        window.fill("Until", "12:00")
        window.fill("Your number", "4711")
        window.press("Ask for the call", times=2)
        window.wait_for("IT has not chosen a time yet")
        wait_until(lambda: kinds(desk, number).count("callback_asked") == 1, what="one call at the desk")
        tess.book_call(number, day.replace(hour=10), day.replace(hour=11))
        window.wait_for("Call: ")
        window.press("I don't need the call any more", times=2)
        wait_until(lambda: "callback_cancelled" in kinds(desk, number), what="the call to be off")
        assert window.quit() == 0
    assert kinds(desk, number).count("callback_cancelled") == 1


def test_a_wait_is_explained_and_a_way_out_is_chosen(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    number = raised(jane, "No new ones are made")
    tess = desk.agent(TESS)
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        window.open(number)
        tess.set_waiting(
            number, "waiting_for_parts", reason="it is on its way", who="The maker", meanwhile="use the spare"
        )
        window.wait_for("Why: it is on its way")
        window.wait_for("Who can end it: The maker")
        window.wait_for("Meanwhile you can: use the spare")
        tess.offer_options(
            number,
            "None are left.",
            [{"kind": "loan", "label": "A loan notebook"}, {"kind": "cancel", "label": "Cancel it"}],
        )
        window.wait_for("IT can do nothing about it now")
        window.press("Choose: A loan notebook", times=2)
        wait_until(lambda: "option_chosen" in kinds(desk, number), what="the choice at the desk")
        assert window.quit() == 0
    assert kinds(desk, number).count("option_chosen") == 1


def test_after_the_end_there_is_thanks_and_one_rating(
    screen: VirtualDesktop, desk: FrontDeskRig, jane: StageSet
) -> None:
    number = raised(jane, "Soon over")
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        window.open(number)
        desk.agent(TESS).resolve(number, "I have changed the cable.")
        window.wait_for("We think it is fixed. Does it work?")
        window.press("Say thanks", times=2)
        window.wait_for("You said thanks. Whether it works is still open.")
        window.press("Yes, it works")
        window.wait_for("How did it go?")
        window.press("4 of 5: good", times=2)
        wait_until(lambda: "rated" in kinds(desk, number), what="the rating at the desk")
        assert window.quit() == 0
    assert [kinds(desk, number).count(kind) for kind in ("thanked", "rated", "reopened")] == [1, 1, 0]
