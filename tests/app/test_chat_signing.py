"""The chat server in the settings: found, signed in to by password or browser, left."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.fake_talks import FakeTalks
from tests.ui.page_ground import on_screen
from tracker.app.chat_signing import ChatSigning
from tracker.desks.matrix.login import Provider, Ways
from tracker.host.settings import DeskChoice
from tracker.model.chat import ChatWay
from tracker.model.errors import TrackerError
from tracker.ui.ports import Cancel, Then
from tracker.ui.settings.chat_server import ChatServerSection
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.text import Text

SERVER = "https://chat.example.org"
BOTH = Ways(SERVER, password=True, browser=True)
JANE = DeskChoice("matrix", SERVER, "@jane:example.org")


class FakeServer:
    """Keeps the questions; the test answers them."""

    def __init__(self) -> None:
        self.looked: list[tuple[str, Then[Ways]]] = []
        self.proved: list[tuple[DeskChoice, str, Then[str]]] = []
        self.browsed: list[tuple[Provider | None, Callable[[str], None], Then[DeskChoice]]] = []
        self.left: list[Then[str]] = []
        self.cancelled = 0

    def ways(self, server: str, then: Then[Ways]) -> Cancel:
        self.looked.append((server, then))
        return self._cancel

    def sign_in(self, choice: DeskChoice, password: str, then: Then[str]) -> Cancel:
        self.proved.append((choice, password, then))
        return self._cancel

    def sign_in_with_browser(
        self, ways: Ways, provider: Provider | None, *, opened: Callable[[str], None], then: Then[DeskChoice]
    ) -> Cancel:
        self.browsed.append((provider, opened, then))
        return self._cancel

    def sign_out(self, then: Then[str]) -> Cancel:
        self.left.append(then)
        return self._cancel

    def _cancel(self) -> None:
        self.cancelled += 1


class Scene:
    """The section on a screen, and what came of it."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.server, self.talks = FakeServer(), FakeTalks()
        self.talks.how = ChatWay.REPLIES
        self.opened: list[QUrl] = []
        self.changed: list[DeskChoice | None] = []
        self.remarks: list[str] = []
        self.ground = QWidget()
        self.section = ChatServerSection(theme, self.ground)
        self.signing = ChatSigning(self.section, self.server, self.talks, open_url=self.opened.append)
        self.signing.changed.connect(self.changed.append)
        self.signing.remark.connect(self.remarks.append)
        self.window = on_screen(self.section, qtbot, 640, 500)
        self.signing.show(None, signed_in=True)

    @property
    def said(self) -> list[str]:
        shown = (one for one in self.section.findChildren(Text) if one.isVisible() and one.text())
        return [one.text().replace("\u200b", "") for one in shown]

    @property
    def offered(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(Button) if one.isVisible()]

    def press(self, words: str) -> None:
        next(
            one for one in self.window.findChildren(Button) if one.text() == words and one.isVisible()
        ).click()

    def fill(self, name: str, words: str) -> None:
        field = next(one for one in self.section.findChildren(QLineEdit) if one.accessibleName() == name)
        QTest.keyClicks(field, words)

    def find(self, ways: Ways = BOTH) -> None:
        self.fill("Address of the chat server", "example.org")
        self.press("Continue")
        self.server.looked.pop()[1](ways)


@pytest.fixture
def theme(qapp: object) -> Theme:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return Theme(application, Look.LIGHT)


@pytest.fixture
def scene(theme: Theme, qtbot: QtBot) -> Scene:
    return Scene(theme, qtbot)


def test_the_server_says_how_one_signs_in_there(scene: Scene) -> None:
    scene.press("Continue")
    assert scene.server.looked == []
    scene.fill("Address of the chat server", " example.org ")
    scene.press("Continue")
    ((server, then),) = scene.server.looked
    assert server == "example.org"
    assert scene.offered == ["Cancel"]
    then(BOTH)
    assert f"Sign in at {SERVER}" in scene.said
    assert scene.offered == ["Sign in", "Use another server", "Sign in with the browser"]


def test_a_server_that_cannot_be_found_is_said_and_the_address_stays(scene: Scene) -> None:
    scene.fill("Address of the chat server", "nowhere")
    scene.press("Continue")
    scene.server.looked.pop()[1](TrackerError("There is no chat server at nowhere."))
    assert "There is no chat server at nowhere." in scene.said
    assert scene.section._address.text() == "nowhere"
    assert scene.offered == ["Continue"]


def test_the_server_that_it_has_set_stands_there_already(scene: Scene) -> None:
    scene.section.suggest(SERVER, fixed=False)
    assert scene.said[1] == "IT chats over a server beside your service desk. Sign in there to chat."
    scene.press("Continue")
    ((server, then),) = scene.server.looked
    assert server == SERVER
    then(BOTH)
    assert "Use another server" in scene.offered


def test_another_server_of_its_takes_the_place_of_the_first_and_of_nothing_typed(scene: Scene) -> None:
    scene.section.suggest("https://old.example", fixed=False)
    scene.section.suggest(SERVER, fixed=False)
    assert scene.section._address.text() == SERVER
    scene.section.suggest("", fixed=False)
    assert scene.section._address.text() == ""
    scene.fill("Address of the chat server", "chat.elsewhere.example")
    scene.section.suggest(SERVER, fixed=False)
    assert scene.section._address.text() == "chat.elsewhere.example"


def test_no_other_server_is_taken_where_it_has_locked_it(scene: Scene) -> None:
    scene.fill("Address of the chat server", "chat.elsewhere.example")
    scene.section.suggest(SERVER, fixed=True)
    assert "Set by IT" in scene.said
    scene.fill("Address of the chat server", "/x")
    scene.press("Continue")
    assert [server for server, _ in scene.server.looked] == [SERVER]
    scene.server.looked.pop()[1](BOTH)
    assert scene.offered == ["Sign in", "Sign in with the browser"]


def test_with_a_password(scene: Scene) -> None:
    scene.find()
    scene.fill("User name", "jane")
    scene.press("Sign in")
    assert scene.server.proved == []
    scene.fill("Password", "secret")
    scene.press("Sign in")
    choice, password, then = scene.server.proved.pop()
    assert (choice, password) == (DeskChoice("matrix", SERVER, "jane"), "secret")
    then(TrackerError("The password is not right."))
    assert "The password is not right." in scene.said
    scene.press("Sign in")
    scene.server.proved.pop()[2]("The keyring is locked.")
    assert scene.changed == [choice]
    assert scene.remarks == ["The keyring is locked."]
    scene.signing.show(choice, signed_in=True)
    assert "You chat with IT as jane" in scene.said
    assert scene.section._proof.password == ""


def test_through_the_browser_which_opens_after_the_press_alone(scene: Scene) -> None:
    company = Provider("saml", "Acme sign-in")
    scene.find(Ways(SERVER, password=False, browser=True, providers=(company,)))
    assert scene.opened == []
    assert scene.offered == ["Use another server", "Sign in with Acme sign-in"]
    scene.press("Sign in with Acme sign-in")
    provider, opened, then = scene.server.browsed.pop()
    assert provider == company
    opened(f"{SERVER}/sso")
    assert scene.opened == [QUrl(f"{SERVER}/sso")]
    assert "Your browser shows the sign-in page. Sign in there, then come back here." in scene.said
    scene.press("Open the page again")
    assert len(scene.opened) == 2
    then(JANE)
    assert scene.changed == [JANE]


def test_escape_gives_the_browser_up(scene: Scene) -> None:
    scene.find()
    scene.press("Sign in with the browser")
    _provider, opened, _then = scene.server.browsed.pop()
    QTest.keyClick(scene.section, Qt.Key.Key_Escape)
    assert scene.server.cancelled == 1
    opened(f"{SERVER}/sso")
    assert scene.opened == []
    assert "Sign in" in scene.offered


def test_signing_out_is_asked_about_first(scene: Scene) -> None:
    scene.signing.show(JANE, signed_in=True)
    scene.press("Sign out of the chat…")
    assert scene.server.left == []
    scene.press("Sign &out")
    (left,) = scene.server.left
    left("")
    assert scene.changed == [None]
    scene.signing.show(None, signed_in=True)
    assert scene.offered == ["Continue"]


def test_where_the_desk_chats_itself_nothing_is_asked(scene: Scene) -> None:
    scene.talks.how = ChatWay.LIVE
    scene.signing.show(None, signed_in=True)
    assert scene.offered == []
    assert scene.said[-1] == "Your service desk has a chat of its own. Nothing needs to be set up."
    scene.signing.show(None, signed_in=False)
    assert not scene.section.isVisible()


def test_what_somebody_is_in_the_middle_of_stays(scene: Scene) -> None:
    scene.find()
    scene.signing.show(None, signed_in=True)
    assert "Sign in" in scene.offered


def test_why_the_chat_server_cannot_be_used_is_said_there(scene: Scene) -> None:
    scene.signing.show(JANE, signed_in=True, trouble="chat.example.org cannot be reached.")
    assert "chat.example.org cannot be reached." in scene.said
    scene.signing.show(JANE, signed_in=True)
    assert "chat.example.org cannot be reached." not in scene.said
