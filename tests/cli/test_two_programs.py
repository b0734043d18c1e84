"""Commands started beside a program that holds the profile: it does the work, they tell what came of it."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.schemas import answer_in
from tests.cli.terminal import Terminal, talk_until_heard
from tests.rigs.frontdesk_agent import Agent
from tracker.host.virtual_desktop import wait_until


def test_watch_tells_what_other_commands_and_the_desk_do(jane: Terminal, tess: Agent, tmp_path: Path) -> None:
    with jane.watch("--json") as watching:
        number = jane.json("new", "--service", "other", "--subject", "Beside", text="Beside a watch.")[
            "number"
        ]
        created = answer_in("watch", watching.wait_for('"type":"event"', f'"{number}"', '"created"'))
        assert created["event"]["text"] == "Beside a watch."
        assert created["event"]["actor"]["kind"] == "you"
        tess.ask(number, "With another cable?")
        notice = answer_in("watch", watching.wait_for('"type":"notice"', "With another cable?"))["notice"]
        assert (notice["notice_class"], notice["ticket"]) == ("needs_you", number)
        assert notice["buttons"] == ["answer"]
        (tmp_path / "cable.txt").write_text("blue")
        jane.json("reply", number, "--attach", str(tmp_path / "cable.txt"), text="Yes.")
        assert tess.messages(number)[-1] == "Yes."
        jane.run("attachment", number, "1", "--to", str(tmp_path / "again.txt"))
        assert (tmp_path / "again.txt").read_text() == "blue"
        assert jane.json("sync")["caught_up"] is True
        assert "you are Jane Doe" in jane.run("doctor").out
        assert jane.run("outbox", "retry", "nothing", code=1).err
        said = watching.stop()
    assert (said.code, said.err) == (0, "")
    lines = [json.loads(line) for line in watching.lines]
    ids = [line["event"]["id"] for line in lines if line["type"] == "event"]
    assert len(ids) == len(set(ids)), "an event was told twice"


def test_watch_speaks_to_people_too(jane: Terminal, tess: Agent, number: str) -> None:
    with jane.watch() as watching:
        jane.json("sync")  # it is in step
        tess.reply(number, "A word from the desk.")
        watching.wait_for("reply", "A word from the desk.")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_watch_ends_well_and_leaves_the_profile_free(jane: Terminal, how: signal.Signals) -> None:
    with jane.watch("--json") as watching:
        assert watching.stop(how).code == 0
    assert jane.json("sync")["caught_up"] is True


def test_a_watch_goes_on_when_the_program_that_it_asked_has_ended(
    jane: Terminal, tess: Agent, number: str
) -> None:
    with jane.watch("--json") as first, jane.watch("--json") as second:
        talk_until_heard(second, tess, number)
        first.stop()
        tess.reply(number, "To the one that is left.")
        second.wait_for("To the one that is left.")


def test_a_killed_watch_leaves_nothing_in_the_way(jane: Terminal) -> None:
    with jane.watch("--json") as watching:
        watching.process.kill()
        watching.finish()
    assert jane.json("sync")["caught_up"] is True


def test_signing_out_beside_a_watch_ends_what_it_follows(jane: Terminal) -> None:
    with jane.watch("--json") as watching:
        jane.json("sync")
        jane.run("sign-out")
        assert jane.json("list")["tickets"] == []
        assert "Nobody is signed in." in jane.run("sync", code=4).err
        said = watching.stop()
    assert (said.code, said.err) == (0, "")


def test_many_commands_at_once_raise_each_request_once(jane: Terminal, tess: Agent) -> None:
    names = [f"At once {number}" for number in range(4)]
    started = [
        subprocess.Popen(
            jane.command("new", "--service", "other", "--subject", name),
            env=jane.env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in names
    ]
    for process in started:
        _said, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()
    assert [len(tess.tickets(name)) for name in names] == [1, 1, 1, 1]


def test_output_that_nobody_reads_ends_a_watch_quietly(jane: Terminal, tess: Agent, number: str) -> None:
    process = subprocess.Popen(
        jane.command("watch", "--json"),
        env=jane.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    jane.json("sync")
    process.stdout.close()
    wait_until(lambda: _ended(process, tess, number), what="the watch to end")
    assert (process.returncode, process.stderr.read()) == (0, b"")
    process.stderr.close()


def _ended(process: "subprocess.Popen[bytes]", tess: Agent, number: str) -> bool:
    tess.reply(number, "Is anybody there?")
    return process.poll() is not None
