"""Toasts by D-Bus, on real daemons: replaced, pressed, closed, restarted, frozen, missing."""

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.ui.notify.scene import Kind, Scene
from tracker.host.virtual_desktop import find_program
from tracker.ui.notify.ways import Toast, ToastButton, Urgency

pytestmark = pytest.mark.desktop

BUTTONS = (ToastButton("works", "It works"), ToastButton("not_yet", "Not yet"))
PRINTER = Toast("4711", "Printer on floor 3 (#4711)", "We think it is fixed.\nDoes it work?", BUTTONS)

both = pytest.mark.parametrize("kind", ["dunst", "xfce4-notifyd"])


@both
def test_a_toast_arrives_with_everything_a_daemon_needs(scene: Scene, kind: Kind) -> None:
    scene.start_daemon(kind)
    scene.start_way().show(PRINTER)
    seen = scene.seen(lambda seen: True)
    assert (seen.app, seen.replaces_id, seen.timeout) == ("Tracker", 0, -1)
    assert (seen.summary, seen.body) == (PRINTER.title, PRINTER.body)
    assert seen.hints["urgency"] == Urgency.NORMAL
    assert seen.hints["desktop-entry"] == "tracker"
    assert "suppress-sound" not in seen.hints
    assert ("works", "It works") in seen.actions
    scene.until(lambda: scene.heard.reports == [("shown", "4711")])


@both
def test_a_second_toast_of_a_request_takes_the_place_of_the_first(scene: Scene, kind: Kind) -> None:
    scene.start_daemon(kind)
    way = scene.start_way()
    way.show(PRINTER)
    first = scene.seen(lambda seen: True)
    scene.until(lambda: bool(scene.heard.reports))
    way.show(Toast("4711", PRINTER.title, "Fixed.", silent=True))
    second = scene.seen(lambda seen: seen.body == "Fixed.", after=1)
    assert second.replaces_id == first.id == second.id
    assert second.hints["suppress-sound"] is True
    assert [seen.body for seen in scene.watch.live] == ["Fixed."]


def test_toasts_in_quick_succession_are_still_one(scene: Scene) -> None:
    scene.start_daemon()
    way = scene.start_way()
    for step in range(5):
        way.show(Toast("4711", "Printer", f"Step {step}"))
    scene.seen(lambda seen: seen.body == "Step 4")
    assert len(scene.watch.live) == 1
    assert [seen.body for seen in scene.watch.notifications] == ["Step 0", "Step 4"]


@both
def test_a_pressed_button_is_heard(scene: Scene, kind: Kind) -> None:
    scene.start_daemon(kind)
    scene.start_way().show(PRINTER)
    seen = scene.seen(lambda seen: True)
    scene.until(lambda: bool(scene.heard.reports))
    scene.desktop.press(scene.watch, seen.id or 0, "not_yet")
    scene.until(lambda: ("pressed", "4711", "not_yet") in scene.heard.reports)


@both
def test_the_word_for_opening_is_on_every_toast_and_counts_as_a_click(scene: Scene, kind: Kind) -> None:
    scene.start_daemon(kind)
    scene.start_way().show(Toast("4711", "Printer", "Received.", open_label="Show"))
    seen = scene.seen(lambda seen: True)
    assert "Show" in seen.labels
    scene.until(lambda: bool(scene.heard.reports))
    scene.desktop.press(scene.watch, seen.id or 0, "default")
    scene.until(lambda: ("clicked", "4711") in scene.heard.reports)


@both
def test_a_dismissed_toast_is_no_click(scene: Scene, kind: Kind) -> None:
    scene.start_daemon(kind)
    scene.start_way().show(PRINTER)
    seen = scene.seen(lambda seen: True)
    scene.until(lambda: bool(scene.heard.reports))
    scene.desktop.dismiss(scene.watch, seen.id or 0)
    scene.until(lambda: len(scene.heard.reports) == 2)
    assert scene.heard.reports == [("shown", "4711"), ("closed", "4711", "dismissed")]


@both
def test_a_read_request_takes_its_toast_away(scene: Scene, kind: Kind) -> None:
    scene.start_daemon(kind)
    way = scene.start_way()
    way.show(PRINTER)
    way.withdraw("4711")  # while it is still on its way
    scene.until(lambda: any(seen.closed for seen in scene.watch.notifications))
    assert scene.watch.notifications[0].close_asked
    assert scene.heard.reports == []


@both
def test_after_a_restart_of_the_daemon_live_toasts_come_again_once(scene: Scene, kind: Kind) -> None:
    daemon = scene.start_daemon(kind)
    way = scene.start_way()
    way.show(PRINTER)
    way.show(Toast("4712", "Laptop", "Received."))
    scene.until(lambda: len(scene.heard.reports) == 2)
    for restarts in (1, 2):
        os.kill(daemon.pid, signal.SIGKILL)
        daemon.wait()
        scene.until(lambda: not way.available)
        daemon = scene.start_daemon(kind)
        scene.until(lambda: way.capabilities.buttons)
        way.show(Toast(f"new {restarts}", "New", f"After {restarts}."))
        scene.saying(f"After {restarts}.")
    bodies = [seen.body for seen in scene.watch.notifications]
    assert bodies == [
        PRINTER.body,
        "Received.",
        PRINTER.body,
        "Received.",
        "After 1.",
        "After 1.",
        "After 2.",
    ]
    assert all(seen.replaces_id == 0 for seen in scene.watch.notifications)
    assert scene.watch.notifications[2].hints["suppress-sound"] is True


def test_without_a_daemon_it_fails_at_once_and_works_as_soon_as_one_comes(scene: Scene) -> None:
    way = scene.start_way(ready=False)
    way.show(PRINTER)
    scene.until(lambda: scene.heard.reports == [("failed", "4711")])
    assert not way.available
    assert way.daemon_is_missing
    scene.start_daemon()
    scene.until(lambda: way.available)
    way.show(PRINTER)
    assert scene.seen(lambda seen: True).summary == PRINTER.title


def test_a_toast_from_before_the_bus_answered_waits_for_it(scene: Scene) -> None:
    scene.start_daemon()
    scene.start_way(ready=False).show(PRINTER)
    assert scene.seen(lambda seen: True).labels == ("Open", "It works", "Not yet")


def test_a_frozen_daemon_is_left_alone_until_it_answers(scene: Scene) -> None:
    daemon = scene.start_daemon()
    way = scene.start_way()
    os.kill(daemon.pid, signal.SIGSTOP)
    way.show(PRINTER)
    scene.until(lambda: scene.heard.reports == [("failed", "4711")])
    assert not way.available
    assert way.daemon_is_missing
    os.kill(daemon.pid, signal.SIGCONT)
    scene.until(lambda: way.available)
    # Another way has shown it meanwhile: the late one goes.
    scene.until(lambda: bool(scene.watch.notifications) and not scene.watch.live)
    way.show(Toast("4712", "Laptop", "Received."))
    scene.until(lambda: [seen.body for seen in scene.watch.live] == ["Received."])


def test_a_daemon_that_freezes_before_it_said_what_it_can_do_is_not_waited_for(scene: Scene) -> None:
    daemon = scene.start_daemon()
    os.kill(daemon.pid, signal.SIGSTOP)
    way = scene.start_way(ready=False)
    way.show(PRINTER)
    scene.until(lambda: scene.heard.reports == [("failed", "4711")])
    os.kill(daemon.pid, signal.SIGCONT)
    scene.until(lambda: way.capabilities.buttons)


HOSTILE = '<b>bold</b> <a href="http://x.test">click</a> &amp; <img src="x"> </body>'
AS_TEXT = (
    '&lt;b&gt;bold&lt;/b&gt; &lt;a href="http://x.test"&gt;click&lt;/a&gt; &amp;amp; '
    '&lt;img src="x"&gt; &lt;/body&gt;'
)


@pytest.mark.parametrize(
    ("kind", "markup", "body"),
    [("dunst", "no", HOSTILE), ("dunst", "full", AS_TEXT), ("xfce4-notifyd", "", AS_TEXT)],
)
def test_mark_up_in_a_request_is_shown_as_text(scene: Scene, kind: Kind, markup: str, body: str) -> None:
    """A daemon that reads mark-up gets it escaped; one that reads none gets the words as they are."""
    settings = scene.desktop.folder / "home" / ".config" / "dunst" / "dunstrc"
    settings.write_text(settings.read_text().replace("[global]", f"[global]\n    markup = {markup}"))
    scene.start_daemon(kind)
    scene.start_way().show(Toast("4711", f"T {HOSTILE}\0\ud800\u202e", f"{HOSTILE}\n\x1b[31mred\x07"))
    seen = scene.seen(lambda seen: True)
    assert seen.summary == f"T {HOSTILE}"
    assert seen.body == f"{body}\n[31mred"


def test_a_signal_that_another_program_sends_in_the_daemons_name_is_not_believed(scene: Scene) -> None:
    scene.start_daemon()
    scene.start_way().show(PRINTER)
    number = scene.seen(lambda seen: True).id
    scene.until(lambda: bool(scene.heard.reports))
    name = "org.freedesktop.Notifications"
    signal_path = ["/org/freedesktop/Notifications", f"{name}.ActionInvoked"]
    scene.desktop.run(
        "dbus-send",
        "--session",
        "--type=signal",
        *signal_path,
        f"uint32:{number}",
        "string:works",
        check=True,
    )
    scene.desktop.press(scene.watch, number or 0, "not_yet")
    scene.until(lambda: ("pressed", "4711", "not_yet") in scene.heard.reports)
    assert ("pressed", "4711", "works") not in scene.heard.reports


def test_stopping_takes_the_toasts_away(scene: Scene) -> None:
    scene.start_daemon()
    way = scene.start_way()
    way.show(PRINTER)
    scene.until(lambda: bool(scene.heard.reports))
    way.stop()
    scene.until(lambda: not scene.watch.live)


def offer_daemon(desktop: Desktop, program: str) -> None:
    """Let the bus start `program` as its notification daemon, and start the bus."""
    services = desktop.folder / "home" / ".local" / "share" / "dbus-1" / "services"
    services.mkdir(parents=True)
    service = f"[D-BUS Service]\nName=org.freedesktop.Notifications\nExec={find_program(program)}\n"
    (services / "notifications.service").write_text(service)
    desktop.start_bus(activation=True)


def test_a_daemon_that_the_bus_can_start_is_started_by_the_first_toast(qtbot: QtBot) -> None:
    with Desktop(bus=None) as desktop:
        offer_daemon(desktop, "dunst")
        scene = Scene(desktop, qtbot)
        assert scene.watch.notifications == ()
        way = scene.start_way(ready=False)
        scene.until(lambda: scene.bus.is_open and way.available and not way.capabilities.buttons)
        way.show(PRINTER)
        assert scene.seen(lambda seen: True).labels == ("Open", "It works", "Not yet")
        scene.close()


def test_a_toast_from_before_it_was_known_that_a_daemon_must_be_started_is_shown(qtbot: QtBot) -> None:
    with Desktop(bus=None) as desktop:
        offer_daemon(desktop, "dunst")
        scene = Scene(desktop, qtbot)
        way = scene.start_way(ready=False)
        way.show(PRINTER)
        assert scene.seen(lambda seen: True).labels == ("Open", "It works", "Not yet")
        scene.close()


def test_a_daemon_that_cannot_be_started_after_all_is_not_waited_for(qtbot: QtBot) -> None:
    with Desktop(display=False, bus=None) as desktop:
        offer_daemon(desktop, "false")
        scene = Scene(desktop, qtbot)
        way = scene.start_way(ready=False)
        scene.until(lambda: scene.bus.is_open and way.available)
        way.show(PRINTER)
        scene.until(lambda: scene.heard.reports == [("failed", "4711")])
        assert not way.available
        scene.close()
