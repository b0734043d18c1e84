"""A Matrix server beside the desk: signing in, staying the same device, and leaving nothing valid behind."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import anyio
import httpx
import pytest

from tests.core.house import LIMIT, House
from tests.rigs.surfing import Surfer
from tests.rigs.synapse import SynapseRig
from tests.rigs.synapse_fixtures import company_synapse, synapse_rig
from tests.rigs.synapse_site import JANE, OMAR, Person
from tracker.core.chat_account import sign_in_to_chat, sign_in_with_browser, ways_in
from tracker.core.program import Options, Program
from tracker.core.signing import sign_out, sign_out_chat
from tracker.desks.base import Desk, DeskConfig, Secret, SecretKind, SecretSource
from tracker.desks.matrix.kept import read_kept, tokens_in
from tracker.desks.matrix.login import who
from tracker.desks.network import Network
from tracker.desks.registry import open_desk
from tracker.host.redaction import Redactor
from tracker.host.settings import DeskChoice
from tracker.model.errors import DeskUnavailable, SignInRequired

__all__ = ["company_synapse", "synapse_rig"]

pytestmark = pytest.mark.matrix


class MatrixHouse(House):
    """A profile whose chat server is real."""

    redactor = Redactor()

    def open_desk(self, config: DeskConfig, secret: SecretSource) -> Desk:
        return open_desk(config, secret) if config.kind == "matrix" else super().open_desk(config, secret)

    def program(self) -> Program:
        options = Options(
            self.open_desk,
            follow_at_start=self.follow_at_start,
            environment=self.environment,
            redactor=self.redactor,
        )
        return Program(self.paths, self.watcher, options)


@pytest.fixture
def matrix_house(tmp_path: Path) -> MatrixHouse:
    return MatrixHouse(tmp_path)


def chat(program: Program, url: str, person: Person = JANE, password: str = "") -> str | None:
    """Sign in at the chat server with the password, as a person does."""
    choice = DeskChoice("matrix", url, person.name)
    secret = Secret(SecretKind.PASSWORD, password or person.password)
    return program.service.call(partial(sign_in_to_chat, program, choice, secret)).result(LIMIT)


def kept(program: Program) -> Secret:
    return program.service.call(program.chat_secret).result(LIMIT)


def devices(rig: SynapseRig) -> list[str]:
    bearer = {"authorization": f"Bearer {rig.token(JANE)}"}
    answer = httpx.get(f"{rig.url}/_matrix/client/v3/devices", headers=bearer, trust_env=False)
    return sorted(device["device_id"] for device in answer.raise_for_status().json()["devices"])


def is_good(url: str, secret: Secret) -> bool:
    bearer = {"authorization": f"Bearer {read_kept(secret).access}"}
    place = f"{url}/_matrix/client/v3/account/whoami"
    return httpx.get(place, headers=bearer, trust_env=False).status_code == 200


def test_the_chat_server_is_used_beside_the_desk(matrix_house: MatrixHouse, synapse_rig: SynapseRig) -> None:
    with matrix_house.running() as program:
        matrix_house.sign_in(program)
        chat(program, f"{synapse_rig.url}/")
        assert program.settings.chat is not None
        device = who(kept(program)).device
        assert program.settings.chat == DeskChoice("matrix", synapse_rig.url, JANE.id, (("device", device),))
        assert program.engine.chats.desk is not None
        assert program.engine.chats.desk.kind == "matrix"


def test_nothing_changes_when_it_is_refused(matrix_house: MatrixHouse, synapse_rig: SynapseRig) -> None:
    with matrix_house.running() as program:
        before = devices(synapse_rig)
        with pytest.raises(SignInRequired, match="service desk first"):
            chat(program, synapse_rig.url)
        assert devices(synapse_rig) == before, "what was begun at the server is ended there"
        matrix_house.sign_in(program)
        with pytest.raises(SignInRequired, match="this name with this password"):
            chat(program, synapse_rig.url, password="wrong")
        with pytest.raises(DeskUnavailable, match="cannot be reached"):
            chat(program, "http://127.0.0.1:9")
        assert program.settings.chat is None


def test_signing_in_again_stays_the_same_device(matrix_house: MatrixHouse, synapse_rig: SynapseRig) -> None:
    with matrix_house.running() as program:
        matrix_house.sign_in(program)
        chat(program, synapse_rig.url)
        first = kept(program)
        chat(program, synapse_rig.url)
        assert who(kept(program)) == who(first)
        assert kept(program) != first


@pytest.mark.parametrize("leave", [sign_out, sign_out_chat])
def test_signing_out_ends_the_session_at_the_server(
    matrix_house: MatrixHouse, synapse_rig: SynapseRig, leave: object
) -> None:
    act = sign_out if leave is sign_out else sign_out_chat
    with matrix_house.running() as program:
        matrix_house.sign_in(program)
        chat(program, synapse_rig.url, OMAR)
        secret = kept(program)
        assert is_good(synapse_rig.url, secret)
        assert program.service.call(partial(act, program)).result(LIMIT) == ""
        assert not is_good(synapse_rig.url, secret)
        assert program.settings.chat is None


def test_the_desks_password_is_never_given_to_the_chat_server(
    matrix_house: MatrixHouse, synapse_rig: SynapseRig
) -> None:
    with matrix_house.running() as program:
        matrix_house.sign_in(program)
        chat(program, synapse_rig.url)
    matrix_house.environment["TRACKER_PASSWORD"] = "jane-pass"
    with matrix_house.running() as program:
        assert program.service.call(program.secret).result(LIMIT).value == "jane-pass"
        with pytest.raises(SignInRequired, match="chat server"):
            kept(program)


def test_the_log_shows_none_of_the_tokens(matrix_house: MatrixHouse, synapse_rig: SynapseRig) -> None:
    with matrix_house.running() as program:
        matrix_house.sign_in(program)
        chat(program, synapse_rig.url)
        secret = kept(program)
        tokens = tokens_in(secret)
        assert len(tokens) == 2
        cleaned = matrix_house.redactor.clean(f"{secret.value} and {' '.join(tokens)} {JANE.password}")
        assert not [token for token in (*tokens, JANE.password) if token in cleaned]


def test_what_the_browser_brought_signs_in(matrix_house: MatrixHouse, company_synapse: SynapseRig) -> None:
    shown: list[str] = []
    brought: list[tuple[DeskChoice, Secret]] = []

    async def with_browser() -> tuple[DeskChoice, Secret]:
        async with Surfer() as surfer, anyio.create_task_group() as group:

            async def surf() -> None:
                await surfer.go(shown[0])
                await surfer.submit(sub="jane")
                await surfer.press_link()

            def show(address: str) -> None:
                shown.append(address)
                group.start_soon(surf)

            brought.append(
                await sign_in_with_browser(company_synapse.url, show=show, provider="oidc-company")
            )
        return brought[0]

    with matrix_house.running() as program:
        matrix_house.sign_in(program)
        choice, secret = program.service.call(with_browser).result(LIMIT)
        assert choice == DeskChoice("matrix", company_synapse.url, JANE.id)
        assert re.search(r"/login/sso/redirect/oidc-company\?redirectUrl=http%3A%2F%2F127\.0\.0\.1", shown[0])
        program.service.call(partial(sign_in_to_chat, program, choice, secret)).result(LIMIT)
        assert program.settings.chat is not None
        assert dict(program.settings.chat.options)["device"] == who(secret).device


@pytest.mark.anyio
async def test_a_server_without_the_browsers_way_says_to_use_a_password(synapse_rig: SynapseRig) -> None:
    assert not (await ways_in(synapse_rig.url, Network())).browser
    with pytest.raises(SignInRequired, match="Use your password"):
        await sign_in_with_browser(synapse_rig.url, show=lambda _address: None)
