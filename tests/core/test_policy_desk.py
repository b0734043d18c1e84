"""What IT says of the desk that a person is signed in to, and whether that is still IT's desk."""

import pytest

from tracker.core.policy_desk import options_for, options_in_use, other_desk
from tracker.host.policy.collecting import Lock, RawValue, collect
from tracker.host.policy.policy import NO_POLICY, Policy
from tracker.host.settings import DeskChoice, Settings

DESK = DeskChoice("rt", "https://rt.example/", "anna", (("queue", "mine"), ("own", "1")))
CHAT = DeskChoice("matrix", "https://matrix.example", "anna", (("device", "ABC"),))


def policy(*locked: str, **values: object) -> Policy:
    raw = [RawValue(name.replace("__", "."), value, "here") for name, value in values.items()]
    return collect(raw, [Lock(name, "here") for name in locked])


def test_its_options_are_a_start_unless_they_are_locked() -> None:
    options = {"queue": "IT", "map": "{}"}
    start = policy(desk__kind="rt", desk__url="https://rt.example", desk__options=options)
    assert dict(options_for(DESK, start)) == {"queue": "mine", "map": "{}", "own": "1"}
    held = policy("desk", desk__kind="rt", desk__url="https://rt.example", desk__options=options)
    assert dict(options_for(DESK, held)) == {"queue": "IT", "map": "{}", "own": "1"}


def test_options_for_another_desk_are_not_taken() -> None:
    other = policy(desk__kind="rt", desk__url="https://two.example", desk__options={"queue": "IT"})
    assert options_for(DESK, other) == DESK.options
    assert options_for(DESK, policy(desk__options={"queue": "IT"})) == DESK.options, "of another kind"


def test_a_chat_server_has_its_own() -> None:
    both = policy(desk__options={"queue": "IT"}, chat__options={"invite": "@it:example"})
    assert dict(options_for(CHAT, both)) == {"device": "ABC", "invite": "@it:example"}
    elsewhere = policy(chat__url="https://else.example", chat__options={"invite": "@it:example"})
    assert options_for(CHAT, elsewhere) == CHAT.options
    assert options_in_use(Settings(desk=DESK, chat=CHAT), NO_POLICY) == (DESK.options, CHAT.options)
    assert options_in_use(Settings(), NO_POLICY) == ()


@pytest.mark.parametrize(
    ("made", "moved_to"),
    [
        (NO_POLICY, ""),
        (policy(desk__url="https://two.example"), ""),
        (policy("desk.url", desk__url="https://two.example"), "https://two.example"),
        (policy("desk.url", desk__url="https://rt.example"), ""),
        (policy("desk.kind", desk__kind="rt"), ""),
        (policy("desk.kind", desk__kind="frontdesk"), "https://rt.example/"),
        (policy("desk", desk__kind="frontdesk", desk__url="https://rt.example"), "https://rt.example"),
    ],
)
def test_only_a_locked_desk_asks_for_another_sign_in(made: Policy, moved_to: str) -> None:
    assert other_desk(DESK, made) == moved_to
    assert other_desk(None, made) == ""
