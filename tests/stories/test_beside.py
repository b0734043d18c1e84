"""Commands and the tray program on one profile: they share it, whoever came first."""

import signal
import sys
from pathlib import Path

from tests.cli.conftest import sign_in
from tests.cli.terminal import talk_until_heard
from tests.rigs.frontdesk import JANE, FrontDeskRig
from tests.rigs.frontdesk_agent import Agent
from tests.stories.stage import Stage, until


def test_what_a_command_does_is_seen_in_the_window_beside_it(stage: Stage, tess: Agent) -> None:
    window = stage.start()
    window.wait_for("live")
    terminal = stage.terminal()
    sent = terminal.json("new", "--service", "other", "--subject", "From a script", text="Hello.")
    window.open(sent["reference"])
    window.wait_for("Stage 1 of")
    with terminal.watch("--json") as watching:
        talk_until_heard(watching, tess, sent["number"])
        terminal.json("reply", sent["number"], text="One more line.")
        watching.wait_for('"event"', "One more line.")
        window.wait_for("One more line.")
        assert window.quit() == 0
        talk_until_heard(watching, tess, sent["number"], words="And without a window?")
    assert tess.messages(sent["number"]).count("One more line.") == 1


def test_the_tray_program_waits_for_a_command_that_is_at_work(stage: Stage) -> None:
    with stage.terminal().watch("--json") as watching:
        window = stage.start()
        watching.stop(signal.SIGTERM)
        window.wait_for("live")
    assert window.quit() == 0


def test_a_command_that_never_ends_is_named_when_the_tray_program_gives_up(stage: Stage) -> None:
    with stage.terminal().watch("--json"):
        window = stage.start()
        until(lambda: window.process.poll() is not None, "the program to give up")
    assert window.process.returncode == 1
    assert "“tracker watch” is using this profile" in stage.desktop.log_of(Path(sys.executable).name)


def test_signing_out_from_a_script_asks_for_a_sign_in_in_the_window(
    stage: Stage, story_rig: FrontDeskRig
) -> None:
    window = stage.start()
    window.wait_for("live")
    stage.terminal().run("sign-out")
    window.wait_for("Address of your IT desk")
    assert JANE.login not in (stage.profile / "settings.json").read_text("utf-8")
    sign_in(stage.terminal(), story_rig.url)
    window.wait_for("Search all requests")
    window.press("Settings")
    window.wait_for(f"Signed in as {JANE.login}")
    assert window.quit() == 0
