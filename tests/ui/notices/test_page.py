"""The list of what was told: read, unread, and the way to the request."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.accessible import assert_snapshot, unnamed
from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import ACCESS, DOCK, at
from tracker.model.change import Change
from tracker.model.errors import StoreError
from tracker.model.line import line
from tracker.model.notice import Notice, NoticeClass
from tracker.ui.notices.notice_row import NoticeRow
from tracker.ui.notices.page import NoticesPage
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.empty import EmptyState

TOLD = (
    Notice(
        "n3",
        at(21, 13, 42),
        NoticeClass.NOW,
        line("{who} is on the way", who="Priya Nair"),
        line("{subject}", subject=DOCK.ticket.subject),
        line("Here by {time}", time=at(21, 14, 25)),
        DOCK.ticket.id,
    ),
    Notice(
        "n2",
        at(20, 16, 40),
        NoticeClass.NEEDS_YOU,
        line("{who} asks you", who="Ana"),
        line("{subject}", subject=ACCESS.ticket.subject),
        ticket=ACCESS.ticket.id,
        read=True,
    ),
    Notice(
        "n1",
        at(19, 9),
        NoticeClass.DIGEST,
        line("3 requests have news"),
        line("While you were away"),
        read=True,
    ),
)


@pytest.fixture
def g(theme: Theme) -> Ground:
    made = ground(theme)
    made.view.told = TOLD
    return made


@pytest.fixture
def page(g: Ground, qtbot: QtBot) -> NoticesPage:
    made = NoticesPage(g.context)
    on_screen(made, qtbot)
    return made


def rows(page: NoticesPage) -> list[NoticeRow]:
    return sorted((r for r in page.findChildren(NoticeRow) if not r.isHidden()), key=lambda row: row.y())


def mark(page: NoticesPage) -> Button:
    return next(b for b in page.findChildren(Button) if b.text() == "Mark all as read")


def test_the_newest_is_on_top_and_says_that_it_is_unread(page: NoticesPage) -> None:
    assert [row.accessibleName() for row in rows(page)] == [
        "Unread. Priya Nair is on the way. Laptop docking station does not power two screens. Here by 14:25",
        "Ana asks you. Access to the finance share",
        "3 requests have news. While you were away",
    ]


def test_a_notice_leads_to_its_request(page: NoticesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.opened) as told:
        QTest.keyClick(rows(page)[1], Qt.Key.Key_Space)
    assert told.args == [ACCESS.ticket.id]


def test_a_summary_leads_nowhere(page: NoticesPage, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.opened):
        QTest.mouseClick(rows(page)[2], Qt.MouseButton.LeftButton)


def test_all_can_be_marked_as_read(page: NoticesPage, g: Ground) -> None:
    mark(page).click()
    assert g.actions.notices_read == 1
    g.view.told = tuple(replace(notice, read=True) for notice in TOLD)
    page.refresh(Change(notices=True))
    assert not mark(page).isVisible()
    assert not rows(page)[0].accessibleName().startswith("Unread")


def test_leaving_marks_what_was_seen(page: NoticesPage, g: Ground) -> None:
    page.hide()
    assert g.actions.notices_read == 1


def test_leaving_a_list_without_news_says_nothing(page: NoticesPage, g: Ground) -> None:
    g.view.told = TOLD[1:]
    page.refresh(Change(notices=True))
    page.hide()
    assert g.actions.notices_read == 0


def test_a_new_notice_comes_on_top(page: NoticesPage, g: Ground) -> None:
    news = replace(TOLD[0], id="n4", title=line("Priya Nair is here"))
    g.view.told = (news, *TOLD)
    page.refresh(Change(tickets=frozenset({DOCK.ticket.id})))
    assert len(rows(page)) == 3
    page.refresh(Change(notices=True))
    assert rows(page)[0].accessibleName().startswith("Unread. Priya Nair is here")


def test_nothing_told_is_said(theme: Theme, qtbot: QtBot) -> None:
    page = NoticesPage(ground(theme).context)
    on_screen(page, qtbot)
    assert page.findChildren(EmptyState)[0].isVisible()
    assert not mark(page).isVisible()


def test_a_file_that_can_not_be_read_is_said(theme: Theme, qtbot: QtBot) -> None:
    g = ground(theme)

    def fails(_limit: int = 100) -> None:
        raise StoreError("The file cannot be read.")

    g.view.notices = fails  # type: ignore[method-assign,assignment]
    page = NoticesPage(g.context)
    on_screen(page, qtbot)
    assert "The file cannot be read." in page.findChildren(EmptyState)[0].accessibleName()


def test_what_a_screen_reader_meets(page: NoticesPage) -> None:
    assert_snapshot(page, "notices")
    assert unnamed(page) == []
