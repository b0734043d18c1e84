"""A request raised again begins with what the old one leaves; what is being written stays."""

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tracker.model.command import CreateTicket
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.ui.request.new_request_page import NewRequestPage
from tracker.ui.theme.theme import Theme

OLD = Draft(NEW_REQUEST, "Blank again\n\nThis goes on from INC-1: Printer", subject="Printer")


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> NewRequestPage:
    made = NewRequestPage(g.context)
    on_screen(made, qtbot)
    return made


def written(page: NewRequestPage) -> tuple[str, str]:
    draft = page._form.gather()
    return draft.subject, draft.text


def test_the_form_is_filled_and_saved(page: NewRequestPage, g: Ground, qtbot: QtBot) -> None:
    page.go_on_from(OLD)
    assert written(page) == ("Printer", OLD.text)
    qtbot.waitUntil(lambda: NEW_REQUEST in g.view.drafts)
    page._form._choice.choose("hw")
    page.send()
    assert [(c.subject, c.text) for c in g.actions.submitted if isinstance(c, CreateTicket)] == [
        ("Printer", OLD.text)
    ]


def test_what_is_being_written_stays(page: NewRequestPage) -> None:
    page._form.show_draft(Draft(NEW_REQUEST, "My screen flickers", subject="Screen"))
    page.go_on_from(OLD)
    assert written(page) == ("Screen", f"My screen flickers\n\n{OLD.text}")


def test_a_second_press_adds_nothing(page: NewRequestPage) -> None:
    page.go_on_from(OLD)
    page.go_on_from(OLD)
    assert written(page) == ("Printer", OLD.text)
