"""Signing in with a real OpenID provider at a real embedded desk: in, renewed, refused, out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import anyio
import httpx
import pytest

from tests.core.house import LIMIT, Watcher, there
from tests.rigs.openid_fixtures import desk, provider
from tests.rigs.openid_provider import DEVICE_CLIENT, OpenIdRig, browse, type_code
from tracker.core.company_account import (
    Ways,
    check_allowed,
    required_company,
    sign_in_with_browser,
    sign_in_with_code,
    ways_at,
)
from tracker.core.program import Options, Program
from tracker.core.signing import sign_in, sign_out
from tracker.desks.base import Secret, SecretKind
from tracker.desks.network import Network
from tracker.desks.openid.browser import begin
from tracker.desks.openid.device import CodeAttempt
from tracker.desks.openid.id_token import check_proof
from tracker.desks.openid.kept import Kept, read_kept
from tracker.desks.openid.provider import find_provider
from tracker.desks.openid.tokens import ProviderRefused, renew, revoke
from tracker.desks.registry import open_desk
from tracker.frontdesk.desk import Desk
from tracker.host.loopback import browser_answer
from tracker.host.paths import prepare_folders, profile_paths
from tracker.host.policy.keys import SignInMethod
from tracker.host.policy.policy import Given, Policy
from tracker.host.settings import DeskChoice
from tracker.host.virtual_desktop import wait_until
from tracker.model.errors import SignInRequired, UnexpectedAnswer
from tracker.model.health import Condition

__all__ = ["desk", "provider"]

pytestmark = pytest.mark.openid

T = TypeVar("T")


@contextmanager
def program_at(folder: Path, watcher: Watcher) -> Iterator[Program]:
    paths = profile_paths(folder / "profile", {})
    prepare_folders(paths)
    program = Program(paths, watcher, Options(open_desk, environment={"PATH": "", "HOME": str(folder)}))
    program.start()
    try:
        yield program
    finally:
        program.stop()


def on(program: Program, act: Callable[[], Awaitable[T]]) -> T:
    return program.service.call(act).result(LIMIT)


async def through_browser(rig: OpenIdRig, login: str = "jane") -> Secret:
    """Sign in with the browser, as the person at it does."""
    secrets: list[Secret] = []
    async with anyio.create_task_group() as tasks:

        def show(page: str) -> None:
            tasks.start_soon(partial(browse, page, login=login))

        secrets.append(await sign_in_with_browser(rig.company(), show=show))
    return secrets[0]


async def end_at_provider(rig: OpenIdRig, kept: Kept) -> None:
    """Revoke what is kept, as an administrator of the provider does."""
    assert await revoke(await find_provider(rig.company()), kept.refresh)


def end_sessions(folder: Path) -> None:
    """Let every session at the desk be over, as after its twelve hours."""
    with Desk(folder) as beside, beside.writing() as connection:
        connection.execute("update session set expires = 1")


def test_the_whole_way_in_on_and_out(provider: OpenIdRig, desk: tuple[str, Path], tmp_path: Path) -> None:
    url, folder = desk
    watcher = Watcher()
    with program_at(tmp_path, watcher) as program:
        ways: Ways = on(program, lambda: ways_at("frontdesk", url, program.policy, program.network))
        assert (ways.password, ways.browser, ways.code) == (True, True, True)
        assert required_company(ways) == provider.company()
        secret = on(program, lambda: through_browser(provider))
        on(program, lambda: sign_in(program, DeskChoice("frontdesk", url, ""), secret))
        watcher.until(Condition.OK)
        assert program.settings.desk == DeskChoice("frontdesk", url, "jane")
        first = read_kept(on(program, program.secret))
        assert (first.proof, first.user) == ("", "jane")

        watcher.healths.clear()
        end_sessions(folder)  # the day is over: a new proof is got, and nobody is asked anything
        wait_until(lambda: read_kept(on(program, program.secret)).session != first.session)
        second = read_kept(on(program, program.secret))
        assert second.refresh != first.refresh
        assert Condition.SIGN_IN_NEEDED not in {each.condition for each in watcher.healths}

        shown = program.options.redactor.clean(f"{second.refresh} {second.session} {first.refresh}")
        assert shown == " ".join(["[hidden]"] * 3)
        before = provider.ask("/tests/living")["refresh"]
        assert on(program, lambda: sign_out(program)) == ""
        assert provider.ask("/tests/living")["refresh"] == before - 1
        answer = httpx.get(
            f"{url}/api/v1/me", headers={"authorization": f"Bearer {second.session}"}, trust_env=False
        )
        assert answer.status_code == 401


def test_a_refused_refresh_is_a_quiet_banner_and_the_requests_stay(
    provider: OpenIdRig, desk: tuple[str, Path], tmp_path: Path
) -> None:
    url, folder = desk
    watcher = Watcher()
    with program_at(tmp_path, watcher) as program:
        secret = on(program, lambda: through_browser(provider))
        on(program, lambda: sign_in(program, DeskChoice("frontdesk", url, ""), secret))
        watcher.until(Condition.OK)
        kept = read_kept(on(program, program.secret))
        on(program, partial(end_at_provider, provider, kept))
        end_sessions(folder)
        health = watcher.until(Condition.SIGN_IN_NEEDED)
        assert "sign in again" in health.sentence
        assert program.settings.desk is not None
        assert there(program, program.engine.writer.owner) == f"frontdesk {url} jane"
        again = on(program, lambda: through_browser(provider))
        on(program, lambda: sign_in(program, DeskChoice("frontdesk", url, "jane"), again))
        watcher.until(Condition.OK)


def test_somebody_the_desk_does_not_let_in_leaves_nothing_at_the_provider(
    provider: OpenIdRig, desk: tuple[str, Path], tmp_path: Path
) -> None:
    url, _ = desk
    with program_at(tmp_path, Watcher()) as program:
        before = provider.ask("/tests/living")["refresh"]
        for login, words in (("omar", "does not know you yet"), ("tess", "with their password")):
            secret = on(program, partial(through_browser, provider, login))
            with pytest.raises(SignInRequired, match=words):
                on(program, partial(sign_in, program, DeskChoice("frontdesk", url, ""), secret))
        assert program.settings.desk is None
        assert provider.ask("/tests/living")["refresh"] == before
        with pytest.raises(SignInRequired, match="does not take your company's sign-in"):
            on(program, partial(sign_in, program, DeskChoice("rt", url, ""), secret))


@pytest.mark.anyio
async def test_a_refresh_token_works_once_and_its_thief_ends_them_all(provider: OpenIdRig) -> None:
    kept = read_kept(await through_browser(provider))
    found = await find_provider(provider.company())
    provider.ask("/tests/rotate")  # it signs with another key from now on
    second = await renew(found, kept.refresh)
    await check_proof(found, second.proof)
    with pytest.raises(ProviderRefused, match="sign in again"):
        await renew(found, kept.refresh)
    with pytest.raises(ProviderRefused):
        await renew(found, second.refresh)


@pytest.mark.anyio
async def test_a_code_that_somebody_caught_is_worth_nothing_without_what_stays_here(
    provider: OpenIdRig,
) -> None:
    async with browser_answer(path="/signed-in") as answer:
        attempt = await begin(provider.company(), answer.url)
        page = await browse(attempt.url)
        assert "go back to Tracker" in page.text
        query = await answer.wait(10)
    other = await begin(provider.company(), attempt.back_to)
    with pytest.raises(UnexpectedAnswer, match="another sign-in"):
        await other.finish(query)
    with pytest.raises(ProviderRefused):
        await replace(attempt, verifier=other.verifier).finish(query)


@pytest.mark.anyio
@pytest.mark.parametrize("action", ["accept", "deny"])
async def test_a_code_is_typed_on_another_device(provider: OpenIdRig, action: str) -> None:
    company = provider.company(DEVICE_CLIENT)
    async with anyio.create_task_group() as tasks:

        def show(attempt: CodeAttempt) -> None:
            tasks.start_soon(partial(type_code, attempt.address, attempt.code, action=action))

        if action == "accept":
            kept = read_kept(await sign_in_with_code(company, show=show))
            assert kept.proof
            assert kept.refresh
        else:
            with pytest.raises(SignInRequired, match="turned down"):
                await sign_in_with_code(company, show=show)


def test_what_the_company_has_set_goes_before_what_the_desk_offers(
    provider: OpenIdRig, desk: tuple[str, Path]
) -> None:
    url, _ = desk

    def ways(**given: object) -> Ways:
        policy = Policy(
            {f"sign_in.{name}": Given(value, "here", locked=True) for name, value in given.items()}
        )
        return anyio.run(ways_at, "frontdesk", url, policy, Network())

    alone = ways(method=SignInMethod.BROWSER)
    assert (alone.password, alone.browser, alone.code) == (False, True, False)
    other = ways(method=SignInMethod.DEVICE, client_id=DEVICE_CLIENT, scopes=("openid",))
    assert (other.browser, other.code) == (False, True)
    assert required_company(other, code=True) == replace(provider.company(DEVICE_CLIENT), scopes=("openid",))
    with pytest.raises(SignInRequired, match="no sign-in with the browser"):
        required_company(other)
    passwords = ways(method=SignInMethod.PASSWORD)
    assert (passwords.password, passwords.browser, passwords.code) == (True, False, False)
    rt = anyio.run(ways_at, "rt", "https://rt.example.org", Policy(), Network())
    assert (rt.password, rt.token, rt.browser) == (True, True, False)


@pytest.mark.parametrize(
    ("method", "kind", "fits"),
    [
        (SignInMethod.ANY, SecretKind.PASSWORD, True),
        (SignInMethod.BROWSER, SecretKind.OPEN_ID, True),
        (SignInMethod.BROWSER, SecretKind.PASSWORD, False),
        (SignInMethod.PASSWORD, SecretKind.TOKEN, False),
    ],
)
def test_another_way_than_the_companys_is_refused(method: SignInMethod, kind: SecretKind, fits: bool) -> None:
    policy = Policy({"sign_in.method": Given(method, "here", locked=True)})
    with nullcontext() if fits else pytest.raises(SignInRequired, match="Your company wants"):
        check_allowed(Secret(kind, "x"), policy)


def test_the_command_says_where_to_go_and_opens_nothing(
    provider: OpenIdRig, desk: tuple[str, Path], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tracker", "--profile", str(tmp_path / "profile"), "sign-in"]
    words = ["--desk", "frontdesk", "--url", desk[0], "--browser"]
    with subprocess.Popen(
        [*command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        page = run.stdout.readline().strip()
        assert page.startswith(f"{provider.issuer}/authorize/?")
        anyio.run(browse, page)
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (0, "Signed in as jane.\n"), err
    assert "Open this address in your browser" in err
