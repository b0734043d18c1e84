"""A chat server beside the desk on one profile: signing in and out of either, and whose chats they are."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.core.house import JANE, LIMIT, OMAR, House, there
from tests.fakes.chat_site import CHAT_SERVER
from tests.fakes.desk import FakeDesk
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.network import FakeNetwork
from tracker.core.program import Program
from tracker.core.signing import sign_in_chat, sign_out, sign_out_chat
from tracker.desks.base import Desk, DeskConfig, Secret, SecretKind, SecretSource
from tracker.desks.chatting import SecretKeeper
from tracker.host.settings import DeskChoice, Settings
from tracker.host.settings_file import SettingsFile
from tracker.model.chat import ChatWay
from tracker.model.draft import Draft, chat_draft
from tracker.model.errors import SignInRequired
from tracker.model.health import Condition
from tracker.store.chat_server import chat_owner

SERVER = DeskChoice("fake-chat", "https://chat.example", "jane")


class TwoDesks(House):
    """A house with a chat server, too."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.server = FakeHelpdesk(only_chats=True)
        self.server_network = FakeNetwork(self.server.bell)
        self.sources: list[SecretSource] = []

    def open_desk(self, config: DeskConfig, secret: SecretSource) -> Desk:
        if config.kind != SERVER.kind:
            return super().open_desk(config, secret)
        self.sources.append(secret)
        return FakeDesk(self.server, self.server_network, config.user, secret, capabilities=CHAT_SERVER)

    def sign_in_chat(self, program: Program, choice: DeskChoice = SERVER, password: str = "") -> str | None:
        secret = Secret(SecretKind.PASSWORD, password or f"{choice.user}-pass")
        return program.service.call(partial(sign_in_chat, program, choice, secret)).result(LIMIT)


@pytest.fixture
def house(tmp_path: Path) -> TwoDesks:
    return TwoDesks(tmp_path)


def test_both_are_followed_from_the_sign_in_on(house: TwoDesks) -> None:
    with house.running() as program:
        house.sign_in(program)
        assert house.sign_in_chat(program) == (
            "This computer has no keyring: you are signed in until Tracker is quit."
        )
        house.watcher.until(Condition.OK)
        chats = program.engine.chats
        assert there(program, lambda: chats.desk is not program.engine.desk)
        assert there(program, program.engine.talking._chat_desk) is chats.desk
        assert SettingsFile(house.paths.settings).load().chat == SERVER
        assert there(program, partial(chat_owner, program.engine.connection)) == (
            "fake-chat https://chat.example jane"
        )
        assert isinstance(house.sources[-1], SecretKeeper), "it may keep a renewed token"
        assert house.sources[-1] is program.chat_secret


def test_the_two_secrets_are_two(house: TwoDesks) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.sign_in_chat(program)
        renewed = Secret(SecretKind.TOKEN, "renewed")
        program.service.call(partial(program.chat_secret.keep, renewed)).result(LIMIT)
        assert program.service.call(program.chat_secret).result(LIMIT) == renewed
        assert program.service.call(program.secret).result(LIMIT).value == "jane-pass"[::-1]


def test_a_wrong_password_or_nobody_at_the_desk_changes_nothing(house: TwoDesks) -> None:
    with house.running() as program:
        with pytest.raises(SignInRequired, match="service desk first"):
            house.sign_in_chat(program)
        house.sign_in(program)
        with pytest.raises(SignInRequired, match="this name with this password"):
            house.sign_in_chat(program, password="wrong")
        assert program.settings.chat is None
        assert there(program, program.engine.chats.health) is None


def test_saving_settings_leaves_both_desks(house: TwoDesks) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.sign_in_chat(program)
        program.save_settings(Settings(language="de"))
        assert (program.settings.desk, program.settings.chat) == (JANE, SERVER)


def test_signing_out_of_the_chat_server_keeps_the_requests(house: TwoDesks) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.sign_in_chat(program)
        there(program, lambda: program.engine.letters.save_draft(Draft(chat_draft("T-1"), "half")))
        there(program, lambda: program.engine.letters.save_draft(Draft("T-1", "kept")))
        assert program.service.call(partial(sign_out_chat, program)).result(LIMIT) == ""
        assert (program.settings.desk, program.settings.chat) == (JANE, None)
        assert there(program, lambda: [draft.text for draft in program.engine.drafts.all()]) == ["kept"]
        house.watcher.until(Condition.OK)
        assert there(program, lambda: program.engine.chats.desk is program.engine.desk)
        with pytest.raises(SignInRequired, match="chat server"):
            program.service.call(program.chat_secret).result(LIMIT)


@pytest.mark.parametrize("next_one", ["nobody", "omar"])
def test_leaving_the_desk_leaves_the_chat_server_too(house: TwoDesks, next_one: str) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.sign_in_chat(program)
        if next_one == "omar":
            house.sign_in(program, OMAR)
        else:
            program.service.call(partial(sign_out, program)).result(LIMIT)
        assert program.settings.chat is None
        assert there(program, partial(chat_owner, program.engine.connection)) is None
        with pytest.raises(SignInRequired):
            program.service.call(program.chat_secret).result(LIMIT)


def test_somebody_elses_chats_go_when_another_signs_in_at_the_server(house: TwoDesks) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.sign_in_chat(program)
        there(program, lambda: program.engine.letters.save_draft(Draft(chat_draft("T-1"), "jane's")))
        house.sign_in_chat(program, DeskChoice(SERVER.kind, SERVER.url, "omar"))
        assert there(program, program.engine.drafts.all) == ()
        assert program.settings.chat is not None
        assert program.settings.chat.user == "omar"


def test_the_next_start_follows_both_and_says_what_the_server_wants(house: TwoDesks) -> None:
    with house.running() as program:
        house.sign_in(program)
        house.sign_in_chat(program)
    with house.running() as program:  # there is no keyring here: both have to be typed again
        house.watcher.until(Condition.SIGN_IN_NEEDED)
        house.sign_in(program)
        health = house.watcher.until(Condition.OK)
        with house.watcher.news:
            assert house.watcher.news.wait_for(
                lambda: "Chat: Sign in to the chat server to chat." in house.watcher.healths[-1].notes, LIMIT
            ), health
        assert there(program, program.engine.chats._way) is ChatWay.LIVE
        house.sign_in_chat(program)
        with house.watcher.news:
            assert house.watcher.news.wait_for(
                lambda: not any(note.startswith("Chat:") for note in house.watcher.healths[-1].notes), LIMIT
            )


def test_a_chat_server_of_an_unknown_kind_keeps_nobody_from_the_desk(house: TwoDesks) -> None:
    with house.running() as program:
        house.sign_in(program)
        program.save_chat(DeskChoice("moon", "https://moon.example", "jane"))
        there(program, lambda: program.follow_desk(program.settings.desk))
        notes = house.watcher.until(Condition.OK).notes
        assert any("no connector of the kind “moon”" in note for note in notes)
