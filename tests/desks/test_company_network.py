"""The desk behind a company's real proxies: sign in, list, hear, and plain words where a way is closed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import anyio
import anyio.to_thread
import pytest

from tests.core.house import House, Watcher, answers, there
from tests.rigs.company_network import HOST, LOGIN, PASSWORD, Company, company_network
from tests.rigs.frontdesk import JANE
from tests.rigs.pac_server import serving_script
from tracker.core import questions as ask
from tracker.core.examining.way import examine_network
from tracker.core.program import Options, Program
from tracker.core.signing import sign_in
from tracker.desks.base import Secret, SecretKind
from tracker.desks.frontdesk.desk import KIND, FrontDesk
from tracker.desks.network import Network, ProxyLogin
from tracker.desks.polling import Pace
from tracker.desks.registry import open_desk
from tracker.host.settings import DeskChoice
from tracker.model.attachment import LocalFile
from tracker.model.command import CommandId, CreateTicket, PostReply
from tracker.model.errors import DeskUnavailable, ProxySignInRequired, UnexpectedAnswer
from tracker.model.health import Condition

pytestmark = [pytest.mark.anyio, pytest.mark.xdist_group("company")]  # its servers start once
LIMIT = 20.0
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """The company's desk and proxies."""
    with company_network(tmp_path_factory.mktemp("company")) as made:
        yield made


class Purse:
    """Knows who we are at the proxy, or not; remembers what it was asked."""

    def __init__(self, *logins: ProxyLogin | None) -> None:
        self._logins = list(logins)
        self.asked: list[tuple[str, ProxyLogin | None]] = []

    async def __call__(self, proxy: str, tried: ProxyLogin | None) -> ProxyLogin | None:
        self.asked.append((proxy, tried))
        return self._logins.pop(0) if self._logins else None


RIGHT, WRONG = ProxyLogin(LOGIN, PASSWORD), ProxyLogin(LOGIN, "wrong")


def no_files(file: LocalFile) -> Path:
    raise AssertionError(file)


async def use(desk: FrontDesk) -> None:
    """Sign in, hear the list, raise a request and hear it pushed, answer on it and hear that too."""
    try:
        await desk.sign_in()
        with anyio.fail_after(LIMIT):
            heard = desk.news(None, Pace())
            async for batch in heard:
                if batch.caught_up:
                    break
            receipt = await desk.send(
                CreateTicket(CommandId(f"{uuid4()}"), NOW, "other", "No sound", "Since today."), no_files
            )
            assert receipt.ticket is not None
            second = CommandId(f"{uuid4()}")
            reply = PostReply(second, NOW, receipt.ticket, "It hums now.")
            await desk.send(reply, no_files)
            seen: set[CommandId] = set()
            while second not in seen:
                batch = await anext(heard)
                seen |= {CommandId(event.command_id) for event in batch.events if event.command_id}
    finally:
        await desk.aclose()


async def test_behind_a_proxy_that_looks_into_tls_all_works_with_its_authority_as_an_extra(
    company: Company,
) -> None:
    await use(company.desk(Network(company.inspecting, extra_ca=company.proxy_ca)))


async def test_a_proxy_that_wants_a_login_is_told_it_and_then_all_works(company: Company) -> None:
    purse = Purse(RIGHT)
    await use(company.desk(Network(company.asking, extra_ca=company.desk_ca, logins=purse)))
    assert purse.asked == [(company.asking.removeprefix("http://"), None)], "once, however many connections"


async def test_without_a_login_the_proxy_is_named_and_where_to_say_it(company: Company) -> None:
    desk = company.desk(Network(company.asking, extra_ca=company.desk_ca, logins=Purse(None)))
    with pytest.raises(ProxySignInRequired, match=r"wants your name and password.*Network") as refused:
        await desk.sign_in()
    await desk.aclose()
    assert refused.value.proxy == company.asking.removeprefix("http://")


async def test_a_wrong_login_is_said_and_a_right_one_then_taken(
    company: Company, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    purse = Purse(WRONG, None, RIGHT)
    desk = company.desk(Network(company.asking, extra_ca=company.desk_ca, logins=purse))
    with pytest.raises(ProxySignInRequired, match="does not take this name and password"):
        await desk.sign_in()
    await desk.sign_in()
    await desk.aclose()
    assert [tried for _proxy, tried in purse.asked] == [None, WRONG, WRONG]
    assert WRONG.password not in caplog.text


async def test_the_authority_of_a_proxy_that_looks_into_tls_is_named_with_what_it_can_do(
    company: Company,
) -> None:
    desk = company.desk(Network(company.inspecting))
    with pytest.raises(UnexpectedAnswer) as refused:
        await desk.sign_in()
    await desk.aclose()
    said = str(refused.value)
    assert "by way of the proxy" in said
    assert "issued by Example TLS Inspection" in said
    assert "network.extra_ca" in said


async def test_with_the_extra_authority_the_desks_own_is_still_believed_on_the_straight_way(
    company: Company, tmp_path: Path
) -> None:
    both = tmp_path / "both.pem"
    both.write_bytes(company.proxy_ca.read_bytes() + company.desk_ca.read_bytes())
    for proxy in (company.inspecting, "direct"):
        url = company.url if proxy != "direct" else company.url.replace(HOST, "127.0.0.1")
        desk = company.desk(Network(proxy, extra_ca=both), url=url)
        await desk.sign_in()
        await desk.aclose()


async def test_the_next_proxy_of_a_configuration_is_taken_where_the_first_is_not_there(
    company: Company, tmp_path: Path
) -> None:
    dead, alive = "127.0.0.1:9", company.inspecting.removeprefix("http://")
    with serving_script(f'return "PROXY {dead}; PROXY {alive}; DIRECT";') as pac_url:
        desk = company.desk(Network(pac_url=pac_url, extra_ca=company.proxy_ca))
        await desk.sign_in()
        await desk.aclose()


async def test_a_proxy_that_is_not_there_is_named(company: Company) -> None:
    desk = company.desk(Network("http://127.0.0.1:9", extra_ca=company.desk_ca))
    with pytest.raises(DeskUnavailable, match=r"The proxy 127\.0\.0\.1:9 cannot be reached"):
        await desk.sign_in()
    await desk.aclose()


async def test_a_desk_that_is_down_behind_a_proxy_is_told_apart_from_the_proxy(company: Company) -> None:
    desk = company.desk(Network(company.inspecting), url=f"https://{HOST}:9")
    with pytest.raises(DeskUnavailable, match=f"does not lead to {HOST}|cannot be reached"):
        await desk.sign_in()
    await desk.aclose()


def findings(url: str, network: Network) -> dict[str, str]:
    """Say of each step how it was found, its last finding counting."""
    return {found.about: f"{found.state}: {found.sentence}" for found in examine_network(url, network)}


async def test_the_doctor_tells_each_step_of_the_way(company: Company) -> None:
    network = Network(company.inspecting, extra_ca=company.proxy_ca)
    told = await anyio.to_thread.run_sync(findings, company.url, network)
    assert list(told) == ["proxy", "certificate", "name", "connection", "answer", "clock"]
    assert all(words.startswith("ok: ") for words in told.values()), told
    assert "IT has set the proxy" in told["proxy"]
    assert "issued by Example TLS Inspection" in told["certificate"]
    assert told["certificate"].endswith("It is believed because of IT's file.")


async def test_the_doctor_says_where_the_way_ends(company: Company) -> None:
    look = anyio.to_thread.run_sync
    told = await look(findings, company.url, Network(company.asking))
    assert "wants a name and a password" in told["connection"]
    assert told["answer"].startswith("warning: The proxy")
    told = await look(findings, company.url, Network("direct"))
    assert told["name"].startswith("bad: This computer does not know where")
    assert "connection" not in told, "it ends there"
    told = await look(findings, company.url.replace(HOST, "127.0.0.1"), Network())
    assert told["certificate"].endswith("It is not believed here.")


def test_a_person_signs_in_once_the_proxy_knows_them(company: Company, tmp_path: Path) -> None:
    folder = tmp_path / "policy"
    folder.mkdir()
    (folder / "it.toml").write_text(
        f'[network]\nproxy = "{company.asking}"\nextra_ca = "{company.desk_ca}"\n', encoding="utf-8"
    )
    house = House(tmp_path)
    house.environment["TRACKER_POLICY_DIR"] = str(folder)
    watcher = Watcher()
    program = Program(house.paths, watcher, Options(open_desk, environment=house.environment))
    program.start()
    try:
        with pytest.raises(ProxySignInRequired):
            sign_in_at(program, company)
        assert there(program, lambda: program.engine.health().proxy) in company.asking
        assert answers(program, ask.ProxySignIn("", LOGIN, PASSWORD))
        sign_in_at(program, company)
        watcher.until(Condition.OK)
    finally:
        program.stop()


def sign_in_at(program: Program, company: Company) -> None:
    choice = DeskChoice(KIND, company.url, JANE.login)
    secret = Secret(SecretKind.PASSWORD, JANE.password)
    program.service.call(lambda: sign_in(program, choice, secret)).result(LIMIT)
