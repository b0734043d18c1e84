"""A chat with Dmitri about a request, and a page that shows it."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, on_screen
from tests.ui.samples import DOCK, NOW, YOU
from tracker.model.attachment import Attachment
from tracker.model.change import Change
from tracker.model.chat import Chat, ChatState, Message
from tracker.model.command import Delivery, Pending, SendMessage
from tracker.model.identity import CommandId
from tracker.model.person import Person
from tracker.model.ticket import Act
from tracker.ui.chat.composer import ChatArea
from tracker.ui.chat.foot import ChatFoot
from tracker.ui.chat.head import ChatHead
from tracker.ui.chat.middle_row import MiddleRow
from tracker.ui.chat.page import ChatPage
from tracker.ui.chat.said_row import SaidRow
from tracker.ui.chat.transcript import Transcript
from tracker.ui.widgets.buttons import Button

TICKET = DOCK.ticket.id
DMITRI = Person("Dmitri Marsh")
OPEN = Chat(
    TICKET,
    "s1",
    ChatState.OPEN,
    NOW - timedelta(minutes=20),
    agent=DMITRI,
    joined_at=NOW - timedelta(minutes=18, seconds=20),
    first_place=2,
)


def said(place: int, text: str = "", *, by: Person = DMITRI, **more: object) -> Message:
    """Make a message, a minute after the one before."""
    at = NOW - timedelta(minutes=15) + timedelta(minutes=place)
    return replace(Message(f"m{place}", TICKET, place, at, by, text), **more)  # type: ignore[arg-type]


def of_mine(place: int, text: str, *files: Attachment) -> Message:
    """Make a message of the person's own."""
    return said(place, text, by=YOU, attachments=files)


def lay(g: Ground, chat: Chat | None = OPEN, *messages: Message) -> None:
    """Have this chat on the request."""
    can = (Act.REPLY, Act.CHAT, Act.ASK_FOR_CALL)
    ticket = replace(DOCK.ticket, number="INC-20433", subject="VPN keeps dropping", team="Service Desk")
    g.view.by_id = {TICKET: replace(DOCK, ticket=ticket, you_can=can, entries=())}
    if chat is not None:
        g.view.talks.by_ticket[TICKET] = chat
    g.view.talks.written[TICKET] = list(messages)


def shown(g: Ground, qtbot: QtBot, width: int = 872, height: int = 700) -> ChatPage:
    """Show the page in an active window."""
    page = ChatPage(g.context)
    on_screen(page, qtbot, width, height)
    return page


def hear(page: ChatPage, **change: object) -> None:
    """Tell the page of a commit to its chat."""
    page.refresh(Change(chats=frozenset({TICKET}), **change))  # type: ignore[arg-type]


def transcript(page: ChatPage) -> Transcript:
    """Give the drawing of the conversation."""
    return page.findChildren(Transcript)[0]


def field(page: ChatPage) -> ChatArea:
    """Give what one types into."""
    return page.findChildren(ChatArea)[0]


def button(page: ChatPage, words: str) -> Button:
    """Give the button with these words that is on the screen."""
    return next(
        b
        for b in page.window().findChildren(Button)
        if b.isVisible() and words in (b.text(), b.accessibleName())
    )


def has_button(page: ChatPage, words: str) -> bool:
    """Say whether a button with these words is on the screen."""
    return any(b.isVisible() and b.text() == words for b in page.window().findChildren(Button))


def bubbles(page: ChatPage) -> list[str]:
    """Give what assistive technology reads of each message on the screen, from the top."""
    return [row.accessibleName() for row in transcript(page).shown if isinstance(row, SaidRow)]


def middles(page: ChatPage) -> list[str]:
    """Give what stands in the middle, from the top."""
    return [row.words for row in transcript(page).shown if isinstance(row, MiddleRow)]


def under(page: ChatPage) -> list[str]:
    """Give the small words under the messages on the screen, from the top."""
    return [row.words_under for row in transcript(page).shown if isinstance(row, SaidRow)]


def head(page: ChatPage) -> str:
    """Give what the head says."""
    return page.findChildren(ChatHead)[0].accessibleName()


def foot(page: ChatPage) -> str:
    """Give what stands above the field."""
    return " ".join(page.findChildren(ChatFoot)[0].said)


def write(page: ChatPage, text: str) -> None:
    """Type into the field."""
    field(page).setFocus()
    QTest.keyClicks(field(page), text)


def enter(page: ChatPage) -> None:
    """Press Enter in the field."""
    QTest.keyClick(field(page), Qt.Key.Key_Return)


def on_its_way(text: str, delivery: Delivery = Delivery.QUEUED, error: str | None = None) -> Pending:
    """Give a message that is not with the desk yet."""
    return Pending(SendMessage(CommandId(f"c-{text}"), NOW, TICKET, text), delivery, error=error)
