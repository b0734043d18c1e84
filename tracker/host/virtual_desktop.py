"""A private display, session bus and notification daemon, for the demo's tour and the tests.

Everything lives in one temporary folder and is ended by process id. Linux only.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Literal, Self

from tracker.host.picture import png_of_framebuffer

Notifier = Literal["dunst", "xfce4-notifyd"]

NOTIFICATIONS_NAME = "org.freedesktop.Notifications"
MARK = "TRACKER_VIRTUAL_DESKTOP"

# Some daemons take long on their very first start (font caches), then a few hundredths of a second.
START_LIMIT = 20.0
STOP_LIMIT = 3.0

_BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  {services}
  <policy context="default">
    <allow user="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# Debian keeps these outside PATH; other systems use other folders.
_PROGRAM_FOLDERS = (
    "/usr/lib/x86_64-linux-gnu/xfce4/notifyd",
    "/usr/lib/x86_64-linux-gnu/xfce4/xfconf",
    "/usr/lib/aarch64-linux-gnu/xfce4/notifyd",
    "/usr/lib/aarch64-linux-gnu/xfce4/xfconf",
    "/usr/libexec",
    "/usr/lib/xfce4/notifyd",
    "/usr/lib/xfce4/xfconf",
)


class DesktopFailed(RuntimeError):
    """The virtual desktop could not be had; the text says what is missing or what broke."""


def find_program(name: str) -> str:
    """Give the full path of a program, also where it is kept outside PATH.

    Raises DesktopFailed when it is not installed.
    """
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *_PROGRAM_FOLDERS])
    found = shutil.which(name, path=path)
    if found is None:
        raise DesktopFailed(f"{name} is not installed.")
    return found


def wait_until(condition: Callable[[], bool], *, timeout: float = START_LIMIT, what: str = "it") -> None:
    """Return as soon as the condition holds; raise DesktopFailed after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise DesktopFailed(f"Waited {timeout:g} s for {what}, in vain.")
        time.sleep(0.01)


class VirtualDesktop:
    """One private folder, and what was started in it; close() ends all of it.

    `env` is the whole environment for programs that shall live on this desktop: nothing of the caller's
    own session (display, bus, home, keyring) leaks into it.
    """

    def __init__(self, *, env: Mapping[str, str] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tracker-desktop-"))
        self.processes: list[subprocess.Popen[bytes]] = []
        self.env = self._private_environment()
        self.env.update(env or {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def _private_environment(self) -> dict[str, str]:
        home = self.folder / "home"
        runtime = self.folder / "run"
        for folder in (home, runtime, home / ".config", home / ".local" / "share", home / ".cache"):
            folder.mkdir(mode=0o700, parents=True)
        kept = ("PATH", "USER", "LOGNAME", "VIRTUAL_ENV", "TZ")
        env = {name: os.environ[name] for name in kept if name in os.environ}
        return env | {
            MARK: str(self.folder),
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local" / "share"),
            "XDG_STATE_HOME": str(home / ".local" / "state"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
        }

    def spawn(
        self,
        command: Sequence[str],
        *,
        stdin: int | IO[bytes] = subprocess.DEVNULL,
        stdout: int | IO[bytes] | None = None,
        pass_fds: Sequence[int] = (),
        env: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program on this desktop, in its own process group; its output goes to `<program>.log`."""
        program = find_program(command[0])
        with (self.folder / f"{Path(program).name}.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - the callers are our own demo and tests
                [program, *command[1:]],
                env=self.env | dict(env or {}),
                stdin=stdin,
                stdout=log if stdout is None else stdout,
                stderr=log,
                pass_fds=pass_fds,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def start_display(self, *, width: int = 1280, height: int = 800) -> str:
        """Start Xvfb and give its display name, such as ":3"."""
        reader, writer = os.pipe()
        screen = f"{width}x{height}x24"
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", screen, "-nolisten", "tcp"]
        try:
            self.spawn([*command, "-noreset", "-fbdir", str(self.folder)], pass_fds=[writer])
        finally:
            os.close(writer)
        with os.fdopen(reader, "rb") as numbers:
            # Digits and newline come in two writes; closing the pipe between them kills Xvfb.
            number = numbers.readline().strip()
        if not number:
            raise DesktopFailed(f"Xvfb did not start: {self.log_of('Xvfb')}")
        self.env["DISPLAY"] = f":{number.decode()}"
        self.env["QT_QPA_PLATFORM"] = "xcb"
        return self.env["DISPLAY"]

    def start_bus(self, *, activation: bool = False) -> str:
        """Start a session bus and give its address; with `activation` it may start installed services."""
        socket = self.folder / "run" / "bus"
        config = self.folder / "bus.conf"
        services = "<standard_session_servicedirs/>" if activation else ""
        config.write_text(_BUS_CONFIG.format(socket=socket, services=services))
        process = self.spawn(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None  # noqa: S101 - asked for with PIPE
        address = process.stdout.readline().decode().strip()
        process.stdout.close()
        if not address:
            raise DesktopFailed(f"dbus-daemon did not start: {self.log_of('dbus-daemon')}")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        return address

    def start_notifier(self, kind: Notifier = "dunst") -> subprocess.Popen[bytes]:
        """Start a real notification daemon and wait until it answers on the bus."""
        if kind == "xfce4-notifyd":
            self.spawn(["xfconfd"])
            self.wait_for_name("org.xfce.Xfconf")
        process = self.spawn([kind])
        self.wait_for_name(NOTIFICATIONS_NAME)
        return process

    def wait_for_name(self, name: str, *, timeout: float = START_LIMIT) -> None:
        """Return once somebody owns this name on the bus; raise DesktopFailed after `timeout` seconds."""
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        with open_dbus_connection(self.env["DBUS_SESSION_BUS_ADDRESS"]) as connection:

            def owned() -> bool:
                question = new_method_call(bus, "NameHasOwner", "s", (name,))
                return bool(connection.send_and_get_reply(question, timeout=timeout).body[0])

            wait_until(owned, timeout=timeout, what=f"{name} on the session bus")

    def screenshot(self, path: Path) -> Path:
        """Write what the display shows now as a PNG and give its path."""
        frame = (self.folder / "Xvfb_screen0").read_bytes()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png_of_framebuffer(frame))
        return path

    def log_of(self, program: str) -> str:
        """Give the last 2,000 characters that a program started here has printed."""
        log = self.folder / f"{program}.log"
        return log.read_text(errors="replace")[-2000:].strip() if log.exists() else ""

    def end(self, process: subprocess.Popen[bytes]) -> None:
        """End one process started here, with its group: asked first, killed after three seconds."""
        # Frozen processes (tests stop some) act on the signal only once they go on.
        for order, patience in ((signal.SIGTERM, STOP_LIMIT), (signal.SIGKILL, None)):
            _signal_group(process.pid, order)
            _signal_group(process.pid, signal.SIGCONT)
            try:
                process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                continue
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                with suppress(OSError):  # it may have died with something of ours unread
                    stream.close()

    def close(self) -> None:
        """End everything started here, also what the bus started by itself, and remove the folder."""
        for process in reversed(self.processes):
            self.end(process)
        self.processes.clear()
        for pid in self.strays():
            _signal_one(pid, signal.SIGTERM)
        try:
            wait_until(lambda: not self.strays(), timeout=STOP_LIMIT)
        except DesktopFailed:
            for pid in self.strays():
                _signal_one(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def strays(self) -> list[int]:
        """List the processes that live on this desktop, known by the mark in their environment."""
        mark = f"{MARK}={self.folder}\0".encode()
        return [int(entry.name) for entry in Path("/proc").iterdir() if _carries(entry, mark)]


def _carries(entry: Path, mark: bytes) -> bool:
    if not entry.name.isdecimal():
        return False
    try:
        return mark in (entry / "environ").read_bytes() + b"\0"
    except OSError:  # it has ended meanwhile, or belongs to somebody else
        return False


def _signal_group(pid: int, order: signal.Signals) -> None:
    try:
        os.killpg(pid, order)
    except ProcessLookupError:
        return


def _signal_one(pid: int, order: signal.Signals) -> None:
    try:
        os.kill(pid, order)
    except ProcessLookupError:
        return
