"""Daemons that differ: fewer abilities, odd answers, tokens, and other programs' toasts."""

import os
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.rigs.desktop import Desktop
from tests.ui.notify.odd_daemon import OddDaemon
from tests.ui.notify.scene import Scene
from tracker.ui.notify.by_dbus import hand_on_token
from tracker.ui.notify.ways import Toast, ToastButton

pytestmark = pytest.mark.desktop

PRINTER = Toast("4711", "Printer <3>", "Fixed & done.\nDoes it work?", (ToastButton("works", "It works"),))


@pytest.fixture
def scene(qtbot: QtBot) -> Iterator[Scene]:
    with Desktop(display=False) as desktop:
        made = Scene(desktop, qtbot)
        yield made
        made.close()


def show(scene: Scene, daemon: OddDaemon) -> None:
    scene.way.start(scene.heard)
    scene.way.show(PRINTER)
    scene.until(lambda: bool(daemon.calls) and bool(scene.heard.reports))


def daemon_of(scene: Scene, abilities: tuple[str, ...] | None) -> OddDaemon:
    return OddDaemon(scene.desktop.env["DBUS_SESSION_BUS_ADDRESS"], abilities=abilities)


@pytest.mark.parametrize(
    ("abilities", "title", "body", "actions"),
    [
        (("actions", "body"), "Printer <3>", PRINTER.body, ["default", "Open", "works", "It works"]),
        (("body",), "Printer <3>", PRINTER.body, []),
        (("body", "body-markup"), "Printer <3>", "Fixed &amp; done.\nDoes it work?", []),
        ((), "Printer <3>: Fixed & done.", "", []),
        (None, "Printer <3>", PRINTER.body, []),  # it does not say what it can do
    ],
)
def test_a_toast_fits_what_the_daemon_can_do(
    scene: Scene, abilities: tuple[str, ...] | None, title: str, body: str, actions: list[str]
) -> None:
    daemon = daemon_of(scene, abilities)
    show(scene, daemon)
    assert daemon.calls[0][3:6] == (title, body, actions)
    daemon.close()


def test_what_the_daemon_can_do_is_declared(scene: Scene) -> None:
    daemon = daemon_of(scene, ("actions", "body", "inline-reply"))
    show(scene, daemon)
    said = scene.way.capabilities
    assert (said.replace, said.buttons, said.click, said.reply, said.certain) == (
        True,
        True,
        True,
        True,
        True,
    )
    daemon.close()


CHAT = Toast("4711", "VPN", "Hello", (ToastButton("reply", "Reply"),), reply="Write a reply")


def shown_chat(scene: Scene, *abilities: str) -> OddDaemon:
    daemon = daemon_of(scene, abilities)
    scene.way.start(scene.heard)
    scene.way.show(CHAT)
    scene.until(lambda: bool(daemon.calls) and bool(scene.heard.reports))
    return daemon


def test_where_the_daemon_has_a_field_an_answer_is_written_there(scene: Scene) -> None:
    daemon = shown_chat(scene, "actions", "body", "inline-reply")
    assert daemon.calls[0][5] == ["default", "Open", "inline-reply", "Reply"]
    hints = daemon.calls[0][6]
    assert isinstance(hints, dict)
    assert hints["x-kde-reply-placeholder-text"] == ("s", "Write a reply")
    daemon.say("NotificationReplied", "us", 8, "to another program")
    daemon.say("NotificationReplied", "us", 7, "Yes, ünd <b>more</b>\nlines")
    daemon.say("ActionInvoked", "us", 7, "inline-reply")
    scene.until(lambda: len(scene.heard.reports) == 3)
    assert scene.heard.reports[1:] == [
        ("replied", "4711", "Yes, ünd <b>more</b>\nlines"),
        ("pressed", "4711", "reply"),
    ]
    daemon.close()


def test_where_it_has_none_there_is_a_button(scene: Scene) -> None:
    daemon = shown_chat(scene, "actions", "body")
    assert daemon.calls[0][5] == ["default", "Open", "reply", "Reply"]
    hints = daemon.calls[0][6]
    assert isinstance(hints, dict)
    assert "x-kde-reply-placeholder-text" not in hints
    daemon.say("ActionInvoked", "us", 7, "reply")
    scene.until(lambda: ("pressed", "4711", "reply") in scene.heard.reports)
    daemon.close()


@pytest.mark.parametrize("answer", [None, ("s", ("seven",)), ("", ())])
def test_a_refused_or_senseless_answer_is_a_failure(
    scene: Scene, answer: tuple[str, tuple[object, ...]] | None
) -> None:
    daemon = OddDaemon(scene.desktop.env["DBUS_SESSION_BUS_ADDRESS"], answer=answer)
    show(scene, daemon)
    assert scene.heard.reports == [("failed", "4711")]
    assert scene.way.available
    assert not scene.way.daemon_is_missing
    daemon.close()


def test_the_permission_to_come_to_the_front_is_handed_on_before_the_click(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")  # so that what is set below goes again
    order: list[str] = []

    def hand_on(token: str) -> None:
        order.append(token)
        hand_on_token(token)

    monkeypatch.setattr(scene.way, "_hand_on", hand_on)
    monkeypatch.setattr(scene.heard, "clicked", order.append)
    daemon = daemon_of(scene, ("actions", "body"))
    show(scene, daemon)
    daemon.say("ActivationToken", "us", 8, "of another program")
    daemon.say("ActivationToken", "us", 7, "token-1")
    daemon.say("ActionInvoked", "us", 7, "default")
    scene.until(lambda: len(order) == 2)
    assert order == ["token-1", "4711"]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "token-1"
    daemon.close()


def test_signals_about_other_toasts_or_of_odd_shape_mean_nothing(scene: Scene) -> None:
    daemon = daemon_of(scene, ("actions", "body"))
    show(scene, daemon)
    daemon.say("ActionInvoked", "us", 8, "default")
    daemon.say("ActionInvoked", "ss", "7", "default")
    daemon.say("ActionInvoked", "u", 7)
    daemon.say("ActionInvoked", "uu", 7, 7)
    daemon.say("NotificationClosed", "us", 7, "2")
    daemon.say("NotificationClosed", "uu", 8, 2)
    daemon.say("ActionInvoked", "us", 7, "works")
    scene.until(lambda: len(scene.heard.reports) > 1)
    assert scene.heard.reports[1:] == [("pressed", "4711", "works")]
    daemon.close()


def test_a_button_in_the_daemons_own_list_works_after_the_toast_has_gone(scene: Scene) -> None:
    daemon = daemon_of(scene, ("actions", "body"))
    show(scene, daemon)
    daemon.say("NotificationClosed", "uu", 7, 1)
    daemon.say("ActionInvoked", "us", 7, "works")
    scene.until(lambda: len(scene.heard.reports) == 3)
    assert scene.heard.reports[1:] == [("closed", "4711", "expired"), ("pressed", "4711", "works")]
    daemon.close()


def test_numbers_of_an_ended_daemon_do_not_stand_for_the_toasts_of_the_next(scene: Scene) -> None:
    first = daemon_of(scene, ("actions", "body"))
    show(scene, first)
    first.say("NotificationClosed", "uu", 7, 2)
    scene.until(lambda: len(scene.heard.reports) == 2)
    first.close()
    scene.until(lambda: not scene.way.available)
    second = daemon_of(scene, ("actions", "body"))
    scene.until(lambda: scene.way.capabilities.buttons)
    second.say("ActionInvoked", "us", 7, "works")  # somebody else's toast has that number now
    second.say("NotificationClosed", "uu", 7, 2)
    scene.way.show(Toast("4712", "Laptop", "Received."))
    scene.until(lambda: scene.heard.reports[-1] == ("shown", "4712"))
    assert len(scene.heard.reports) == 3
    second.close()
