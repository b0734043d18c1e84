"""The network in the settings: nothing to see until a proxy asks, then who one is and what became of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.accessible import unnamed
from tests.ui.clipping import clipped, small_targets
from tests.ui.settings.test_page import opened
from tracker.app.remedies import remedy_for, sign_in_page
from tracker.host.settings import DeskChoice
from tracker.model.health import Condition, Health, Remedy
from tracker.ui.settings.network import NetworkSection
from tracker.ui.settings.page import SettingsPage
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button

PROXY = "proxy.example.org:3128"
DESK = DeskChoice("rt", "https://help.example.org:8443/rt", "jane")


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> SettingsPage:
    return opened(theme, qtbot)


def fields(section: NetworkSection) -> tuple[QLineEdit, QLineEdit]:
    name, password = section.findChildren(QLineEdit)
    return name, password


def use(section: NetworkSection) -> None:
    next(b for b in section.findChildren(Button) if b.text() == "Use them").click()


def said(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_nothing_is_asked_until_a_proxy_does(page: SettingsPage) -> None:
    assert page.network.isHidden()
    page.network.show_proxy(PROXY)
    assert page.network.isVisible()
    assert PROXY in said(page.network).replace("\u200b", "")
    assert unnamed(page) == []
    page.network.show_proxy("")
    assert page.network.isHidden()


def test_what_is_typed_is_given_once_and_the_password_is_not_kept_in_the_field(
    page: SettingsPage, qtbot: QtBot
) -> None:
    page.network.show_proxy(PROXY)
    name, password = fields(page.network)
    use(page.network)
    assert "Write your user name." in said(page.network)
    name.setText(" jdoe ")
    password.setText("hush-hush")
    assert password.echoMode() is QLineEdit.EchoMode.Password
    given: list[tuple[str, str]] = []
    page.network.login_given.connect(lambda who, proof: given.append((who, proof)))
    use(page.network)
    use(page.network)
    assert given == [("jdoe", "hush-hush")], "a second click waits for the first"
    page.network.show_kept()
    assert not password.text()


def test_what_was_wrong_is_said_and_can_be_mended(page: SettingsPage) -> None:
    page.network.show_proxy(PROXY)
    name, password = fields(page.network)
    name.setText("jdoe")
    password.setText("hush-hush")
    use(page.network)
    page.network.show_wrong("A proxy wants a name (without a colon) and a password.")
    assert "without a colon" in said(page.network)
    given: list[str] = []
    page.network.login_given.connect(lambda who, _proof: given.append(who))
    use(page.network)
    assert given == ["jdoe"]


def test_nothing_is_cut_off_where_the_window_is_smallest(page: SettingsPage) -> None:
    page.network.show_proxy(f"{'a' * 60}.example.org:3128")
    page.resize(360, 520)
    assert clipped(page.network) == []
    assert small_targets(page.network) == []


def test_what_can_be_done_stands_in_the_strip(qtbot: QtBot) -> None:
    opened: list[str] = []
    offline = Health(Condition.OFFLINE)
    assert remedy_for(offline, DESK, lambda: opened.append("settings")) is None
    asked = remedy_for(
        Health(Condition.OFFLINE, remedy=Remedy.PROXY), DESK, lambda: opened.append("settings")
    )
    assert asked is not None
    assert asked[0] == "Enter them"
    asked[1]()
    assert opened == ["settings"]
    gate = remedy_for(Health(Condition.OFFLINE, remedy=Remedy.BROWSER), DESK, lambda: None)
    assert gate is not None
    assert gate[0] == "Open the browser"
    assert remedy_for(Health(Condition.OFFLINE, remedy=Remedy.BROWSER), None, lambda: None) is None


def test_the_browser_is_led_to_the_desks_own_host_where_a_gate_can_answer() -> None:
    assert sign_in_page(DESK.url).toString() == "http://help.example.org/"
    assert sign_in_page("https://[2001:db8::7]/rt").toString() == "http://[2001:db8::7]/"
