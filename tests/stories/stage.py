"""A computer with somebody before it: the tray program on a desktop, and the eyes of a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.cli.terminal import Terminal
from tests.rigs.desktop import Desktop, wait_until
from tests.rigs.frontdesk import JANE, TESS, FrontDeskRig
from tracker.demo.stage_set import StageSet, run_tracker
from tracker.demo.window import Window
from tracker.host.bus_watch import BusWatch, SeenNotification

STORY = "What did you see? When did it start?"


class Stage:
    """Starts the program as often as a story needs; leaving the with block ends all of it."""

    def __init__(self, desktop: Desktop, profile: Path, password: str) -> None:
        self.desktop = desktop
        self.profile = profile
        self.watch = BusWatch(desktop.env["DBUS_SESSION_BUS_ADDRESS"])
        self._password = password
        self._windows: list[Window] = []

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, *_what: object) -> None:
        for window in self._windows:
            self.desktop.end(window.process)
        self.watch.close()

    @property
    def env(self) -> dict[str, str]:
        """The environment of programs on this computer."""
        given = {"TRACKER_PASSWORD": self._password} if self._password else {}
        return self.desktop.env | given

    def start(self, *arguments: str, env: Mapping[str, str] | None = None) -> Window:
        """Start the tray program with hands; its window may still be on its way."""
        given = ("--profile", str(self.profile), *arguments)
        window = Window(self.desktop, self.env | dict(env or {}), *given)
        self._windows.append(window)
        return window

    def terminal(self) -> Terminal:
        """A terminal on the same computer."""
        return Terminal(self.profile, self._password, env=self.env)

    def told(self, *words: str) -> SeenNotification:
        """Give the first notification with all of these words, as soon as the daemon has it."""
        return self.watch.wait_for(
            lambda seen: all(word in f"{seen.summary}\n{seen.body}" for word in words), timeout=60
        )


def until(condition: Callable[[], bool], what: str) -> None:
    """Return as soon as it holds; what takes over 20 s is a failure."""
    wait_until(condition, what=what)


def write_request(window: Window, subject: str, text: str = "It began this morning.") -> None:
    """Fill in the form of a new request, of the service that asks for nothing more."""
    window.keys("Ctrl+N")
    window.choose("Service", "Something else")
    window.fill("In one line", subject)
    window.fill(STORY, text)


def signed_in(desk: FrontDeskRig, profile: Path) -> StageSet:
    """Sign Jane in at a desk, with a profile that is new; a story that failed may have left it stopped."""
    desk.start()
    made = StageSet(desk.url, profile, JANE.password, TESS.password)
    words = ("sign-in", "--desk", "frontdesk", "--url", desk.url, "--user", JANE.login, "--password-stdin")
    run_tracker(made, *words, text=JANE.password + "\n")
    return made


def raised(jane: StageSet, subject: str) -> str:
    """Raise a request from the command line; give its number."""
    words = ("new", "--service", "other", "--subject", subject)
    return run_tracker(jane, *words, text="It is broken.").strip()
