"""Signing in at Request Tracker: what its sign-in page hides, and sessions that end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.files import fetch, only_file
from tests.contract.listening import hear, listening
from tests.contract.writing import Outgoing, a_reply
from tests.desks.rt.acting import raised
from tests.desks.rt.site import IT_SUPPORT, RtSiteRig
from tests.rigs.rt import JANE, OMAR, RtRig
from tests.rigs.technician import Technician
from tracker.desks.base import DeskConfig, Secret, SecretKind
from tracker.desks.rt.desk import KIND, RtDesk, open_desk
from tracker.model.errors import SignInRequired, UnexpectedAnswer

pytestmark = [pytest.mark.rt, pytest.mark.anyio]


class Purse:
    """A secret source that counts how often it is asked."""

    def __init__(self, secret: Secret) -> None:
        self.secret = secret
        self.asked = 0

    async def __call__(self) -> Secret:
        self.asked += 1
        return self.secret


def password(value: str) -> Purse:
    return Purse(Secret(SecretKind.PASSWORD, value))


def end_sessions(rig: RtRig) -> None:
    """End every session at the server, as its nightly clean-up does."""
    for path in Path(rig.folder, "session").iterdir():
        path.unlink()


async def test_the_sign_in_page_says_200_to_a_wrong_password_and_is_not_believed(rt_site: RtSiteRig) -> None:
    desk = open_desk(DeskConfig(KIND, rt_site.network.url, JANE.name), password("wrong"))
    with pytest.raises(SignInRequired, match="does not know this name with this password"):
        await desk.sign_in()
    await desk.aclose()


async def test_an_e_mail_address_as_the_name_gets_a_hint(rt_site: RtSiteRig) -> None:
    desk = open_desk(DeskConfig(KIND, rt_site.network.url, JANE.email), password(JANE.password))
    with pytest.raises(SignInRequired, match="your user name there, not your e-mail address"):
        await desk.sign_in()
    await desk.aclose()


async def test_a_token_that_an_administrator_made_signs_in(rt_site: RtSiteRig, rt_rig: RtRig) -> None:
    token = Secret(SecretKind.TOKEN, rt_rig.token(JANE))
    desk = open_desk(DeskConfig(KIND, rt_site.network.url, JANE.name), Purse(token))
    assert await desk.sign_in() == token
    assert (await desk.check()).user == JANE.real_name
    assert (await hear(desk)).caught_up
    await desk.aclose()


async def test_somebody_elses_token_is_not_taken_for_ones_own(rt_site: RtSiteRig, rt_rig: RtRig) -> None:
    token = Secret(SecretKind.TOKEN, rt_rig.token(OMAR))
    desk = open_desk(DeskConfig(KIND, rt_site.network.url, JANE.name), Purse(token))
    with pytest.raises(SignInRequired, match="belongs to somebody else"):
        await desk.sign_in()
    await desk.aclose()


async def test_a_session_that_ended_answers_302_and_is_renewed_without_a_word(
    rt_site: RtSiteRig, outgoing: Outgoing
) -> None:
    person = rt_site.people.named("jane")
    purse = password(person.password)
    desk = open_desk(DeskConfig(KIND, rt_site.network.url, person.name), purse)
    await desk.sign_in()
    ticket = await raised(desk, outgoing, IT_SUPPORT, "Session")
    for act in (
        lambda: hear(desk),
        lambda: desk.send(a_reply(ticket, "After the session ended."), outgoing),
    ):
        end_sessions(rt_site.rig)
        await act()
    assert purse.asked == 3
    assert (await rt_site.helpdesk.messages(ticket)).count("After the session ended.") == 1
    await desk.aclose()


async def test_a_password_that_changed_meanwhile_asks_the_person(rt_site: RtSiteRig) -> None:
    person = rt_site.people.named("jane")
    purse = password(person.password)
    desk = open_desk(DeskConfig(KIND, rt_site.network.url, person.name), purse)
    async with listening(desk) as ear:
        await ear.until(lambda story: story.caught_up)
        purse.secret = Secret(SecretKind.PASSWORD, "no longer")
        end_sessions(rt_site.rig)
        with pytest.raises(SignInRequired):
            await ear.until(lambda story: False)
    await desk.aclose()


async def test_the_password_travels_once_and_the_session_does_the_rest(
    rt_site: RtSiteRig, outgoing: Outgoing, jane: RtDesk
) -> None:
    rt_site.network.requests.clear()
    await raised(jane, outgoing, IT_SUPPORT, "Cookie")
    await hear(jane)
    assert not [line for line in rt_site.network.requests if "Login" in line]


async def test_an_address_without_a_request_tracker_is_said_plainly(rt_site: RtSiteRig) -> None:
    desk = open_desk(DeskConfig(KIND, f"{rt_site.network.url}/no/such/place", "jane"), password("x"))
    with pytest.raises(UnexpectedAnswer, match="Check the address"):
        await desk.sign_in()
    await desk.aclose()


@pytest.mark.parametrize(
    "address", ["", "ftp://desk", "http://desk.example.test", "not an address", "https://"]
)
def test_a_bad_address_is_said_before_anything_is_sent(address: str) -> None:
    with pytest.raises(UnexpectedAnswer):
        open_desk(DeskConfig(KIND, address, "jane"), password("x"))


def test_the_address_of_rest_itself_is_understood(rt_site: RtSiteRig) -> None:
    desk = open_desk(DeskConfig(KIND, f"{rt_site.network.url}/REST/2.0/", "jane"), password("x"))
    assert str(desk._http.url).rstrip("/") == rt_site.network.url


async def test_a_download_renews_an_ended_session_too(
    rt_site: RtSiteRig, jane: RtDesk, tess: Technician, outgoing: Outgoing
) -> None:
    ticket = await raised(jane, outgoing, IT_SUPPORT, "Download")
    tess.attach(ticket, "a.bin", b"\x00\x01")
    file = only_file(await hear(jane), ticket)
    end_sessions(rt_site.rig)
    assert await fetch(jane, ticket, file) == b"\x00\x01"
