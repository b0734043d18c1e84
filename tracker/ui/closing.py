"""What closing the window means, said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tracker.ui.widgets.buttons import ButtonKind
from tracker.ui.widgets.sheet import Sheet, SheetAnswer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ui.theme.theme import Theme

QUIT, HIDE = "quit", "hide"


def closing_sheet(theme: Theme, window: QWidget, *, name: str, tray_there: bool) -> Sheet:
    """Lay the explanation over the window; it answers QUIT, HIDE or "" for neither."""
    say = QCoreApplication.translate
    if tray_there:
        text = say(
            "Closing",
            "{name} stays at its icon beside the clock and tells you when something happens. "
            "Click the icon to open this window again.",
        )
    else:
        text = say(
            "Closing",
            "{name} goes on and tells you when something happens. "
            "This desktop shows no icon for it: start {name} again to open this window.",
        )
    return Sheet(
        theme,
        window,
        title=say("Closing", "Closing only hides this window"),
        text=text.format(name=name),
        answers=(
            SheetAnswer(QUIT, say("Closing", "&Quit")),
            SheetAnswer(HIDE, say("Closing", "&Hide the window"), ButtonKind.PRIMARY),
        ),
    )
