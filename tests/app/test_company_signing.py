"""The company's sign-in on the sign-in page: offered where the desk does, one at a time, given up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.accessible import accessible_tree, unnamed
from tests.ui.clipping import clipped
from tests.ui.page_ground import on_screen
from tests.ui.pseudo import pseudo_language
from tracker.app.company_actions import SignedIn
from tracker.app.company_signing import CompanySigning
from tracker.core.company_account import Ways
from tracker.desks.openid.device import CodeAttempt
from tracker.desks.openid.provider import Company, Provider
from tracker.desks.openid.wire import Configuration
from tracker.host.settings import DeskChoice
from tracker.model.errors import DeskUnavailable, SignInRequired, TrackerError
from tracker.ui.accounts.form import DeskOption, SecretKind
from tracker.ui.accounts.sign_in import SignInPage
from tracker.ui.ports import Cancel, Then
from tracker.ui.theme.theme import Look, Theme
from tracker.ui.widgets.buttons import Button

URL = "https://help.example.org"
LOGIN = "https://login.example.org"
BOTH = Ways(browser=True, code=True)
ALONE = Ways(password=False, browser=True)
JANE = DeskChoice("frontdesk", URL, "jane")
DESKS = (
    DeskOption("frontdesk", "Front desk", url=URL),
    DeskOption("rt", "Request Tracker", (SecretKind.PASSWORD, SecretKind.TOKEN)),
)
PROVIDER = Provider(Company(LOGIN, "t"), Configuration(LOGIN, LOGIN, LOGIN, LOGIN))
CODE = CodeAttempt("WDJB-MJHT", f"{LOGIN}/device", f"{LOGIN}/device?c=1", 600, PROVIDER, 5, "secret")
PAGE = f"{LOGIN}/authorize?state=x"


class FakeActions:
    """Keeps the questions; the test answers them."""

    def __init__(self) -> None:
        self.looked: list[tuple[str, str, Then[Ways]]] = []
        self.browsed: list[tuple[str, Callable[[str], None], Then[SignedIn]]] = []
        self.coded: list[tuple[str, Callable[[CodeAttempt], None], Then[SignedIn]]] = []
        self.cancelled = 0

    def ways(self, kind: str, url: str, then: Then[Ways]) -> Cancel:
        self.looked.append((kind, url, then))
        return self._cancel

    def with_browser(self, url: str, *, opened: Callable[[str], None], then: Then[SignedIn]) -> Cancel:
        self.browsed.append((url, opened, then))
        return self._cancel

    def with_code(self, url: str, *, told: Callable[[CodeAttempt], None], then: Then[SignedIn]) -> Cancel:
        self.coded.append((url, told, then))
        return self._cancel

    def _cancel(self) -> None:
        self.cancelled += 1


class Scene:
    """The page on a screen, and what came of it."""

    def __init__(
        self, theme: Theme, qtbot: QtBot, desks: tuple[DeskOption, ...] = DESKS, *, sure: bool = False
    ) -> None:
        self.actions = FakeActions()
        self.opened: list[str] = []
        self.signed_in: list[tuple[object, str]] = []
        self.page = SignInPage(theme, desks)
        self.signing = CompanySigning(
            self.page,
            self.actions,
            open_url=lambda url: self.opened.append(url.toString()),
            failed=self._say,
            sure=sure,
        )
        self.signing.signed_in.connect(lambda choice, remark: self.signed_in.append((choice, remark)))
        self.window = on_screen(self.page, qtbot, 552, 560)

    @property
    def offered(self) -> list[str]:
        buttons = (one for one in self.page.findChildren(Button) if one.isVisible() and one.text())
        return [one.text().replace("&", "") for one in buttons]

    @property
    def fields(self) -> list[str]:
        return [one.accessibleName() for one in self.page.findChildren(QLineEdit) if one.isVisible()]

    def press(self, words: str) -> None:
        next(
            one
            for one in self.page.findChildren(Button)
            if one.text().replace("&", "") == words and one.isVisible()
        ).click()

    def _say(self, error: TrackerError) -> None:
        self.page.show_error(str(error))

    def tell(self, answer: Ways | TrackerError) -> None:
        self.actions.looked.pop()[2](answer)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, Look.LIGHT)


@pytest.fixture
def scene(theme: Theme, qtbot: QtBot) -> Scene:
    return Scene(theme, qtbot)


def test_a_known_desk_is_asked_at_once_and_its_ways_are_offered(scene: Scene) -> None:
    assert [each[:2] for each in scene.actions.looked] == [("frontdesk", URL)]
    assert scene.offered == ["Sign in"]
    scene.tell(BOTH)
    assert scene.offered == ["Sign in", "Sign in with your browser", "Sign in with a code"]
    assert unnamed(scene.page) == []


def test_a_desk_without_passwords_asks_for_none(scene: Scene) -> None:
    scene.tell(ALONE)
    assert scene.offered == ["Sign in with your browser"]
    assert scene.fields == ["Address of your IT desk"]


def test_an_address_that_changes_is_asked_anew_and_an_old_answer_is_dropped(scene: Scene) -> None:
    late = scene.actions.looked.pop()[2]
    address = next(one for one in scene.page.findChildren(QLineEdit) if "Address" in one.accessibleName())
    address.setFocus()
    address.selectAll()
    QTest.keyClicks(address, "other.example.org")
    late(BOTH)
    assert scene.offered == ["Sign in"]
    QTest.keyClick(address, Qt.Key.Key_Tab)
    assert [each[:2] for each in scene.actions.looked] == [("frontdesk", "https://other.example.org")]


def test_the_browser_opens_on_the_press_and_the_answer_signs_in(scene: Scene) -> None:
    scene.tell(BOTH)
    scene.press("Sign in with your browser")
    assert scene.offered == ["Cancel"]
    url, opened, then = scene.actions.browsed.pop()
    assert (url, scene.opened, scene.fields) == (URL, [], ["Address of your IT desk"])
    opened(PAGE)
    assert (scene.opened, scene.offered) == ([PAGE], ["Open the page again", "Cancel"])
    scene.press("Open the page again")
    assert scene.opened == [PAGE, PAGE]
    assert scene.signing.is_waiting
    then((JANE, "kept for now"))
    assert scene.signed_in == [(JANE, "kept for now")]


def test_a_code_is_shown_copied_and_its_page_opened_on_a_press_alone(scene: Scene) -> None:
    scene.tell(BOTH)
    scene.press("Sign in with a code")
    scene.actions.coded[0][1](CODE)
    said = accessible_tree(scene.page).replace("\u200b", "")
    assert "WDJB-MJHT" in said
    assert f"{LOGIN}/device" in said
    assert "10 min" in said
    assert scene.opened == []
    scene.press("Copy the code")
    assert QGuiApplication.clipboard().text() == "WDJB-MJHT"
    scene.press("Open the page here")
    assert scene.opened == [CODE.direct]


def test_giving_up_ends_the_wait_and_what_comes_later_opens_nothing(scene: Scene) -> None:
    scene.tell(BOTH)
    scene.press("Sign in with your browser")
    _, opened, _ = scene.actions.browsed.pop()
    scene.press("Cancel")
    assert scene.actions.cancelled == 1
    opened(PAGE)
    assert scene.opened == []
    assert scene.offered == ["Sign in", "Sign in with your browser", "Sign in with a code"]
    scene.press("Sign in with a code")
    QTest.keyClick(scene.page.company, Qt.Key.Key_Escape)
    assert (scene.actions.cancelled, scene.signing.is_waiting) == (2, False)


def test_a_refusal_is_said_and_every_way_is_open_again(scene: Scene) -> None:
    scene.tell(BOTH)
    scene.press("Sign in with your browser")
    scene.actions.browsed.pop()[2](SignInRequired("The sign-in at login.example.org was turned down."))
    assert "was turned down" in accessible_tree(scene.page)
    assert scene.offered[-3:] == ["Sign in", "Sign in with your browser", "Sign in with a code"]
    scene.press("Sign in with your browser")
    assert "was turned down" not in accessible_tree(scene.page)
    assert len(scene.actions.browsed) == 1


def test_a_desk_that_takes_none_of_the_companys_ways_is_said(scene: Scene) -> None:
    scene.tell(Ways(password=False))
    assert scene.offered == []
    assert "does not take the way of signing in" in accessible_tree(scene.page)


def test_a_page_that_goes_takes_its_wait_along(scene: Scene, qtbot: QtBot) -> None:
    scene.tell(BOTH)
    scene.press("Sign in with your browser")
    with qtbot.waitSignal(scene.page.destroyed):
        scene.page.deleteLater()
    assert scene.actions.cancelled == 1


def test_a_desk_that_cannot_be_asked_is_said_only_where_nothing_else_is_left(
    theme: Theme, qtbot: QtBot
) -> None:
    away = DeskUnavailable("The service desk cannot be reached.")
    scene = Scene(theme, qtbot)
    scene.tell(away)
    assert "cannot be reached" not in accessible_tree(scene.page)
    bare = (DeskOption("frontdesk", "Front desk", (), URL, fixed=True),)
    scene = Scene(theme, qtbot, bare, sure=True)
    assert scene.offered == []
    scene.tell(away)
    assert "cannot be reached" in accessible_tree(scene.page)


def test_a_longer_language_cuts_nothing(theme: Theme, qtbot: QtBot) -> None:
    with pseudo_language():
        scene = Scene(theme, qtbot)
        scene.tell(BOTH)
        qtbot.waitUntil(lambda: clipped(scene.page) == [])
        scene.page.company.code_asked.emit()
        scene.actions.coded[0][1](CODE)
        qtbot.waitUntil(lambda: clipped(scene.page) == [])
