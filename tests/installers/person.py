"""Jane before her computer: a screen, a session bus, notifications, a key ring, the installed program."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.rigs.clean_debian import USER, USER_ID, Computer
from tests.rigs.desktop import Desktop
from tracker.core.environment import PACE_VARIABLE
from tracker.demo.window import Window

PROGRAM = "/usr/lib/it-tracker"
_BUS = f"/run/user/{USER_ID}/bus"


class Person:
    """What Jane can do; her desktop runs outside, its screen and its bus reach into her computer."""

    def __init__(self, computer: Computer, desktop: Desktop) -> None:
        self.computer = computer
        self.desktop = desktop
        # The bus asks who somebody is; the folder that it lies in must let her through.
        desktop.folder.chmod(0o711)
        (desktop.folder / "run").chmod(0o711)
        computer.share(
            Path(desktop.env["DBUS_SESSION_BUS_ADDRESS"].partition("=")[2].partition(",")[0]), _BUS
        )
        computer.share(Path("/tmp/.X11-unix"), "/tmp/.X11-unix")
        self.env = {
            "DISPLAY": desktop.env["DISPLAY"],
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={_BUS}",
            "XDG_RUNTIME_DIR": f"/run/user/{USER_ID}",
            PACE_VARIABLE: "2",
        }

    def does(self, script: str, *, text: str = "") -> str:
        """Type something into a terminal, which must succeed; gives what it said."""
        done = self.computer.sh(script, user=USER, env=self.env, text=text)
        assert done.returncode == 0, f"{script}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout + done.stderr

    def starts(self, *words: str) -> subprocess.Popen[bytes]:
        """Start the installed program."""
        return self.desktop.spawn(self.computer.command("tracker", *words, user=USER, env=self.env))

    def window(self, hands: Path, *, password: str) -> Window:
        """Start the installed program with a pair of hands: another first file, beside the installed one."""
        if not self.computer.has(f"{PROGRAM}/tracker-hands"):
            self.computer.bring(hands, PROGRAM)
        # The program asks itself for the key ring's process, which hands cannot be.
        env = self.env | {"TRACKER_PASSWORD": password}
        program = self.computer.command(f"{PROGRAM}/tracker-hands", user=USER, env=env)
        return Window(self.desktop, {}, program=program)
