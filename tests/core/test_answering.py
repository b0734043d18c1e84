"""What is asked from beside is done on the sync thread, and every trouble is an answer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import msgspec
import pytest

from tests.core.house import House, answers, submit, there
from tests.rigs.flaky_proxy import Fault
from tests.store.samples import T1, create, not_fixed, reply
from tracker.core import exits
from tracker.core import questions as ask
from tracker.core.answering import Answerer
from tracker.core.program import Program
from tracker.core.shapes import WatchEvent, WatchNotice
from tracker.model.attachment import Attachment
from tracker.model.command import CommandId, Delivery
from tracker.model.health import Condition

RAW = msgspec.Raw(msgspec.json.encode(reply()))


def failed(program: Program, question: ask.Question | bytes) -> ask.Failed:
    (answer,) = answers(program, question)
    assert isinstance(answer, ask.Failed), answer
    return answer


def signed_in(house: House, program: Program) -> None:
    house.sign_in(program)
    house.watcher.until(Condition.OK)


@pytest.mark.parametrize(
    "question",
    [
        b"",
        b"{",
        b"[]",
        b'{"ask":"sing"}',
        b'{"ask":"sync","wait":"long"}',
        b"\xff" * 50,
        ask.to_bytes(ask.Submit("sing", RAW)),
        ask.to_bytes(ask.Submit("create", RAW)),
        ask.to_bytes(ask.Submit("reply", msgspec.Raw(b"7"))),
        ask.to_bytes(ask.SignIn("fake", "https://desk.example", "jane", "retina", "x")),
    ],
)
def test_what_is_not_understood_is_said(house: House, question: bytes) -> None:
    with house.running() as program:
        told = failed(program, question)
    assert (told.code, told.sentence) == (exits.WRONG_USE, "This question was not understood.")


def test_a_command_waits_for_the_desk_and_gives_its_number(house: House) -> None:
    house.follow_at_start = False
    with house.running() as program:
        house.sign_in(program)
        sent = submit(program, create(service="network"))
    assert (sent.delivery, sent.ticket, sent.number) == ("delivered", "T-1", "T-1")
    assert sent.reference == create().ticket


def test_a_refused_command_gives_the_reason(house: House) -> None:
    with house.running() as program:
        signed_in(house, program)
        sent = submit(program, create(service="moon"))
        assert (sent.delivery, sent.ticket) == ("rejected", "")
        assert sent.reason == "The service desk refused: there is no such service."
        (again,) = answers(program, ask.Retry(create().id))
        assert isinstance(again, ask.Sent)
        assert again.delivery == "rejected"


def test_a_desk_that_is_away_is_waited_for_a_while(house: House) -> None:
    with house.running() as program:
        signed_in(house, program)
        house.network.cut()
        sent = submit(program, create(service="network"), 0.3)
        assert (sent.delivery, sent.reason) == (
            "unsure",
            "The service desk cannot be reached. We keep trying.",
        )
        told = failed(program, ask.Discard(create().id))
        assert (told.code, told.sentence[:26]) == (exits.REFUSED, "It may have reached the de")


def test_an_unsent_command_can_be_discarded(house: House) -> None:
    with house.running() as program:
        submit(program, reply())
        assert answers(program, ask.Discard(reply().id)) == [ask.Done()]
        assert there(program, program.engine.outbox.all) == ()


def test_signing_in_and_out_from_beside(house: House) -> None:
    wrong = ask.SignIn("fake", "https://desk.example", "jane", "password", "wrong")
    assert "wrong" not in repr(wrong)
    with house.running() as program:
        assert failed(program, wrong).code == exits.SIGN_IN
        unknown = ask.SignIn("moon", "https://desk.example", "jane", "password", "x")
        assert failed(program, unknown).code == exits.REFUSED
        house.network.cut()
        right = ask.SignIn("fake", "https://desk.example", "jane", "password", "jane-pass")
        assert failed(program, right).code == exits.UNREACHABLE
        house.network.restore()
        (done,) = answers(program, right)
        assert isinstance(done, ask.Done)
        assert "signed in until Tracker is quit" in done.sentence
        assert answers(program, ask.SignOut()) == [ask.Done()]


def test_one_catch_up_tells_what_is_new(house: House) -> None:
    house.helpdesk.create("jane", create("c-1"), ())
    with house.running() as program:
        house.sign_in(program)
        (done,) = answers(program, ask.Sync(10))
        assert isinstance(done, ask.CaughtUp)
        assert (done.done, done.reason) == (True, "")
        assert set(done.tickets) <= {"T-1"}
        (again,) = answers(program, ask.Sync(10))
        assert isinstance(again, ask.CaughtUp)
        assert again.done


def test_a_catch_up_while_offline_ends_with_why(house: House) -> None:
    with house.running() as program:
        signed_in(house, program)
        house.network.cut()
        house.watcher.until(Condition.OFFLINE)
        (done,) = answers(program, ask.Sync(10))
        assert isinstance(done, ask.CaughtUp)
        assert (done.done, done.reason) == (False, "The service desk cannot be reached. We keep trying.")


def test_a_catch_up_with_an_ended_sign_in_does_not_wait_for_it(house: House) -> None:
    with house.running() as program:
        signed_in(house, program)
        house.helpdesk.passwords["jane"] = "changed"
        house.network.fail(Fault.SIGN_IN)
        there(program, partial(program.follow_desk, program.settings.desk))
        house.watcher.until(Condition.SIGN_IN_NEEDED)
        (done,) = answers(program, ask.Sync(10))
        assert isinstance(done, ask.CaughtUp)
        assert (done.done, done.sign_in_needed) == (False, True)


def test_a_catch_up_that_takes_too_long_is_given_up(house: House) -> None:
    with house.running() as program:
        signed_in(house, program)
        house.network.fail(Fault.STALL)
        there(program, partial(program.follow_desk, program.settings.desk))
        (done,) = answers(program, ask.Sync(0.2))
        assert isinstance(done, ask.CaughtUp)
        assert done.reason == "The desk did not answer in time."


def test_nobody_signed_in_is_said(house: House) -> None:
    with house.running() as program:
        for question in (ask.Sync(5), ask.Examine(), ask.Download("T-1", Attachment("1", "a"), "/tmp")):
            assert failed(program, question).code == exits.SIGN_IN


def test_a_file_is_saved(house: House, tmp_path: Path) -> None:
    house.helpdesk.create("jane", create("c-1"), (("a.txt", b"content"),))
    with house.running() as program:
        signed_in(house, program)
        question = ask.Download("T-1", Attachment("1", "a.txt", 7), str(tmp_path / "saved"))
        (saved,) = answers(program, question)
        assert isinstance(saved, ask.Saved)
        assert Path(saved.path).read_bytes() == b"content"


def test_the_desk_is_examined(house: House) -> None:
    with house.running() as program:
        signed_in(house, program)
        (told,) = answers(program, ask.Examine())
        assert isinstance(told, ask.Examined)
        assert (told.name, told.user, told.gaps) == ("Fake desk", "Jane", ())


def test_a_program_without_a_window_says_so(house: House) -> None:
    with house.running() as program:
        assert failed(program, ask.Open()).sentence == "The running Tracker has no window."


def test_a_watch_tells_events_and_notices_as_they_come(house: House) -> None:
    house.helpdesk.create("jane", create("c-1"), ())
    with house.running() as program:
        signed_in(house, program)

        async def watch() -> list[WatchEvent | WatchNotice]:
            told: list[WatchEvent | WatchNotice] = []
            answering = Answerer(program).answer(ask.to_bytes(ask.Watch()))
            house.helpdesk.ask(T1, "Which room?")
            async for line in answering:
                said = ask.answer_from_bytes(line)
                assert isinstance(said, ask.Line)
                told.append(msgspec.json.decode(said.line, type=WatchEvent | WatchNotice))
                if len(told) == 2:
                    break
            await answering.aclose()
            return told

        told = program.service.call(watch).result(20)
    assert {type(each) for each in told} == {WatchEvent, WatchNotice}
    assert len(program.listeners._listeners) == 1, "nobody listens for one who has gone"


def test_a_not_yet_from_beside_reaches_the_desk(house: House) -> None:
    house.helpdesk.create("jane", create("c-1"), ())
    house.helpdesk.resolve(T1, "Done.")
    with house.running() as program:
        signed_in(house, program)
        assert submit(program, not_fixed()).delivery == Delivery.DELIVERED
        assert failed(program, ask.Retry(CommandId("gone"))).code == exits.REFUSED
    assert house.helpdesk.messages(T1)[-1] == "Still broken"
