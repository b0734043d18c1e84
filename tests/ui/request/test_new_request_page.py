"""Raising a request: what is needed, checked in words, sent once, never lost."""

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCalendarWidget
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.request.filling import fill, press, question, service, shown, story, subject, top
from tests.ui.samples import NOW, SERVICES
from tracker.model.attachment import LocalFile
from tracker.model.catalogue import FieldKind, FormField, Service
from tracker.model.change import Change
from tracker.model.command import CreateTicket
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.model.errors import StoreError
from tracker.ui.request.date_field import DateField
from tracker.ui.request.form_fields import Question
from tracker.ui.request.new_request_page import NewRequestPage
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import IconButton
from tracker.ui.widgets.field import LineEdit

SENT = Change(outbox=True)


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> NewRequestPage:
    return shown(g, qtbot)


def test_the_request_is_sent_as_it_was_filled_in(page: NewRequestPage, g: Ground) -> None:
    fill(page)
    press(page, "Send request")
    sent = g.actions.submitted[0]
    assert isinstance(sent, CreateTicket)
    assert (sent.service, sent.subject, sent.text) == ("vpn", "VPN drops", "Since this morning")
    assert sent.fields == (("where", "Home"),)
    assert sent.at == NOW


def test_a_second_press_sends_nothing(page: NewRequestPage, g: Ground) -> None:
    fill(page)
    for _ in range(3):
        press(page, "Send request")
        page.send()
    assert len(g.actions.submitted) == 1


def test_after_sending_the_form_is_empty_and_the_requests_page_is_wanted(
    page: NewRequestPage, g: Ground, qtbot: QtBot
) -> None:
    fill(page)
    press(page, "Send request")
    assert subject(page).text() == "VPN drops"
    with qtbot.waitSignal(page.sent) as told:
        page.refresh(SENT)
    sent = g.actions.submitted[0]
    assert isinstance(sent, CreateTicket)
    assert told.args == [sent.ticket]
    assert (subject(page).text(), story(page).toPlainText(), top(page).text()) == ("", "", "")
    assert g.actions.dropped == [NEW_REQUEST]


def test_what_is_missing_is_said_next_to_it(page: NewRequestPage, g: Ground) -> None:
    press(page, "Send request")
    assert g.actions.submitted == []
    assert question(page, "Service").error == "Choose a service."
    assert question(page, "In one line").error == "Say in one line what you need."
    assert service(page).hasFocus()
    service(page).choose("vpn")
    assert question(page, "Service").error == ""
    subject(page).setText("VPN")
    assert question(page, "In one line").error == ""
    press(page, "Send request")
    assert question(page, "Where").error == "Choose one of these."
    assert question(page, "Where").editor.accessibleDescription() == "Choose one of these."


def test_the_question_on_top_fills_the_one_line_until_that_is_changed(page: NewRequestPage) -> None:
    QTest.keyClicks(top(page), "vpn")
    assert subject(page).text() == "vpn"
    subject(page).setText("VPN at home")
    QTest.keyClicks(top(page), " drops")
    assert subject(page).text() == "VPN at home"


def test_a_service_asks_its_own_questions_and_says_its_promise(page: NewRequestPage) -> None:
    assert not page._promise.isVisible()
    service(page).choose("vpn")
    kinds = [type(q.editor).__name__ for q in page.findChildren(Question) if q.isVisible()][3:]
    assert kinds == ["Choice", "DateField", "LineEdit"]
    assert page._promise.said.startswith("First reply within 4 working hours.")
    assert question(page, "Service")._below.text() == "Wi-Fi, cable, VPN and access from home"


def test_answers_to_one_service_survive_a_look_at_another(page: NewRequestPage) -> None:
    service(page).choose("vpn")
    room = question(page, "Room").editor
    assert isinstance(room, LineEdit)
    room.setText("4.112")
    service(page).choose("hw")
    service(page).choose("vpn")
    room = question(page, "Room").editor
    assert isinstance(room, LineEdit)
    assert room.text() == "4.112"


def test_a_date_is_read_as_people_here_write_it(page: NewRequestPage, g: Ground) -> None:
    fill(page)
    day = question(page, "Since when").editor
    assert isinstance(day, DateField)
    day.line.setText("the day before")
    press(page, "Send request")
    assert question(page, "Since when").error == "Write the date like 21/11/2025."
    day.line.setText("19/11/2025")
    press(page, "Send request")
    sent = g.actions.submitted[0]
    assert isinstance(sent, CreateTicket)
    assert ("since", "2025-11-19") in sent.fields


def test_a_date_can_be_chosen_from_a_calendar(page: NewRequestPage) -> None:
    service(page).choose("vpn")
    day = question(page, "Since when").editor
    assert isinstance(day, DateField)
    next(b for b in day.findChildren(IconButton)).click()
    calendar = day.findChildren(QCalendarWidget)[0]
    calendar.clicked.emit(QDate(2025, 11, 18))
    assert day.value == "2025-11-18"
    assert not calendar.isVisible()


def test_a_draft_is_saved_within_a_second(page: NewRequestPage, g: Ground, qtbot: QtBot) -> None:
    fill(page)
    qtbot.waitUntil(lambda: bool(g.actions.saved), timeout=1_000)
    qtbot.waitUntil(lambda: g.actions.saved[-1].fields == (("where", "Home"),), timeout=1_000)
    saved = g.actions.saved[-1]
    assert (saved.key, saved.subject, saved.service) == (NEW_REQUEST, "VPN drops", "vpn")
    assert page._foot.said == "Draft saved on this computer"


def test_a_draft_is_there_again(g: Ground, qtbot: QtBot) -> None:
    file = LocalFile("k", "log.txt", 100)
    g.view.drafts[NEW_REQUEST] = Draft(
        NEW_REQUEST, "Since Monday", "VPN drops", "vpn", (("where", "Home"), ("since", "2025-11-19")), (file,)
    )
    page = shown(g, qtbot)
    assert (subject(page).text(), story(page).toPlainText()) == ("VPN drops", "Since Monday")
    assert service(page).choice == "vpn"
    day = question(page, "Since when").editor
    assert isinstance(day, DateField)
    assert day.line.text() == "19/11/2025"
    press(page, "Send request")
    sent = g.actions.submitted[0]
    assert isinstance(sent, CreateTicket)
    assert sent.files == (file,)
    assert sent.fields == (("where", "Home"), ("since", "2025-11-19"))


def test_a_request_that_was_refused_comes_back_with_its_reason(page: NewRequestPage, g: Ground) -> None:
    g.view.drafts[NEW_REQUEST] = Draft(NEW_REQUEST, "T", "S", "soft", reason="this is not open to you")
    page.refresh(Change(drafts=True))
    assert subject(page).text() == "S"
    assert page._foot.said == "It could not be sent: this is not open to you"


def test_it_can_be_put_away_for_later(page: NewRequestPage, g: Ground, qtbot: QtBot) -> None:
    fill(page)
    with qtbot.waitSignal(page.left):
        press(page, "Save for later")
    assert g.actions.saved[-1].text == "Since this morning"


def test_a_full_disk_is_said_and_nothing_is_lost(page: NewRequestPage, g: Ground) -> None:
    g.actions.refuses = StoreError("There is no room on the disk.")
    fill(page)
    press(page, "Send request")
    assert page._foot.said == "There is no room on the disk."
    assert story(page).toPlainText() == "Since this morning"
    g.actions.refuses = None
    press(page, "Send request")
    assert len(g.actions.submitted) == 1


def test_without_a_catalogue_the_words_are_kept(g: Ground, qtbot: QtBot) -> None:
    g.view.catalogue = ()
    page = shown(g, qtbot)
    subject(page).setText("VPN drops")
    press(page, "Send request")
    assert "has not been fetched yet" in question(page, "Service").error
    g.view.catalogue = SERVICES
    page.refresh(Change(catalogue=True))
    assert service(page).count() == 4
    assert subject(page).text() == "VPN drops"


def test_a_desks_own_words_are_shown_as_they_are(g: Ground, qtbot: QtBot) -> None:
    asked = FormField("f", "<b>Q&A</b>", FieldKind.MULTILINE, True, help="<i>h</i>")
    g.view.catalogue = (Service("s", "<u>R&D</u>", "<img src=x>", (asked,), "<b>soon</b>"),)
    page = shown(g, qtbot)
    assert service(page).currentText() == "<u>R&D</u>"
    own = question(page, "<b>Q&A</b> (needed)")
    assert own._label.textFormat() is Qt.TextFormat.PlainText
    assert page._promise.said == "<b>soon</b>"


def test_words_typed_elsewhere_start_a_request(page: NewRequestPage) -> None:
    page.start_with("printer jam")
    assert (top(page).text(), subject(page).text()) == ("printer jam", "printer jam")
    assert service(page).hasFocus()
