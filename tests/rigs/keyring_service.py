"""A live gnome-keyring on a private bus: unlocked, locked, frozen."""

import os
import signal
import subprocess
from dataclasses import dataclass

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tracker.host.virtual_desktop import DesktopFailed, VirtualDesktop, find_program, wait_until

_SERVICE = "org.freedesktop.secrets"
_LOGIN_COLLECTION = "/org/freedesktop/secrets/collection/login"
PASSWORD = "the keyring's own password"


@dataclass(frozen=True, slots=True)
class KeyringService:
    """The running daemon; it ends with its desktop."""

    desktop: VirtualDesktop
    process: subprocess.Popen[bytes]

    def lock(self) -> None:
        """Lock the collection, as a screen locker does; entries stay, but need the password."""
        address = DBusAddress("/org/freedesktop/secrets", _SERVICE, "org.freedesktop.Secret.Service")
        with open_dbus_connection(self.desktop.env["DBUS_SESSION_BUS_ADDRESS"]) as connection:
            question = new_method_call(address, "Lock", "ao", ([_LOGIN_COLLECTION],))
            answer = connection.send_and_get_reply(question, timeout=10)
        if answer.header.message_type is MessageType.error or _LOGIN_COLLECTION not in answer.body[0]:
            raise DesktopFailed(f"The keyring did not lock: {answer.body}")

    def start_prompter(self) -> None:
        """Start the program that asks people for the keyring's password; needs a display."""
        self.desktop.spawn(["gcr-prompter"])
        self.desktop.wait_for_name("org.gnome.keyring.SystemPrompter")

    def wait_for_prompt(self) -> None:
        """Return once the prompt has the keyboard."""
        wait_until(
            lambda: bool(self._run("search", "--onlyvisible", "--class", "gcr-prompter")), what="a prompt"
        )
        wait_until(lambda: bool(self._run("getwindowfocus")), what="the keyboard")

    def answer_prompt(self, *keys: str, text: str = "") -> None:
        """Type a text into the prompt, then press keys such as "Return" or "Escape"."""
        if text:
            self._run("type", text)
        self._run("key", *keys)

    def _run(self, *words: str) -> str:
        command = [find_program("xdotool"), *words]
        done = subprocess.run(
            command, env=self.desktop.env, capture_output=True, text=True, timeout=20, check=False
        )
        return done.stdout.strip()

    def freeze(self) -> None:
        """Stop the service without ending it: it keeps its name and never answers."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen service go on."""
        os.kill(self.process.pid, signal.SIGCONT)


def start_keyring(desktop: VirtualDesktop, *, locked: bool = False) -> KeyringService:
    """Start gnome-keyring with its login collection and return when the bus knows it."""
    (desktop.folder / "home" / ".local" / "share" / "keyrings").mkdir(parents=True, exist_ok=True)
    process = desktop.spawn(
        [find_program("gnome-keyring-daemon"), "--unlock", "--components=secrets", "--foreground"],
        stdin=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(PASSWORD.encode())
    process.stdin.close()
    desktop.wait_for_name(_SERVICE)
    service = KeyringService(desktop, process)
    if locked:
        service.lock()
    return service
