"""Contract: each wish is done where the desk can, else said to it in plain words, else honestly kept here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.listening import Story, hear
from tests.contract.site import Helpdesk, Site
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, a_request, it_works, send
from tracker.desks.base import Capability, Desk
from tracker.desks.wish_place import KEPT, NEEDS, has_place
from tracker.model.call import CallState
from tracker.model.command import Receipt, Wish, new_command_id
from tracker.model.errors import CommandRejected
from tracker.model.event import EventKind
from tracker.model.telling import NotifySettings, Telling
from tracker.model.ticket import TicketId, TicketState
from tracker.model.window import Window
from tracker.model.wish import ABOUT_VISIT, WishKind

LINE = "Please knock twice, {kind}."

EVENTS = {
    WishKind.NEWS: EventKind.NEWS_ASKED,
    WishKind.CAN_WAIT: EventKind.CAN_WAIT,
    WishKind.CALL: EventKind.CALLBACK_ASKED,
    WishKind.VISIT_OK: EventKind.VISIT_CONFIRMED,
    WishKind.VISIT_MOVE: EventKind.VISIT_MOVE_ASKED,
    WishKind.VISIT_NOT_THERE: EventKind.VISIT_NOT_THERE,
    WishKind.VISIT_PLACE: EventKind.VISIT_PLACE,
    WishKind.THANKS: EventKind.THANKED,
    WishKind.RATE: EventKind.RATED,
}
FREE = (WishKind.THANKS, WishKind.RATE)
"""What is said when it is solved."""


def soon(hours: float) -> datetime:
    """A whole minute some hours from now."""
    return (datetime.now(UTC) + timedelta(hours=hours)).replace(second=0, microsecond=0)


def a_wish(ticket: TicketId, kind: WishKind, *, about: str = "") -> Wish:
    """Wish for something, with all that the kind needs and a line of one's own."""
    wish = Wish(new_command_id(), datetime.now(UTC), ticket, kind, LINE.format(kind=kind), about)
    if kind is WishKind.CALL:
        return replace(wish, phone="+49 30 1234", windows=(Window(soon(3), soon(5)),))
    if kind is WishKind.VISIT_MOVE:
        return replace(wish, windows=(Window(soon(50), soon(52)),))
    if kind is WishKind.VISIT_PLACE:
        return replace(wish, place="Room 12")
    return replace(wish, score=4) if kind is WishKind.RATE else wish


@dataclass(frozen=True, slots=True)
class _Asked:
    wish: Wish
    receipt: Receipt
    story: Story


class WishContract:
    """What `send` does with a `Wish`, and what `slots` and the preferences give."""

    @pytest.mark.parametrize("kind", list(EVENTS))
    async def test_a_wish_is_done_or_said_in_words_or_kept_here(
        self, kind: WishKind, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        asked = await self._ask(kind, site, jane, helpdesk, outgoing)
        wish, ticket = asked.wish, asked.wish.ticket
        if asked.receipt.kept_here:
            assert kind in KEPT or not has_place(kind, jane.capabilities)
            assert LINE.format(kind=kind) not in await helpdesk.messages(ticket)
        elif EVENTS[kind] in asked.story.kinds(ticket):
            found = await jane.find(wish)
            assert found is not None
            assert found.ticket == ticket
        else:
            assert NEEDS.get(kind) not in jane.capabilities
            (words,) = [text for text in await helpdesk.messages(ticket) if wish.text in text]
            assert words != wish.text, "the desk is told what is asked for, not the line alone"
            assert await jane.find(wish) is not None

    @pytest.mark.parametrize("kind", list(EVENTS))
    async def test_a_wish_sent_again_is_one(
        self, kind: WishKind, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        asked = await self._ask(kind, site, jane, helpdesk, outgoing)
        if await jane.find(asked.wish) is None:
            await send(jane, asked.wish, outgoing)
        texts = "\n".join((await hear(jane)).texts(asked.wish.ticket))
        assert texts.count(asked.wish.text) <= 1

    async def test_a_call_is_asked_with_number_and_windows_and_called_off(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        asked = await self._ask(WishKind.CALL, site, jane, helpdesk, outgoing)
        call = asked.story.tickets[asked.wish.ticket].call
        if Capability.CALLS not in jane.capabilities:
            (words,) = [t for t in await helpdesk.messages(asked.wish.ticket) if asked.wish.text in t]
            assert "+49 30 1234" in words
            assert f"{asked.wish.windows[0].starts.year}" in words
            return
        assert call is not None
        assert (call.state, call.phone, call.windows) == (
            CallState.ASKED,
            "+49 30 1234",
            asked.wish.windows,
        )
        await send(jane, a_wish(asked.wish.ticket, WishKind.CALL_OFF, about=call.id), outgoing)
        call = (await hear(jane)).tickets[asked.wish.ticket].call
        assert call is None or not call.is_ahead

    async def test_times_are_offered_only_where_the_desk_has_them(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Slots"), outgoing)).ticket
        await helpdesk.assign(ticket)
        if Capability.VISITS in jane.capabilities:
            await helpdesk.book_visit(ticket, soon(30), soon(32))
        offered = await jane.slots(ticket)
        assert not offered or Capability.SLOTS in jane.capabilities
        assert all(slot.id and slot.window.is_sound for slot in offered)
        assert [slot.window.starts for slot in offered] == sorted(slot.window.starts for slot in offered)

    async def test_looking_back_re_opens_or_says_why_not(
        self, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Came back"), outgoing)).ticket
        await helpdesk.resolve(ticket, "Replaced the cable.")
        await send(jane, it_works(ticket), outgoing)
        fine = await send(jane, a_wish(ticket, WishKind.STILL_FINE), outgoing)
        assert fine.kept_here is (Capability.CHECK_INS not in jane.capabilities)
        back = a_wish(ticket, WishKind.CAME_BACK)
        try:
            receipt = await send(jane, back, outgoing)
        except CommandRejected as refused:
            assert_plain(refused)
            return
        story = await hear(jane)
        assert not receipt.kept_here
        assert any(back.text in text for text in story.texts(ticket))
        if Capability.REOPEN in jane.capabilities:
            assert story.tickets[ticket].state not in (TicketState.RESOLVED, TicketState.CLOSED)

    async def test_preferences_come_back_where_the_desk_keeps_them(self, site: Site, omar: Desk) -> None:
        await omar.check()
        before = await omar.preferences()
        if Capability.PREFERENCES not in omar.capabilities:
            assert before is None
            await omar.keep_preferences(NotifySettings(changed_at=soon(0)))
            assert await omar.preferences() is None
            return
        telling = tuple((each, Telling.OFF) for each, _how in NotifySettings().telling)
        wished = NotifySettings(
            telling, None, quiet_weekend=False, muted=frozenset({TicketId("REQ-7")}), changed_at=soon(0)
        )
        await omar.keep_preferences(wished)
        assert await omar.preferences() == wished

    async def _ask(
        self, kind: WishKind, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> _Asked:
        """Make a request on which this can be wished for, wish for it, and hear what came of it."""
        ticket = (await send(jane, a_request(site, f"Wish: {kind}"), outgoing)).ticket
        about = ""
        if kind in ABOUT_VISIT and Capability.VISITS in jane.capabilities:
            await helpdesk.assign(ticket)
            await helpdesk.book_visit(ticket, soon(30), soon(32))
            visit = (await hear(jane)).tickets[ticket].visit
            about = visit.id if visit is not None else ""
        if kind in FREE:
            await helpdesk.resolve(ticket, "Replaced the cable.")
        wish = a_wish(ticket, kind, about=about)
        receipt = await send(jane, wish, outgoing)
        return _Asked(wish, receipt, await hear(jane))
