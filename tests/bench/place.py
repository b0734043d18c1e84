"""Where it is measured: desks full of requests, profiles that know them, and one desktop for all programs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from tests.rigs.desktop import Desktop, wait_until
from tests.rigs.frontdesk import JANE, ROOT, FrontDeskRig
from tests.rigs.frontdesk_seed import seed
from tracker.host.paths import ProfilePaths, prepare_folders, profile_paths
from tracker.host.settings import DeskChoice, Settings
from tracker.host.settings_file import SettingsFile

PYTHON = sys.executable
SIZE = (1600, 1000)


class Place:
    """Makes what a measure needs when it is first asked for, once for all measures; ends it all when left."""

    def __init__(self) -> None:
        self._closing = ExitStack()
        self.folder = Path(self._closing.enter_context(TemporaryDirectory(prefix="tracker-bench-")))
        self._desks: dict[int, FrontDeskRig] = {}
        self._desktop: Desktop | None = None
        self._profiles = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._closing.close()

    @property
    def desktop(self) -> Desktop:
        """The desktop: Xvfb, a session bus, openbox, trayer and dunst."""
        if self._desktop is None:
            env = {"TRACKER_PASSWORD": JANE.password, "PYTHONPATH": str(ROOT)}
            desktop = Desktop(notifier="dunst", wm="openbox", tray="trayer", size=SIZE, env=env)
            self._desktop = self._closing.enter_context(desktop)
            desktop.run("xdotool", "mousemove", "0", "0", check=True)  # the pointer is part of the picture
        return self._desktop

    def desk(self, requests: int) -> FrontDeskRig:
        """Serve a desk on which Jane has so many requests, of five or six events each."""
        if requests not in self._desks:
            folder = self.folder / f"desk-{requests}"
            folder.mkdir()
            rig = FrontDeskRig(folder)
            rig.start()  # makes the desk and its people
            rig.stop()
            seed(folder, requests)
            self._desks[requests] = self._closing.enter_context(rig)
        return self._desks[requests]

    def profile(self, requests: int) -> ProfilePaths:
        """Make a profile that is signed in at that desk and has not asked it yet."""
        return self.profile_at(DeskChoice("frontdesk", self.desk(requests).url, JANE.login))

    def profile_at(self, desk: DeskChoice) -> ProfilePaths:
        """Make an empty profile for a desk; its quiet hours are off, and closing only hides the window."""
        self._profiles += 1
        paths = profile_paths(self.folder / f"profile-{self._profiles}", {})
        prepare_folders(paths)
        SettingsFile(paths.settings).save(
            Settings(desk=desk, quiet_hours=False, quiet_weekend=False, closing_explained=True)
        )
        return paths

    def synced(self, requests: int) -> ProfilePaths:
        """Make a profile that has all requests of that desk."""
        paths = self.profile(requests)
        kept = self.folder / f"synced-{requests}.db"
        if not kept.exists():
            self.desktop.run(PYTHON, "-m", "tracker", "sync", "--profile", str(paths.data), check=True)
            shutil.copy(paths.store, kept)
        else:
            shutil.copy(kept, paths.store)
        return paths

    def start(
        self, paths: ProfilePaths, *options: str, env: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start the tray program on a profile."""
        return self.desktop.spawn([PYTHON, "-m", "tracker", "--profile", str(paths.data), *options], env=env)

    def start_bare(self, rows: Path) -> subprocess.Popen[bytes]:
        """Start the bare program with the rows of a file."""
        return self.desktop.spawn([PYTHON, str(ROOT / "tests" / "bench" / "bare.py"), str(rows)])

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End a program as the system does; it must go within ten seconds."""
        process.terminate()
        wait_until(lambda: process.poll() is not None, timeout=10, what="the end of the program")
        self.desktop.processes.remove(process)

    def rows(self, paths: ProfilePaths) -> Path:
        """Write the requests of a profile into a file, one on each line, for the bare program."""
        command = (PYTHON, "-m", "tracker", "list", "--filter", "all", "--json", "--profile", str(paths.data))
        tickets = json.loads(self.desktop.run(*command, check=True).stdout)["tickets"]
        file = self.folder / f"rows-{len(tickets)}.txt"
        lines = [f"{ticket['number']}  {ticket['subject']}" for ticket in tickets]
        file.write_text("\n".join(lines), encoding="utf-8")
        return file
