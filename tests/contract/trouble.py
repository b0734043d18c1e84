"""Contract: a bad network and a desk gone mad end in the right error, soon, with a plain sentence."""

from __future__ import annotations

import time

import anyio
import pytest

from tests.contract.listening import hear, listening
from tests.contract.site import Helpdesk, Network, Site
from tests.contract.values import assert_plain
from tests.contract.writing import Outgoing, a_reply, a_request, send
from tests.rigs.flaky_proxy import Fault
from tracker.desks.base import Desk
from tracker.model.errors import DeskError, DeskUnavailable, SignInRequired, UnexpectedAnswer

EXPECTED: dict[Fault, tuple[type[DeskError], ...]] = {
    Fault.DROP: (DeskUnavailable,),
    Fault.CUT: (DeskUnavailable,),
    Fault.HUGE: (UnexpectedAnswer,),
    Fault.HTML: (UnexpectedAnswer,),
    Fault.HALF_JSON: (UnexpectedAnswer,),
    Fault.WRONG_TYPES: (UnexpectedAnswer,),
    Fault.SIGN_IN: (SignInRequired,),
    Fault.SLOW_DOWN: (DeskUnavailable,),
    Fault.BROKEN: (DeskUnavailable,),
    Fault.BUSY: (DeskUnavailable,),
    Fault.REDIRECT: (UnexpectedAnswer, SignInRequired),
}
UNTOUCHED = sorted(set(EXPECTED) - {Fault.CUT})  # the desk never sees these requests


class TroubleContract:
    """Every fault, on every kind of call."""

    @pytest.mark.parametrize("fault", sorted(EXPECTED))
    async def test_asking_for_news_fails_plainly(self, fault: Fault, jane: Desk, network: Network) -> None:
        network.fail(fault)
        with pytest.raises(EXPECTED[fault]) as trouble:
            await hear(jane)
        assert_plain(trouble.value)
        if fault is Fault.SLOW_DOWN:
            assert isinstance(trouble.value, DeskUnavailable)
            assert trouble.value.after == 7
        network.restore()
        assert (await hear(jane)).caught_up

    @pytest.mark.parametrize("fault", sorted(EXPECTED))
    async def test_asking_who_we_are_fails_plainly(self, fault: Fault, jane: Desk, network: Network) -> None:
        network.fail(fault)
        with pytest.raises(EXPECTED[fault]) as trouble:
            await jane.check()
        assert_plain(trouble.value)

    @pytest.mark.parametrize("fault", UNTOUCHED)
    async def test_sending_fails_plainly_and_loses_and_doubles_nothing(
        self, fault: Fault, site: Site, jane: Desk, helpdesk: Helpdesk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, f"Sending: {fault}"), outgoing)).ticket
        command = a_reply(ticket, f"Through {fault}.")
        site.network.fail(fault, match=site.writes)
        with pytest.raises(EXPECTED[fault]) as trouble:
            await jane.send(command, outgoing)
        assert_plain(trouble.value)
        site.network.restore()
        assert await jane.find(command) is None
        await send(jane, command, outgoing)
        assert (await helpdesk.messages(ticket)).count(f"Through {fault}.") == 1

    @pytest.mark.parametrize("fault", [Fault.DROP, Fault.HTML, Fault.BUSY, Fault.WRONG_TYPES])
    async def test_looking_a_command_up_never_guesses(
        self, fault: Fault, site: Site, jane: Desk, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, f"Looking up: {fault}"), outgoing)).ticket
        command = a_reply(ticket, "Did it arrive?")
        await send(jane, command, outgoing)
        site.network.fail(fault)
        with pytest.raises(EXPECTED[fault]):
            await jane.find(command)

    async def test_a_redirect_is_not_followed(self, jane: Desk, network: Network) -> None:
        network.fail(Fault.REDIRECT)
        with pytest.raises(DeskError):
            await jane.check()
        assert network.visitors == []

    @pytest.mark.parametrize("fault", [Fault.HTML, Fault.BUSY, Fault.DROP, Fault.HALF_JSON, Fault.REDIRECT])
    async def test_signing_in_tells_a_bad_network_from_a_wrong_password(
        self, fault: Fault, site: Site, network: Network
    ) -> None:
        desk = site.desk("jane")
        network.fail(fault)
        with pytest.raises((DeskUnavailable, UnexpectedAnswer)) as trouble:
            await desk.sign_in()
        assert_plain(trouble.value)
        await desk.aclose()

    async def test_a_silent_desk_is_given_up(self, site: Site, jane: Desk, network: Network) -> None:
        kept = await jane.sign_in()
        desk = site.desk("jane", secret=kept, patience=2.0)
        await desk.sign_in()
        network.fail(Fault.STALL)
        began = time.monotonic()
        with pytest.raises(DeskUnavailable) as trouble:
            await desk.check()
        assert time.monotonic() - began < 10
        assert_plain(trouble.value)
        await desk.aclose()

    async def test_every_call_stops_within_a_second(
        self, site: Site, jane: Desk, network: Network, outgoing: Outgoing
    ) -> None:
        ticket = (await send(jane, a_request(site, "Stop"), outgoing)).ticket
        network.fail(Fault.STALL)
        command = a_reply(ticket, "Into the void.", outgoing.add("a.txt", b"a"))
        for call in (lambda: jane.check(), lambda: jane.send(command, outgoing), lambda: hear(jane)):
            began = time.monotonic()
            with anyio.move_on_after(0.2) as waiting:
                await call()
            assert waiting.cancelled_caught
            assert time.monotonic() - began < 1.2

    async def test_closing_leaves_no_connection_open(self, site: Site, network: Network) -> None:
        before = network.open_connections
        desk = site.desk("jane")
        await desk.sign_in()
        async with listening(desk) as ear:
            await ear.until(lambda told: told.caught_up)
        await desk.aclose()
        with anyio.fail_after(5):
            while network.open_connections > before:
                await anyio.sleep(0.01)

    async def test_the_secret_is_never_in_an_error(self, site: Site, network: Network) -> None:
        desk = site.desk("jane")
        kept = await desk.sign_in()
        for fault in EXPECTED:
            network.fail(fault)
            with pytest.raises(DeskError) as trouble:
                await desk.check()
            chain: BaseException | None = trouble.value
            while chain is not None:
                assert kept.value not in repr(chain)
                chain = chain.__cause__
        await desk.aclose()
