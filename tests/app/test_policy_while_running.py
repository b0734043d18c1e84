"""The whole program while IT's policy comes, changes and goes: nothing needs a restart."""

import os
import subprocess
import sys
from pathlib import Path

from tests.rigs.frontdesk import ROOT
from tracker.host.paths import prepare_folders, profile_paths
from tracker.host.settings import DeskChoice, Settings, ThemeChoice
from tracker.host.settings_file import SettingsFile

POLICY = """\
locked = ["look", "desk", "notifications.now"]

[look]
theme = "dark"
name = "Example Helpdesk"
accent = "#B3005E"

[desk]
kind = "rt"
url = "https://rt.example.test"

[notifications]
now = "digest"

[channels]
request = false
chat = false
phone = { number = "+49 89 1234" }
"""

WATCH = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
import tracker.app.main as program
from tracker.ui.widgets.sheet import Sheet

folder, policy = Path(sys.argv[2]), Path(sys.argv[3]).read_text()

def then(shell):
    window, parts = shell.window, shell._parts
    rail, banner = window._navigation, window._banner

    def say(what):
        page = shell.pages.settings._page
        print(what, window.windowTitle(), parts.theme.tokens.name, parts.theme.tokens.accent.strong,
              "new" in rail.offered, page._look_choice.isEnabled(), page.chat.isHidden(), sep="|", flush=True)

    def steps():
        window.show_page("settings")
        say("before")
        folder.mkdir(mode=0o755)
        (folder / "10.toml").write_text(policy)
        (folder / "10.toml").chmod(0o644)
        while window.windowTitle() != "Example Helpdesk":
            yield
        say("set")
        while "rt.example.test" not in banner.message:
            yield
        print(banner.message, flush=True)
        window._banner_acts[0]()
        window._banner_acts[0]()
        (sheet,) = window.findChildren(Sheet)
        print(sheet.accessibleDescription(), shell.signing.is_shown, flush=True)
        sheet.answered.emit("sign-in")
        print(shell.signing.is_shown, shell.signing._page.form().url, flush=True)
        shell.pages.new_request("words")
        print(banner.message, flush=True)
        (folder / "10.toml").unlink()
        while window.windowTitle() == "Example Helpdesk":
            yield
        say("gone")
        shell.quit_asked.emit()

    running = steps()
    timer = QTimer(shell, interval=20)
    timer.timeout.connect(lambda: next(running, None))
    parts.starting.when_ready(lambda _program: timer.start())

sys.exit(program.main(["--profile", sys.argv[1]], then=then))
"""


def test_a_policy_comes_and_goes_while_the_program_runs(tmp_path: Path) -> None:
    paths = profile_paths(tmp_path / "profile", {})
    prepare_folders(paths)
    chosen = Settings(
        desk=DeskChoice("frontdesk", "http://127.0.0.1:9", "jane"), theme=ThemeChoice.LIGHT, quiet_hours=False
    )
    SettingsFile(paths.settings).save(chosen)
    written = paths.settings.read_text()
    (tmp_path / "policy.toml").write_text(POLICY)
    folder = tmp_path / "policy.d"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    env["TRACKER_POLICY_DIR"] = str(folder)
    words = (str(paths.data), str(folder), str(tmp_path / "policy.toml"))
    done = subprocess.run(
        [sys.executable, "-c", WATCH, *words], env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "before|IT Help|light|#2458E6|True|True|False",
        "set|Example Helpdesk|dark|#D980AE|False|False|True",
        "IT has moved to another service desk: https://rt.example.test. Sign in there to go on.",
        "Nothing waits to be sent. Once you are signed in, your old requests, drafts and what is unsent are "
        "removed from this computer. The old requests stay at the old desk. False",
        "True https://rt.example.test",
        "IT does not take new requests in this program. You can call IT: +49 89 1234.",
        "gone|IT Help|light|#2458E6|True|True|False",
    ]
    assert paths.settings.read_text() == written, "never written into the person's file"
