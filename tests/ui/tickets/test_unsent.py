"""What is not sent yet: how it stands, and what can be done with it."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Ground, ground
from tests.ui.samples import DOCK, LAPTOP, NOW, UNSENT
from tests.ui.tickets.page_hands import OFFLINE, button, opened, pending, said
from tracker.model.change import Change
from tracker.model.command import CommandId, Delivery, Pending, PostReply
from tracker.model.ticket import TicketId
from tracker.model.uploading import Uploading
from tracker.ui.request.composer import Composer
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets.cannot_write import CannotWrite
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.sheet import Sheet


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme)


def test_a_refused_message_can_be_edited_sent_again_or_discarded(g: Ground, qtbot: QtBot) -> None:
    refused = pending(Delivery.REJECTED, "you may not write here")
    page = opened(g, qtbot, replace(DOCK, entries=(refused, *DOCK.entries)))
    assert "You wrote 13:49 Could not be sent: you may not write here." in said(page)
    button(page, "Send again").click()
    button(page, "Edit").click()
    assert (g.actions.retried, g.actions.edited) == (["c1"], ["c1"])
    button(page, "Discard").click()
    assert g.actions.discarded == []
    page.window().findChildren(Sheet)[0].answer("discard")
    assert g.actions.discarded == ["c1"]


def test_discarding_can_be_thought_over(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, replace(DOCK, entries=(pending(Delivery.REJECTED), *DOCK.entries)))
    button(page, "Discard").click()
    page.window().findChildren(Sheet)[0].answer("")
    assert g.actions.discarded == []


def test_what_waits_for_the_network_says_so_and_offers_a_choice(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, replace(DOCK, entries=(pending(Delivery.QUEUED), *DOCK.entries)))
    assert "You wrote 13:49 Sending" in said(page)
    page.show_health(OFFLINE)
    assert "You wrote 13:49 Waiting for the network. It is sent by itself." in said(page)
    assert button(page, "Try now").isEnabled()


def test_a_reply_says_how_much_of_its_files_has_gone(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, replace(DOCK, entries=(pending(Delivery.UNSURE), *DOCK.entries)))
    for sent, words in ((2_100_000, "Sending, 42 %"), (0, "Finding out whether it arrived")):
        g.context.uploads.take(Uploading(CommandId("c1"), DOCK.ticket.id, sent, 5_000_000))
        assert f"You wrote 13:49 {words}" in said(page)


def test_what_may_have_arrived_can_not_be_edited(g: Ground, qtbot: QtBot) -> None:
    unsure = replace(DOCK, entries=(pending(Delivery.UNSURE), *DOCK.entries))
    page = opened(g, qtbot, unsure, health=OFFLINE)
    assert [b.text() for b in page.findChildren(Button) if b.text() in ("Edit", "Discard")] == ["Discard"]


def test_a_request_that_was_refused_goes_back_to_its_form(g: Ground, qtbot: QtBot) -> None:
    from tracker.model.command import CreateTicket

    command = CreateTicket(CommandId("c1"), NOW, "vpn", "S", "T")
    g.view.pending = (Pending(command, Delivery.REJECTED, error="no"),)
    page = opened(g, qtbot, replace(UNSENT, entries=(pending(Delivery.REJECTED, "no"),)))
    with qtbot.waitSignal(page.edit_request_asked):
        button(page, "Edit").click()


def test_a_local_reference_still_works_after_delivery(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot, UNSENT)
    assert not page.findChildren(Composer)[0].isVisible()
    assert "once the request has been sent" in page.findChildren(CannotWrite)[0].accessibleName()
    arrived = replace(LAPTOP, ticket=replace(LAPTOP.ticket, id=TicketId("77"), number="REQ-77"))
    g.view.put(arrived)
    g.view.aliases[UNSENT.ticket.id] = TicketId("77")
    page.refresh(Change(outbox=True, tickets=frozenset({TicketId("77")})))
    assert page.ticket == "77"
    assert page.findChildren(Composer)[0].isVisible()


def test_a_reply_that_could_not_be_kept_is_given_back(g: Ground, qtbot: QtBot) -> None:
    page = opened(g, qtbot)
    composer = page.findChildren(Composer)[0]
    composer._area.setPlainText("Hello")
    composer.send()
    assert isinstance(g.actions.submitted[0], PostReply)
    page.refused("The disk is full.")
    assert (composer.text, composer._said.text()) == ("Hello", "The disk is full.")
    composer.send()
    assert len(g.actions.submitted) == 2
