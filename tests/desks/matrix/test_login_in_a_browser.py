"""Signing in through the browser, at a real server with a company's single sign-on behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import anyio.to_thread
import pytest

from tests.desks.matrix.signing_in import Keeper, session_at, signed_in
from tests.rigs.browser import open_browser
from tests.rigs.surfing import Surfer
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_site import JANE, OMAR
from tracker.desks.matrix.login import Provider, Ways, begin_sso, sign_in_ways, who
from tracker.host.loopback import BrowserAnswer, BrowserTooLate, browser_answer
from tracker.model.errors import SignInRequired, UnexpectedAnswer

pytestmark = [pytest.mark.anyio, pytest.mark.matrix]

COMPANY = Provider("oidc-company", "Company sign-in")
NOWHERE = Ways("http://127.0.0.1:9", password=True, browser=True)
WITHIN = 20.0


@pytest.fixture
async def answer() -> AsyncIterator[BrowserAnswer]:
    async with browser_answer() as door:
        yield door


@pytest.fixture
async def surfer() -> AsyncIterator[Surfer]:
    async with Surfer() as one:
        yield one


async def test_a_server_says_in_which_ways_one_can_sign_in(
    synapse_rig: SynapseRig, company_synapse: SynapseRig
) -> None:
    alone = await sign_in_ways(synapse_rig.url)
    assert (alone.url, alone.password, alone.browser) == (synapse_rig.url, True, False)
    ways = await sign_in_ways(company_synapse.url)
    assert (ways.password, ways.browser, ways.providers) == (True, True, (COMPANY,))


@pytest.mark.parametrize("provider", [COMPANY, None])
async def test_what_the_browser_brings_back_is_a_sign_in_that_lasts(
    company_synapse: SynapseRig, answer: BrowserAnswer, surfer: Surfer, provider: Provider | None
) -> None:
    ways = await sign_in_ways(company_synapse.url)
    attempt = begin_sso(ways, answer.url, provider=provider)
    await surfer.go(attempt.url)
    await surfer.submit(sub="jane")
    assert "Continue" in surfer.page.text, "the server asks whether the person trusts the program"
    await surfer.press_link()
    assert "close this page" in surfer.page.text
    keeper = Keeper(await attempt.finish(await answer.wait(WITHIN)))
    assert who(keeper.held).user == JANE.id
    async with session_at(company_synapse.url, "", keeper) as session:
        assert (await session.identity()).user == JANE.id
        await session.sign_in()


async def test_a_second_sign_in_stays_the_same_device(
    company_synapse: SynapseRig, answer: BrowserAnswer, surfer: Surfer
) -> None:
    device = who(await signed_in(company_synapse, OMAR)).device
    attempt = begin_sso(await sign_in_ways(company_synapse.url), answer.url, device=device)
    await surfer.go(attempt.url)
    await surfer.submit(sub="omar")
    await surfer.press_link()
    secret = await attempt.finish(await answer.wait(WITHIN))
    assert who(secret).device == device


async def test_what_the_browser_brought_is_good_once(
    company_synapse: SynapseRig, answer: BrowserAnswer, surfer: Surfer
) -> None:
    attempt = begin_sso(await sign_in_ways(company_synapse.url), answer.url)
    await surfer.go(attempt.url)
    await surfer.submit(sub="jane")
    await surfer.press_link()
    query = await answer.wait(WITHIN)
    await attempt.finish(query)
    with pytest.raises(SignInRequired, match="did not take the answer of the browser"):
        await attempt.finish(query)


async def test_who_declines_at_the_company_does_not_come_back(
    company_synapse: SynapseRig, answer: BrowserAnswer, surfer: Surfer
) -> None:
    attempt = begin_sso(await sign_in_ways(company_synapse.url), answer.url)
    await surfer.go(attempt.url)
    await surfer.submit(action="deny")
    with pytest.raises(BrowserTooLate, match="has not come back"):
        await answer.wait(0)


@pytest.mark.parametrize("query", ["", "loginToken", "other=1", "loginToken=a&loginToken=b", "&" * 10_000])
async def test_an_answer_without_a_sign_in_is_said(query: str) -> None:
    attempt = begin_sso(NOWHERE, "http://127.0.0.1:1/x")
    with pytest.raises(UnexpectedAnswer, match="came back without a sign-in"):
        await attempt.finish(query)


async def test_the_browser_is_only_sent_back_to_this_computer() -> None:
    with pytest.raises(UnexpectedAnswer, match="only come back to this computer"):
        begin_sso(NOWHERE, "https://elsewhere.example/x")


@pytest.mark.browser
async def test_a_real_browser_goes_all_the_way(
    company_synapse: SynapseRig, answer: BrowserAnswer, tmp_path: Path
) -> None:
    attempt = begin_sso(await sign_in_ways(company_synapse.url), answer.url)
    words = await anyio.to_thread.run_sync(surf, tmp_path, attempt.url)
    assert "You can close this page" in words
    assert who(await attempt.finish(await answer.wait(WITHIN))).user == JANE.id


def surf(folder: Path, url: str) -> str:
    with open_browser(folder) as browser:
        browser.go(url)
        browser.find("input[name=sub]").send_keys("jane")
        browser.find("button[type=submit]").click()
        browser.wait(lambda: bool(browser.find_all("a.primary-button")), "the question of the server")
        browser.find("a.primary-button").click()
        browser.wait(lambda: "close this page" in browser.said("main"), "the last page")
        assert not [line for line in browser.complaints() if "127.0.0.1" in line and "favicon" not in line]
        return browser.said("main")
