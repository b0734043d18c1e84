"""The New request page offers a chat about what is written; nothing is typed twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.request.filling import fill, shown
from tracker.model.change import Change
from tracker.model.chat import ChatOffer, ChatWay, OfferState, Wait
from tracker.model.command import CreateTicket, StartChat
from tracker.model.errors import TrackerError
from tracker.model.ticket import TicketId
from tracker.ui.request.new_request_page import NewRequestPage
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button

OPEN = ChatOffer(OfferState.OPEN, 1, 1, Wait(timedelta(minutes=1), timedelta(minutes=2)))
CLOSED = ChatOffer(OfferState.CLOSED)


class Scene:
    """The page on a screen, filled in, the offer at its opening answered."""

    def __init__(self, theme: Theme, qtbot: QtBot) -> None:
        self.ground: Ground = ground(theme)
        self.page: NewRequestPage = shown(self.ground, qtbot)
        self.sent: list[tuple[str, str]] = []
        self.page.sent.connect(lambda ticket: self.sent.append((ticket, "")))
        self.page.sent_for.connect(lambda ticket, act: self.sent.append((ticket, act)))
        self.answer(OPEN)
        fill(self.page)

    def answer(self, offer: ChatOffer | TrackerError) -> None:
        self.ground.actions.chat.offers.pop()(offer)

    def press(self, words: str) -> None:
        seen = (one for one in self.page.findChildren(Button) if one.isVisible() and one.isEnabled())
        next(one for one in seen if one.text() == words).click()

    def keep(self) -> None:
        """Let the outbox have it."""
        self.page.refresh(Change(outbox=True))

    @property
    def headline(self) -> str:
        return self.page._chat._headline.accessibleName()


@pytest.fixture
def scene(theme: Theme, qtbot: QtBot) -> Scene:
    return Scene(theme, qtbot)


def test_how_long_it_would_take_is_said_before_anybody_presses(scene: Scene) -> None:
    assert scene.headline == "Chat now — 1 to 2 min wait"


def test_where_nobody_chats_there_is_no_offer_until_somebody_does(theme: Theme, qtbot: QtBot) -> None:
    g = ground(theme)
    g.view.talks.how = ChatWay.REPLIES
    page = shown(g, qtbot)
    assert not page._chat.isVisible()
    assert g.actions.chat.offers == []
    g.view.talks.how = ChatWay.LIVE
    page.refresh(Change(chats=frozenset({TicketId("1")})))
    assert page._chat.isVisible()
    assert len(g.actions.chat.offers) == 1


def test_the_same_words_and_files_become_the_chat(scene: Scene, tmp_path: Path) -> None:
    picture = tmp_path / "vpn.png"
    picture.write_bytes(b"x")
    scene.page._form._shelf.add_files([picture])
    scene.press("Start chat")
    scene.press("Cancel")
    scene.press("Start chat")
    assert scene.ground.actions.submitted == []
    scene.answer(OPEN)
    create, start = scene.ground.actions.submitted
    assert isinstance(create, CreateTicket)
    assert isinstance(start, StartChat)
    assert (create.subject, create.text, [file.name for file in create.files]) == (
        "VPN drops",
        "Since this morning",
        ["vpn.png"],
    )
    assert (start.ticket, start.text) == (create.ticket, "")
    scene.keep()
    assert scene.sent == [(create.ticket, "chat")]
    assert scene.page._form.gather().is_empty


def test_what_is_missing_is_said_before_anybody_is_asked(theme: Theme, qtbot: QtBot) -> None:
    g = ground(theme)
    page = shown(g, qtbot)
    g.actions.chat.offers.clear()
    next(one for one in page.findChildren(Button) if one.text() == "Start chat").click()
    assert g.actions.chat.offers == []
    assert page._foot.said.startswith("Something is missing")


def test_nobody_there_and_the_same_words_are_a_request_with_its_promise(scene: Scene) -> None:
    scene.press("Start chat")
    scene.answer(CLOSED)
    assert scene.page._chat._asking.said == "The chat is closed now."
    assert scene.page._chat._asking._kept.text().startswith("First reply within 4 working hours.")
    scene.press("Send it as a request")
    scene.keep()
    (create,) = scene.ground.actions.submitted
    assert isinstance(create, CreateTicket)
    assert scene.sent == [(create.ticket, "")]


def test_nobody_there_and_a_call_is_asked_for_with_the_same_words(scene: Scene) -> None:
    scene.press("Start chat")
    scene.answer(TrackerError("The service desk cannot be reached."))
    scene.press("Ask to be called")
    scene.keep()
    (create,) = scene.ground.actions.submitted
    assert isinstance(create, CreateTicket)
    assert scene.sent == [(create.ticket, "ask_for_call")]


def test_what_the_outbox_cannot_keep_stays_on_the_page(scene: Scene) -> None:
    scene.ground.actions.refuses = TrackerError("The disk is full.")
    scene.press("Start chat")
    scene.answer(OPEN)
    assert scene.page._foot.said == "The disk is full."
    assert scene.page._form.gather().subject == "VPN drops"
    scene.press("Start chat")


def test_escape_goes_back_to_the_offer(scene: Scene) -> None:
    scene.press("Start chat")
    focused = scene.page.window().focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert scene.page._chat._start.isVisible()
    assert scene.ground.actions.submitted == []


def test_the_button_stands_out_only_while_somebody_would_answer(theme: Theme, qtbot: QtBot) -> None:
    g = ground(theme)
    page = shown(g, qtbot)
    start = next(one for one in page.findChildren(Button) if one.text() == "Start chat")
    looks = [start.property("kind")]
    for offer in (OPEN, ChatOffer(OfferState.NOBODY)):
        g.actions.chat.offers.pop()(offer)
        looks.append(start.property("kind"))
        page._chat._look.ask()
    assert looks == ["secondary", "primary", "secondary"]
