"""One request: where it stands, and what a person can do about it."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground, on_screen
from tests.ui.samples import DOCK, LAPTOP, NOW, PRINTER, entry, ticket
from tests.ui.tickets.page_hands import button, opened, rows, said, texts
from tracker.model.change import Change
from tracker.model.errors import StoreError
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.ticket import Act, TicketId, TicketState
from tracker.model.wish import Wish, WishKind
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.side_column import SideColumn
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.widgets.buttons import Button, IconButton
from tracker.ui.widgets.sheet import Sheet
from tracker.ui.widgets.stage_bar import StageBar


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def test_a_person_reads_where_it_stands(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    bar = page.findChildren(StageBar)[0]
    assert bar.accessibleName() == "Stage 4 of 6, On the way"
    assert said(page)[:2] == [
        "Next update promised by 16:30 in 2 h 40 min",
        "Priya arrives about 14:20 now, since 13:50",
    ]


def test_the_number_can_be_copied(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    next(b for b in page.findChildren(IconButton) if b.accessibleName() == "Copy the number").click()
    assert QGuiApplication.clipboard().text() == "INC-20417"


def test_opening_and_news_say_that_it_was_read(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    assert g.actions.seen == [DOCK.ticket.id]
    page.refresh(Change(tickets=frozenset({DOCK.ticket.id})))
    assert g.actions.seen == [DOCK.ticket.id] * 2
    page.refresh(Change(tickets=frozenset({TicketId("another")})))
    assert len(g.actions.seen) == 2


def test_a_thousand_events_make_only_a_screenful_at_first(g: Ground, qtbot: QtBot) -> None:
    many = tuple(entry(f"x{n}", NOW - timedelta(hours=n), line("It happened")) for n in range(1_000))
    g.view.put(DOCK, entries=many)
    page = TicketPage(g.context, DOCK.ticket.id)
    assert len(rows(page)) < 12
    on_screen(page, qtbot)
    qtbot.waitUntil(lambda: len(rows(page)) > 12)
    column = page._main
    assert column is not None
    bar = column.verticalScrollBar()

    def reads_on_until(wanted: int) -> bool:
        bar.setValue(bar.maximum())
        return len(rows(page)) >= wanted

    for wanted in (30, 60):
        qtbot.waitUntil(partial(reads_on_until, wanted))
    assert len(rows(page)) < 300


def test_a_high_window_is_filled(g: Ground, qtbot: QtBot) -> None:
    many = tuple(entry(f"x{n}", NOW - timedelta(minutes=n), line("It happened")) for n in range(200))
    g.view.put(DOCK, entries=many)
    page = TicketPage(g.context, DOCK.ticket.id)
    on_screen(page, qtbot, 996, 3_000)
    column = page._main
    assert column is not None
    qtbot.waitUntil(lambda: column.verticalScrollBar().maximum() > 0)
    assert 60 < len(rows(page)) < 120


def test_news_keeps_what_is_read_in_its_place_and_what_is_selected(g: Ground, qtbot: QtBot) -> None:
    long = tuple(
        entry(f"x{n}", NOW - timedelta(hours=n), line("It happened"), text=f"Message {n}") for n in range(40)
    )
    page = opened(g, qtbot, replace(DOCK, entries=long))
    column = page._main
    assert column is not None
    bubble = texts(page, "Message 6")
    bubble.setFocus()
    QTest.keyClick(bubble, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    content = column.widget()
    assert content is not None
    column.verticalScrollBar().setValue(bubble.mapTo(content, QPoint(0, -50)).y())
    place = bubble.mapTo(page, QPoint(0, 0)).y()
    new = entry("new", NOW, line("{name} replied", name="Priya"), text="I am at your desk.\n" * 6)
    g.view.put(DOCK, entries=(new, *long))
    page.refresh(Change(tickets=frozenset({DOCK.ticket.id})))
    assert texts(page, "Message 6") is bubble
    assert bubble.selected == "Message 6"
    assert abs(bubble.mapTo(page, QPoint(0, 0)).y() - place) <= 1


def test_html_is_shown_as_text_everywhere(g: Ground, qtbot: QtBot) -> None:
    nasty = "<img src='file:///etc/passwd'><b>x</b>"
    told = entry("h", NOW, line("{name} replied", name=nasty), event=EventKind.REPLY, text=nasty)
    page = opened(g, qtbot, replace(DOCK, ticket=ticket("h", nasty, nasty, service=nasty), entries=(told,)))
    assert f"{nasty} replied 13:50" in said(page)
    assert texts(page, nasty).accessibleName() == nasty


@pytest.mark.parametrize("word", ["W" * 10_000, "\u202e" + "reversed " * 200, "Z\u0336\u0321" * 2_000])
def test_hostile_words_do_not_widen_the_page(word: str, g: Ground, qtbot: QtBot) -> None:
    told = entry("h", NOW, line("{name} replied", name=word), text=word, actor=None)
    hostile = replace(
        DOCK,
        ticket=ticket("h", word, word, service=word, team=word, state_word=word),
        now=line("{x}", x=word),
        entries=(told,),
    )
    for width in (552, 996):
        page = opened(g, qtbot, hostile, width=width)
        column = page._main
        assert column is not None
        content = column.widget()
        assert content is not None
        assert page.width() == width
        assert content.width() <= column.viewport().width()


def test_a_link_is_shown_before_it_opens(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    texts(page, "firmware").link_asked.emit("https://help.acme.example/docks")
    sheet = page.window().findChildren(Sheet)[0]
    assert sheet.accessibleDescription().replace("\u200b", "") == "https://help.acme.example/docks"
    assert g.opened == []
    sheet.answer("open")
    assert [url.toString() for url in g.opened] == ["https://help.acme.example/docks"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "smb://host/x", ""])
def test_other_addresses_are_never_opened(address: str, g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    texts(page, "firmware").link_asked.emit(address)
    assert page.window().findChildren(Sheet) == []


def test_a_request_that_is_gone_is_said_plainly(g: Ground, qtbot: QtBot) -> None:
    page = TicketPage(g.context, TicketId("nothing"))
    on_screen(page, qtbot)
    with qtbot.waitSignal(page.back_asked):
        button(page, "Back to my requests").click()
    page.refresh(Change(everything=True))
    page.open_at(Act.NOT_FIXED)


def test_a_file_that_can_not_be_read_leaves_the_page_as_it_is(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)

    def fails(*_: object) -> None:
        raise StoreError("The file cannot be read.")

    g.view.track = fails  # type: ignore[method-assign,assignment]
    page.refresh(Change(everything=True))
    assert "Priya Nair set off to you 13:50" in said(page)


def test_a_merged_request_leads_to_the_one_it_goes_on_in(g: Ground, qtbot: QtBot) -> None:
    merged = replace(
        DOCK,
        ticket=replace(DOCK.ticket, state=TicketState.MERGED, merged_into=TicketId("8810"), may=frozenset()),
        you_can=(Act.FOLLOW,),
    )
    page = opened(g, qtbot, merged)
    with qtbot.waitSignal(page.opened) as told:
        button(page, "Open the request it goes on in").click()
    assert told.args == ["8810"]


def test_news_is_asked_for_with_one_press_and_only_once(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, replace(LAPTOP, you_can=(Act.ASK_FOR_NEWS, Act.REPLY)))
    ask = button(page, "Ask for news")
    ask.click()
    ask.click()
    assert [c.kind for c in g.actions.submitted if isinstance(c, Wish)] == [WishKind.NEWS]
    assert not [b for b in page.findChildren(Button) if b.text() == "Ask for news" and b.isVisible()]


def test_the_keyboard_can_be_put_on_asking_for_news(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, replace(LAPTOP, you_can=(Act.ASK_FOR_NEWS, Act.REPLY)))
    page.open_at(Act.ASK_FOR_NEWS)
    assert button(page, "Ask for news").hasFocus()


def test_facts_fold_away_where_there_is_little_room(g: Ground, qtbot: QtBot) -> None:
    wide = opened(g, qtbot)
    assert wide.findChildren(SideColumn)[0].isVisible()
    narrow = opened(g, qtbot, width=552)
    side = narrow.findChildren(SideColumn)[0]
    assert not side.isVisible()
    button(narrow, "Dates and details").click()
    assert side.isVisible()


def test_minutes_pass_and_words_follow(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    g.clock.go_on(timedelta(minutes=30))
    page._minute()
    assert said(page)[0] == "Next update promised by 16:30 in 2 h 10 min"


def test_the_facts_count_files_and_moves(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    names = [w.accessibleName() for w in page.findChildren(SideColumn)[0].findChildren(QWidget)]
    assert "Files: 2 files" in names
    assert "Fixed by yesterday 12:00: moved. Moved to 17:00. Why: waiting for the part" in names
    assert "IT kept 1 of 2 promises; 1 was moved" in names
    assert any("moved once · original yesterday 12:00" in name for name in names)


def test_back_is_asked_for(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    with qtbot.waitSignal(page.back_asked):
        next(b for b in page.findChildren(IconButton) if "Back" in b.accessibleName()).click()


def test_the_printer_asks(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, PRINTER)
    assert button(page, "Yes, it works").isEnabled()
    assert button(page, "Not yet").isEnabled()
