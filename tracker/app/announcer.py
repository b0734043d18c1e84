"""The strip above the pages: one message at a time, the weightiest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from tracker.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.main_window import MainWindow
    from tracker.ui.notify.in_app import InApp
    from tracker.ui.notify.ways import Toast


@dataclass(frozen=True, slots=True)
class Message:
    """Words, how they are coloured, at most one thing to do and a way to more: words and what each calls."""

    words: str
    tone: Tone = Tone.NEUTRAL
    action: tuple[str, Callable[[], None]] | None = None
    more: tuple[str, Callable[[], None]] | None = None


class Announcer(QObject):
    """Fills the window's strip: trouble of the moment, else a toast nobody else can show, else the health,
    else an advice.

    Trouble goes when the person closes the strip, or when something else has worked since (`settle`).
    """

    def __init__(self, window: MainWindow, in_app: InApp) -> None:
        super().__init__(window)
        self._window = window
        self._in_app = in_app
        self._trouble: Message | None = None
        self._health: Message | None = None
        self._advice: Message | None = None
        in_app.arrived.connect(self._show)
        in_app.gone.connect(self._show)
        window.banner_dismissed.connect(self._dismissed)

    def say_trouble(self, words: str) -> None:
        """Say what has just gone wrong."""
        self._trouble = Message(words, Tone.LATE)
        self._show()

    def remark(self, words: str) -> None:
        """Say something that the person should know."""
        self._trouble = Message(words)
        self._show()

    def settle(self) -> None:
        """Take back what was said of the moment."""
        if self._trouble is not None:
            self._trouble = None
            self._show()

    def say_health(self, message: Message | None) -> None:
        """Say how the connection is, as long as it is so."""
        if message != self._health:
            self._health = message
            self._show()

    def advise(self, words: str) -> None:
        """Say what is good to know and presses nobody, where nothing else is to be said; "" takes it back."""
        self._advice = Message(words) if words else None
        self._show()

    def _show(self, *_what: object) -> None:
        toast = self._in_app.live[-1] if self._in_app.live else None
        message = self._trouble or (
            _of(toast, self._in_app) if toast is not None else self._health or self._advice
        )
        if message is None:
            self._window.banner("")
        else:
            acts = (act for act in (message.action, message.more) if act is not None)
            self._window.banner(message.words, message.tone, *acts)

    def _dismissed(self) -> None:
        if self._trouble is not None:
            self._trouble = None
        elif self._in_app.live:
            self._in_app.dismiss(self._in_app.live[-1].key)
        elif self._health is not None:
            self._health = None
        else:
            self._advice = None
        self._show()


def _of(toast: Toast, in_app: InApp) -> Message:
    words = f"{toast.title}: {' · '.join(toast.body.splitlines())}"
    label = QCoreApplication.translate("Announcer", "Open")
    return Message(words, Tone.ACCENT, (label, lambda: in_app.press(toast.key)))
