"""A chat on a request's page: taken up there, seen while it goes on, found again in the history."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import DOCK, NOW, PRIYA, entry
from tests.ui.tickets.card_hands import card, offered, shows
from tests.ui.tickets.page_hands import button, opened
from tracker.model.change import Change
from tracker.model.chat import Chat, ChatOffer, ChatState, ChatWay, Message, OfferState, Wait
from tracker.model.command import Delivery, EndChat, Pending, StartChat
from tracker.model.event import EventKind
from tracker.model.line import line
from tracker.model.ticket import Act, TicketId
from tracker.model.track import Track
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.call_request import CallRequestCard
from tracker.ui.tickets.chat_card import ChatCard
from tracker.ui.tickets.ticket_page import TicketPage
from tracker.ui.widgets.buttons import Button

TRACK = replace(DOCK, you_can=(Act.REPLY, Act.CHAT, Act.ASK_FOR_CALL))
TICKET = TRACK.ticket.id
SOON = Wait(timedelta(minutes=1), timedelta(minutes=2))
QUEUED = Chat(TICKET, "s1", ChatState.QUEUED, NOW, place=2, wait=SOON)
OPEN = replace(QUEUED, state=ChatState.OPEN, agent=PRIYA, place=None, wait=None)
CHATS = Change(chats=frozenset({TICKET}))


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def page_of(g: Ground, qtbot: QtBot, track: Track = TRACK) -> tuple[TicketPage, list[str]]:
    asked: list[str] = []
    page = opened(g, qtbot, track)
    page.chat_asked.connect(asked.append)
    return page, asked


def hear(g: Ground, page: TicketPage, chat: Chat) -> ChatCard:
    g.view.talks.by_ticket[TICKET] = chat
    page.refresh(CHATS)
    return card(page, ChatCard)


def test_a_chat_is_taken_up_once_and_shown(g: Ground, qtbot: QtBot) -> None:
    page, asked = page_of(g, qtbot)
    button(page, "Chat with IT").click()
    button(page, "Chat with IT").click()
    assert offered(card(page, ChatCard)) == ["Cancel"]
    (answer,) = g.actions.chat.offers
    answer(ChatOffer(OfferState.OPEN, place=1))
    (command,) = g.actions.submitted
    assert isinstance(command, StartChat)
    assert (command.ticket, command.text) == (TICKET, "")
    assert asked == [TICKET]
    g.view.talks.waiting[TICKET].append(Pending(command, Delivery.QUEUED))
    button(page, "Chat with IT").click()
    assert asked == [TICKET, TICKET]
    assert len(g.actions.submitted) == 1


def test_nobody_there_and_a_call_or_a_reply_is_offered(g: Ground, qtbot: QtBot) -> None:
    page, asked = page_of(g, qtbot)
    button(page, "Chat with IT").click()
    g.actions.chat.offers[0](ChatOffer(OfferState.NOBODY))
    assert offered(card(page, ChatCard)) == ["Ask to be called back", "Write a reply"]
    card(page, ChatCard).findChildren(Button, "call")[0].click()
    assert shows(page, CallRequestCard)
    assert not shows(page, ChatCard)
    assert asked == []


def test_a_chat_that_goes_on_is_seen_with_what_is_new(g: Ground, qtbot: QtBot) -> None:
    page, asked = page_of(g, qtbot)
    assert not shows(page, ChatCard)
    g.view.talks.written[TICKET] = [Message(f"m{at}", TICKET, at, NOW, PRIYA, "Hello") for at in (1, 2)]
    chat = hear(g, page, OPEN)
    assert chat.accessibleName() == "Priya is chatting with you. 2 new messages."
    assert offered(chat) == ["Open chat"]
    button(page, "Open chat").click()
    assert asked == [TICKET]
    g.view.talks.by_ticket[TICKET] = replace(OPEN, state=ChatState.ENDED)
    page.refresh(CHATS)
    assert not shows(page, ChatCard)


def test_the_queue_is_said(g: Ground, qtbot: QtBot) -> None:
    page, _asked = page_of(g, qtbot)
    chat = hear(g, page, QUEUED)
    assert chat.accessibleName() == "You are waiting for a chat. Number 2 in the queue · 1 to 2 min wait."
    assert offered(chat) == ["Open chat"]


def test_after_three_minutes_in_which_nobody_came_something_else_is_offered(g: Ground, qtbot: QtBot) -> None:
    page, _asked = page_of(g, qtbot)
    g.clock.go_on(timedelta(minutes=3))
    chat = hear(g, page, QUEUED)
    assert chat.accessibleName().startswith("Nobody has come to your chat yet. You have waited 3 min.")
    assert offered(chat) == ["Open chat", "Ask to be called back", "Leave it as a request"]
    chat._leave.click()
    chat._leave.click()
    (command,) = g.actions.submitted
    assert isinstance(command, EndChat)
    assert command.ticket == TICKET
    g.view.talks.waiting[TICKET].append(Pending(command, Delivery.QUEUED))
    page.refresh(CHATS)
    assert not chat._leave.isEnabled()
    assert chat._open.isEnabled()


def test_at_a_desk_that_cannot_chat_the_replies_are_shown_as_one(g: Ground, qtbot: QtBot) -> None:
    g.view.talks.how = ChatWay.REPLIES
    page, asked = page_of(g, qtbot, replace(TRACK, you_can=(Act.REPLY,)))
    button(page, "Show it as a chat").click()
    assert asked == [TICKET]
    assert g.actions.chat.offers == []


def test_without_any_way_there_is_no_button(g: Ground, qtbot: QtBot) -> None:
    g.view.talks.how = ChatWay.NONE
    page, _asked = page_of(g, qtbot, replace(TRACK, you_can=(Act.REPLY,)))
    assert not page._side_actions.isVisible()


def test_an_ended_chat_is_found_again_in_the_history(g: Ground, qtbot: QtBot) -> None:
    ended = replace(
        entry("ended", NOW, line("The chat ended"), event=EventKind.CHAT_ENDED), conversation=True
    )
    page, asked = page_of(g, qtbot, replace(TRACK, entries=(ended, *TRACK.entries)))
    button(page, "Show the conversation").click()
    assert asked == [TICKET]
    assert g.actions.submitted == []


def test_a_call_wanted_before_the_desk_has_the_request_is_asked_for_then(g: Ground, qtbot: QtBot) -> None:
    here = replace(TRACK, ticket=replace(TRACK.ticket, id=TicketId("local-abc")), you_can=())
    page = opened(g, qtbot, here)
    page.open_at(Act.ASK_FOR_CALL)
    assert not shows(page, CallRequestCard)
    g.view.put(TRACK)
    g.view.aliases[here.ticket.id] = TICKET
    page.refresh(Change(tickets=frozenset({here.ticket.id})))
    assert shows(page, CallRequestCard)
