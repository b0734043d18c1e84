"""A chat in the real window, with the real desk, a technician, and toasts on two kinds of daemons."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.rigs.frontdesk import TESS, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tests.stories.stage import raised, write_request
from tests.ui.notify.odd_daemon import OddDaemon
from tracker.demo.stage_set import StageSet
from tracker.demo.window import Window
from tracker.host.bus_watch import BusWatch
from tracker.host.virtual_desktop import VirtualDesktop, wait_until

pytestmark = pytest.mark.desktop


@pytest.fixture
def tess(desk: FrontDeskRig, jane: StageSet) -> Agent:
    """A technician who takes chats; the desk has been started for Jane."""
    agent = desk.agent(TESS)
    agent.chat.be_available()
    return agent


@pytest.fixture
def replying() -> Iterator[tuple[VirtualDesktop, OddDaemon]]:
    """A screen whose notification daemon has a field for answers."""
    with VirtualDesktop() as desktop:
        desktop.start_display(width=1280, height=900)
        desktop.spawn(["openbox"])
        daemon = OddDaemon(desktop.start_bus(), abilities=("actions", "body", "inline-reply"))
        yield desktop, daemon
        daemon.close()


def queue_of(tess: Agent) -> str:
    """Give the request whose person waits."""
    found: list[str] = []

    def look() -> bool:
        tess.chat.be_there()
        found[:] = tess.chat.waiting()
        return bool(found)

    wait_until(look, what="somebody in the queue")
    return found[0]


def said(tess: Agent, number: str) -> list[str]:
    answer = tess._ask("GET", f"/tickets/{number}/chat/messages")
    events = answer["events"]
    assert isinstance(events, list)
    return [str(event["text"]) for event in events]


def test_a_chat_begins_with_what_was_written_for_a_request(
    screen: VirtualDesktop, jane: StageSet, tess: Agent
) -> None:
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        write_request(window, "VPN keeps dropping")
        window.wait_for("Chat now")
        window.press("Start chat", times=2)
        number = queue_of(tess)
        tess.chat.accept(number)
        window.wait_for("Tess")
        tess.chat.say(number, "I can see your VPN client is old. May I push the update?")
        window.wait_for("May I push the update?")
        window.keys("Ctrl+F")
        window.wait_for("Search in this conversation")
        window.keys("Esc")
        window.fill("Write a message", "Yes please")
        window.press("Send")
        wait_until(lambda: "Yes please" in said(tess, number), what="the answer at the desk")
        tess.chat.end(number)
        window.open(number)
        window.press("Show the conversation")
        window.wait_for("Yes please")
        assert window.quit() == 0
    assert said(tess, number).count("Yes please") == 1
    assert len(tess.tickets("VPN keeps dropping")) == 1


def test_nobody_there_and_the_same_words_are_a_request(
    screen: VirtualDesktop, jane: StageSet, tess: Agent
) -> None:
    with Window(screen, jane.environment(screen.env)) as window:
        window.wait_for("live")
        write_request(window, "Nobody is there")
        window.wait_for("Chat now")
        tess.chat.be_available(available=False)
        window.press("Start chat")
        window.wait_for("Nobody is in the chat just now.")
        window.press("Send it as a request")
        wait_until(lambda: bool(tess.tickets("Nobody is there")), what="the request at the desk")
        assert tess.chat.waiting() == []
        assert window.quit() == 0


def test_a_message_is_answered_on_its_toast(
    replying: tuple[VirtualDesktop, OddDaemon], jane: StageSet, tess: Agent
) -> None:
    desktop, daemon = replying
    number = raised(jane, "Answered from the toast")
    with Window(desktop, jane.environment(desktop.env)) as window:
        window.wait_for("live")
        window.open(number)
        window.press("Chat with IT")
        assert queue_of(tess) == number
        tess.chat.accept(number)
        window.wait_for("Tess")
        window.keys("Ctrl+1")
        window.wait_for("Search all requests")
        tess.chat.say(number, "Does it hold now?")
        window.wait_for("Chat, 1 waiting")
        wait_until(
            lambda: any("Does it hold now?" in str(call[4]) for call in daemon.calls), what="the toast"
        )
        toast = next(call for call in daemon.calls if "Does it hold now?" in str(call[4]))
        assert "inline-reply" in toast[5]  # type: ignore[operator]
        daemon.say("NotificationReplied", "us", 7, "Yes, it does")
        wait_until(lambda: "Yes, it does" in said(tess, number), what="the answer at the desk")
        assert window.quit() == 0
    assert said(tess, number).count("Yes, it does") == 1


def test_where_the_toast_has_no_field_reply_opens_the_chat(
    screen: VirtualDesktop, jane: StageSet, tess: Agent
) -> None:
    number = raised(jane, "Answered in the window")
    watch = BusWatch(screen.env["DBUS_SESSION_BUS_ADDRESS"])
    try:
        with Window(screen, jane.environment(screen.env)) as window:
            window.wait_for("live")
            window.open(number)
            window.press("Chat with IT")
            assert queue_of(tess) == number
            tess.chat.accept(number)
            window.keys("Ctrl+1")
            window.wait_for("Search all requests")
            tess.chat.say(number, "Are you still there?")
            toast = watch.wait_for(lambda seen: "Are you still there?" in seen.body)
            assert "Reply" in toast.labels
            window.press("Chat, 1 waiting")
            window.wait_for("Are you still there?")
            wait_until(lambda: toast_is_gone(watch, toast.id), what="the toast to go")
            wait_until(lambda: "Chat, 1 waiting" not in window.read(), what="the badge to go")
            assert window.quit() == 0
    finally:
        watch.close()


def toast_is_gone(watch: BusWatch, number: int | None) -> bool:
    return all(seen.id != number for seen in watch.live)
