"""IT has moved to another service desk: said quietly, and nothing unsent is lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from tracker.app.announcer import Message
    from tracker.app.parts import Parts
    from tracker.app.signing import Signing
    from tracker.ui.main_window import MainWindow
    from tracker.ui.widgets.sheet import Sheet

_GO_ON = "sign-in"


class Moving(QObject):
    """Offers to sign in at the desk that IT has set, where the person is signed in at another one.

    The old desk is followed until then, and goes on taking what has not been sent.
    """

    def __init__(self, parts: Parts, window: MainWindow, signing: Signing) -> None:
        super().__init__(window)
        self._parts, self._window, self._signing = parts, window, signing
        self._sheet: Sheet | None = None

    def message(self) -> Message | None:
        """Give what the strip says; None where there is nothing to say."""
        parts = self._parts
        if not parts.policy.given or parts.settings.desk is None or self._signing.is_shown:
            return None
        from tracker.app.announcer import Message
        from tracker.core.policy_desk import other_desk

        url = other_desk(parts.settings.desk, parts.policy)
        if not url:
            return None
        words = self.tr("IT has moved to another service desk: {address}. Sign in there to go on.")
        return Message(words.format(address=url), action=(self.tr("Sign in…"), self._ask))

    def _ask(self) -> None:
        if self._sheet is not None:
            return
        from tracker.ui.widgets.buttons import ButtonKind
        from tracker.ui.widgets.sheet import Sheet, SheetAnswer

        self._sheet = Sheet(
            self._parts.theme,
            self._window,
            title=self.tr("Sign in at another desk?"),
            text=self._what_goes(),
            answers=(
                SheetAnswer(_GO_ON, self.tr("&Sign in there"), ButtonKind.DANGER),
                SheetAnswer("", self.tr("&Not yet"), ButtonKind.PRIMARY),
            ),
        )
        self._sheet.answered.connect(self._answered)

    def _what_goes(self) -> str:
        waiting = len(self._parts.view.outbox())
        unsent = self.tr("Nothing waits to be sent.")
        if waiting:
            one = self.tr("1 thing you wrote has not reached the old desk yet.")
            many = self.tr("%n things you wrote have not reached the old desk yet.", "", waiting)
            unsent = one if waiting == 1 else many
        removed = self.tr(
            "Once you are signed in, your old requests, drafts and what is unsent are removed from this "
            "computer. The old requests stay at the old desk."
        )
        return f"{unsent} {removed}"

    def _answered(self, answer: str) -> None:
        self._sheet = None
        if answer == _GO_ON:
            self._signing.ask(self._parts.settings)
