"""The chat page: who is there, what was written, how far it has got, and what one can do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.chat.scene import (
    OPEN,
    TICKET,
    bubbles,
    button,
    has_button,
    head,
    hear,
    lay,
    middles,
    of_mine,
    on_its_way,
    said,
    shown,
    transcript,
    under,
)
from tests.ui.page_ground import Ground, ground
from tests.ui.samples import NOW, at
from tracker.model.attachment import Attachment, LocalFile
from tracker.model.chat import ChatState, MessageKind, Wait
from tracker.model.command import Delivery, Pending, SendMessage
from tracker.model.event import EventKind
from tracker.model.health import Condition, Health
from tracker.model.identity import CommandId
from tracker.model.line import line
from tracker.model.person import ActorKind
from tracker.model.track import Entry, EntryKind
from tracker.model.uploading import Uploading
from tracker.ui.chat.said_row import SaidRow
from tracker.ui.theme.theme import Theme
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.sheet import Sheet


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def test_without_a_chat_the_page_offers_to_start_one(g: Ground, qtbot: QtBot) -> None:
    page = shown(g, qtbot)
    with qtbot.waitSignal(page.start_asked):
        button(page, "Start a chat").click()


def test_the_head_says_who_is_there_and_what_it_is_about(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    assert head(shown(g, qtbot)) == "Dmitri Marsh, Service Desk. about VPN keeps dropping"


def test_the_head_says_the_place_in_the_queue_and_how_long_it_may_take(g: Ground, qtbot: QtBot) -> None:
    wait = Wait(timedelta(minutes=2), timedelta(minutes=4))
    lay(g, replace(OPEN, state=ChatState.QUEUED, agent=None, joined_at=None, place=2, wait=wait))
    page = shown(g, qtbot)
    assert head(page).startswith("Waiting for somebody. Number 2 in the queue, 2 to 4 min wait")
    assert has_button(page, "Leave the queue")


def test_the_beginning_says_how_long_one_waited_and_where_it_is_kept(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, said(1, "Hello"))
    words = "You were number 2 in the queue · waited 1 min 40 s · this chat is kept on INC-20433"
    assert middles(shown(g, qtbot)) == [words, "New"]


def test_a_message_is_read_out_with_who_when_what_and_how_far(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, said(1, "Hello"), of_mine(2, "Hi"), of_mine(8, "Still there?"))
    g.view.talks.marks[TICKET, ActorKind.AGENT] = 2
    first, second, third = bubbles(shown(g, qtbot))
    assert first.startswith("Dmitri Marsh, Friday 21 November 2025, 13:36")
    assert first.endswith("Hello")
    assert second.startswith("You, ")
    assert second.endswith("Hi. read")
    assert third.endswith("Still there?. delivered")


def test_what_is_on_its_way_says_how_far_it_has_got(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    g.view.talks.waiting[TICKET] = [
        on_its_way("one"),
        on_its_way("two", Delivery.UNSURE),
        on_its_way("three", Delivery.DELIVERED),
    ]
    page = shown(g, qtbot)
    assert under(page) == [
        "13:50 · sending…",
        "13:50 · finding out whether it arrived",
        "13:50 · sent",
    ]
    page.show_health(Health(Condition.OFFLINE))
    assert "waits for the network, then goes by itself" in under(page)[0]


def test_a_message_echoed_by_the_desk_is_not_shown_twice(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, replace(of_mine(1, "one"), command_id=CommandId("c-one")))
    g.view.talks.waiting[TICKET] = [on_its_way("one", Delivery.DELIVERED)]
    assert len(bubbles(shown(g, qtbot))) == 1


def test_what_failed_says_why_and_can_be_sent_again_changed_or_thrown_away(g: Ground, qtbot: QtBot) -> None:
    lay(g)
    g.view.talks.waiting[TICKET] = [on_its_way("one", Delivery.REJECTED, "The chat is over.")]
    page = shown(g, qtbot)
    assert under(page) == ["Not sent: The chat is over"]
    button(page, "Send again").click()
    button(page, "Edit").click()
    assert (g.actions.retried, g.actions.edited) == ([CommandId("c-one")], [CommandId("c-one")])
    button(page, "Discard").click()
    page.window().findChildren(Sheet)[0].answer("discard")
    assert g.actions.discarded == [CommandId("c-one")]


def test_edited_taken_back_and_unreadable_messages_say_so(g: Ground, qtbot: QtBot) -> None:
    lay(
        g,
        OPEN,
        said(1, "better words", changed_at=NOW),
        said(2, removed=True),
        said(3, kind=MessageKind.UNREADABLE),
        said(4, kind=MessageKind.UNKNOWN),
    )
    first, second, third, fourth = bubbles(shown(g, qtbot))
    assert first.endswith("edited")
    assert "This message was taken back" in second
    assert "encrypted" in third
    assert "does not know" in fourth


def test_files_can_be_opened_and_saved_and_those_going_out_are_shown(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, of_mine(1, "", Attachment("a1", "vpn-status.png", 86_000, "image/png")))
    sending = SendMessage(CommandId("c"), NOW, TICKET, "", (LocalFile("k", "shot.png", 9, "image/png"),))
    g.view.talks.waiting[TICKET] = [Pending(sending, Delivery.QUEUED)]
    page = shown(g, qtbot)
    assert ["vpn-status.png" in bubbles(page)[0], "shot.png" in bubbles(page)[1]] == [True, True]
    button(page, "Open vpn-status.png").click()
    assert g.actions.downloads[0].attachment.name == "vpn-status.png"


def test_a_link_is_asked_about_before_it_opens(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, said(1, "See https://example.com/vpn"))
    page = shown(g, qtbot)
    row = transcript(page).shown[-1]
    assert isinstance(row, SaidRow)
    assert row.bubble is not None
    QTest.keyClick(row.bubble, Qt.Key.Key_Return)
    assert not g.opened
    page.window().findChildren(Sheet)[0].answer("open")
    assert g.opened[0].toString() == "https://example.com/vpn"


def test_days_and_what_happened_stand_between_the_messages(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, said(1, "Earlier", at=at(20, 16)), said(2, "Now"))
    g.view.talks.marks[TICKET, ActorKind.YOU] = 2
    joined = Entry(
        "e1", EntryKind.EVENT, at(20, 15), line("{who} joined the chat", who="Dmitri"), EventKind.CHAT_JOINED
    )
    track = g.view.by_id[TICKET]
    g.view.by_id[TICKET] = replace(track, entries=(joined,))
    found = middles(shown(g, qtbot))
    assert "Yesterday" in found
    assert "Today" in found
    assert "Dmitri joined the chat · 15:00" in found


def test_the_requests_own_text_is_the_first_bubble(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN, said(1, "Hello"))
    raised = Entry(
        "e0", EntryKind.EVENT, at(21, 13), line("You raised this"), EventKind.CREATED, text="VPN drops"
    )
    g.view.by_id[TICKET] = replace(g.view.by_id[TICKET], entries=(raised,))
    first = bubbles(shown(g, qtbot))[0]
    assert "VPN drops" in first
    assert first.endswith("delivered")
    joined = Entry("e1", EntryKind.EVENT, NOW, line("Dmitri joined"), EventKind.CHAT_JOINED)
    g.view.by_id[TICKET] = replace(g.view.by_id[TICKET], entries=(joined, raised))
    assert bubbles(shown(g, qtbot))[0].endswith("read")


def test_a_file_on_its_way_says_how_much_of_it_has_gone(g: Ground, qtbot: QtBot) -> None:
    lay(g, OPEN)
    file = LocalFile("k", "scan.pdf", 4_000_000)
    message = SendMessage(CommandId("c1"), NOW, TICKET, "Here.", (file,))
    g.view.talks.waiting[TICKET] = [Pending(message, Delivery.UNSURE)]
    page = shown(g, qtbot)
    for sent, words in ((0, "finding out whether it arrived"), (1_680_000, "sending, 42 %")):
        g.context.uploads.take(Uploading(message.id, TICKET, sent, file.size))
        row = page.findChildren(SaidRow)[-1]
        assert row.words_under.endswith(words)
        assert row.accessibleName().endswith(words)
    hear(page)
    assert page.findChildren(SaidRow)[-1].words_under.endswith("sending, 42 %"), "also in a row made anew"
    g.context.uploads.take(Uploading(message.id, TICKET, 0, file.size))
    assert page.findChildren(SaidRow)[-1].words_under.endswith("finding out whether it arrived")


def test_with_large_letters_in_the_smallest_window_the_conversation_has_most_of_it(
    large: Theme, qtbot: QtBot
) -> None:
    g = ground(large)
    lay(g, OPEN, *(said(at, f"word {at}.") for at in range(9)))
    page = shown(g, qtbot, 560, 480)
    assert transcript(page).height() > page.height() / 2
    names = {"End chat", "Call me instead", "Open request INC-20433", "Search in this conversation"}
    low = {one.accessibleName(): one for one in page.findChildren(Button) if one.accessibleName() in names}
    assert names == set(low)
    assert not any(one.text() or one.icon().isNull() for one in low.values())
    assert all(one.toolTip() for one in low.values()), "a drawing alone says too little"
    page.window().resize(560, 900)
    qtbot.waitUntil(lambda: low["End chat"].text() == "End chat")
