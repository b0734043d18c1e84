"""The chat page in use: writing, drafts, ending, reading, searching, choosing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.chat.scene import (
    DMITRI,
    OPEN,
    TICKET,
    bubbles,
    button,
    enter,
    field,
    foot,
    hear,
    lay,
    said,
    shown,
    transcript,
    write,
)
from tests.ui.page_ground import Ground, ground
from tests.ui.samples import NOW
from tracker.model.change import Change
from tracker.model.chat import ChatState, ChatWay, EndedBy, Typing
from tracker.model.command import EndChat, PostReply, SendMessage, StartChat
from tracker.model.draft import Draft, chat_draft
from tracker.model.errors import StoreError
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.person import ActorKind
from tracker.model.ticket import TicketId
from tracker.model.track import Entry, EntryKind
from tracker.ui.chat.foot import WritingLine
from tracker.ui.chat.head import ChatHead
from tracker.ui.chat.jump import JumpButton
from tracker.ui.chat.page import ChatPage
from tracker.ui.chat.search_bar import ChatSearch
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.sheet import Sheet


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def test_enter_sends_and_one_can_write_on_at_once(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    page = shown(g, qtbot)
    write(page, "one")
    enter(page)
    write(page, "two")
    QTest.keyClick(field(page), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    write(page, "more")
    sent = g.actions.submitted
    assert [type(each) for each in sent] == [SendMessage]
    assert field(page).toPlainText() == "two\nmore"
    enter(page)
    assert [each.text for each in sent if isinstance(each, SendMessage)] == ["one", "two\nmore"]


def test_nothing_is_sent_while_there_is_nothing(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    page = shown(g, qtbot)
    enter(page)
    assert not g.actions.submitted


def test_what_could_not_be_kept_comes_back_above_what_was_typed_since(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    page = shown(g, qtbot)
    write(page, "one")
    enter(page)
    write(page, "two")
    page.refused("The disk is full.")
    assert field(page).toPlainText() == "one\ntwo"
    g.actions.refuses = StoreError("The disk is full.")
    enter(page)
    assert field(page).toPlainText() == "one\ntwo"


def test_a_draft_is_kept_while_typing_and_is_there_after_a_crash(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    g.view.drafts[chat_draft(TICKET)] = Draft(chat_draft(TICKET), "half a sen")
    page = shown(g, qtbot)
    assert field(page).toPlainText() == "half a sen"
    write(page, "!")
    assert field(page).toPlainText() == "half a sen!"
    qtbot.waitUntil(lambda: bool(g.actions.saved))
    enter(page)
    hear(page, outbox=True)
    assert chat_draft(TICKET) not in g.view.drafts


def test_typing_is_told_at_most_every_four_seconds_and_ends_with_sending(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    page = shown(g, qtbot)
    write(page, "abc")
    g.clock.go_on(timedelta(seconds=5))
    write(page, "d")
    assert g.actions.chat.typings == [(TICKET, True), (TICKET, True)]
    enter(page)
    assert g.actions.chat.typings[-1] == (TICKET, False)


def test_it_says_who_is_writing_until_a_message_comes_or_time_is_up(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    page = shown(g, qtbot)
    writing = page.findChildren(WritingLine)[0]
    page.show_typing((Typing(TicketId("another"), DMITRI, NOW + timedelta(seconds=9)),))
    assert writing.words == ""
    page.show_typing((Typing(TICKET, DMITRI, NOW + timedelta(seconds=9)),))
    assert writing.words == "Dmitri is writing"
    page.show_typing((Typing(TICKET, DMITRI, None),))
    assert writing.words == ""
    page.show_typing((Typing(TICKET, DMITRI, NOW + timedelta(seconds=9)),))
    lay(g, replace(OPEN, state=ChatState.ENDED, ended_at=NOW, ended_by=EndedBy.AGENT))
    page.refresh(Change(chats=frozenset({TICKET})))
    assert writing.words == ""


def test_silence_is_warned_of_and_one_can_say_to_be_there(g: Ground, qtbot: QtBot) -> None:
    lay(g, replace(OPEN, warned=True, ends_at=NOW + timedelta(minutes=2)))
    page = shown(g, qtbot)
    assert foot(page) == "This chat ends at 13:52 unless somebody writes."
    button(page, "I’m still here").click()
    assert g.actions.chat.typings == [(TICKET, True)]


def test_ending_asks_first(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    page = shown(g, qtbot)
    button(page, "End chat").click()
    assert not g.actions.submitted
    page.window().findChildren(Sheet)[0].answer("end")
    assert isinstance(g.actions.submitted[0], EndChat)


def test_an_ended_chat_goes_on_with_the_first_line_typed(g: Ground, qtbot: QtBot) -> None:
    lay(g, replace(OPEN, state=ChatState.ENDED, ended_at=NOW, ended_by=EndedBy.IDLE), said(1, "Bye"))
    page = shown(g, qtbot)
    assert foot(page) == "This chat ended 13:50, as nobody wrote any more."
    button(page, "Continue").click()
    assert field(page).hasFocus()
    write(page, "It is back")
    button(page, "Continue").click()
    started = g.actions.submitted[0]
    assert isinstance(started, StartChat)
    assert (started.ticket, started.text) == (TICKET, "It is back")
    with qtbot.waitSignal(page.ticket_asked):
        button(page, "Write a reply on the request instead").click()


def test_the_buttons_lead_to_the_request_and_to_a_call(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    page = shown(g, qtbot)
    with qtbot.waitSignal(page.ticket_asked) as asked:
        button(page, "INC-20433").click()
    assert asked.args == [TICKET]
    with qtbot.waitSignal(page.call_asked):
        button(page, "Call me instead").click()


def test_an_encrypted_room_is_said_and_cannot_be_written_in(g: Ground, qtbot: QtBot) -> None:
    lay(g, replace(OPEN, encrypted=True))
    page = shown(g, qtbot)
    assert "encrypted" in foot(page)
    assert not field(page).isVisible()


def test_a_desk_without_chat_gets_replies_and_the_page_says_so(g: Ground, qtbot: QtBot) -> None:
    lay(g, None)
    g.view.talks.how = ChatWay.REPLIES
    reply = Entry(
        "r1", EntryKind.EVENT, NOW, line("Dmitri replied"), EventKind.REPLY, text="Try again", actor=DMITRI
    )
    g.view.by_id[TICKET] = replace(g.view.by_id[TICKET], entries=(reply,))
    page = shown(g, qtbot)
    page.open_chat(TICKET)
    assert foot(page).startswith("Your service desk has no live chat")
    assert bubbles(page)[0].endswith("Try again")
    write(page, "Better")
    enter(page)
    assert isinstance(g.actions.submitted[0], PostReply)
    assert TICKET in g.actions.seen


def test_read_is_what_was_on_the_screen_of_an_active_window(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, said(1, "Hello"))
    page = ChatPage(g.context)
    qtbot.addWidget(page)
    assert g.actions.chat.chats_read == []
    shown(g, qtbot)
    assert g.actions.chat.chats_read == [(TICKET, "m1")]


def test_new_messages_do_not_pull_away_what_is_being_read(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, *(said(at, f"word {at}") for at in range(1, 15)))
    g.view.talks.marks[TICKET, ActorKind.YOU] = 14
    page = shown(g, qtbot, height=420)
    transcript(page).scroll_by(-300)
    before = bubbles(page)
    g.view.talks.written[TICKET].append(said(15, "and one more"))
    hear(page)
    assert bubbles(page) == before
    jump = page.findChildren(JumpButton)[0]
    assert jump.text() == "1 new message"
    jump.click()
    assert bubbles(page)[-1].endswith("and one more")
    assert not jump.isVisible()


def test_at_the_end_the_page_follows_what_comes(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, *(said(at, f"word {at}") for at in range(1, 15)))
    g.view.talks.marks[TICKET, ActorKind.YOU] = 14
    page = shown(g, qtbot, height=420)
    g.view.talks.written[TICKET].append(said(15, "and one more"))
    hear(page)
    assert bubbles(page)[-1].endswith("and one more")
    assert g.actions.chat.chats_read[-1] == (TICKET, "m15")


def test_search_says_how_many_goes_to_each_and_ends_with_escape(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, *(said(at, "needle" if at % 40 == 0 else f"word {at}") for at in range(1, 200)))
    g.view.talks.marks[TICKET, ActorKind.YOU] = 199
    page = shown(g, qtbot)
    page.open_search()
    bar = page.findChildren(ChatSearch)[0]
    QTest.keyClicks(bar.focusWidget(), "needle")
    QTest.keyClick(bar.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bar.said == "1 of 4")
    assert any(name.endswith("needle") for name in bubbles(page))
    bar.step(1)
    bar.step(1)
    assert bar.said == "3 of 4"
    assert any(name.endswith("needle") for name in bubbles(page))
    QTest.keyClick(bar.focusWidget(), Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert field(page).hasFocus()


def test_one_of_several_conversations_can_be_chosen(g: Ground, qtbot: QtBot) -> None:
    everything = dict(g.view.by_id)
    lay(g, OPEN, said(1, "Hello"))
    other = next(name for name in everything if name != TICKET)
    g.view.by_id[other] = everything[other]
    g.view.talks.by_ticket[other] = replace(OPEN, ticket=other, started_at=NOW - timedelta(hours=3))
    page = shown(g, qtbot)
    assert page.ticket == TICKET
    page.findChildren(ChatHead)[0].chosen.emit(other)
    assert page.ticket == other
    page.refresh(Change(everything=True))
    assert page.ticket == other
