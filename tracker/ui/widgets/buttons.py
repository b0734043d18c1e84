"""Buttons: the main one, the other ones, links and icons, at least 32 px to hit."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from tracker.ui.plain_text import plain_tip
from tracker.ui.theme.tokens import Size, Space

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme


class ButtonKind(StrEnum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    LINK = "link"
    DANGER = "danger"
    ICON = "icon"


_INKS = {
    ButtonKind.PRIMARY: "on_accent",
    ButtonKind.LINK: "accent",
    ButtonKind.DANGER: "late",
    ButtonKind.ICON: "muted",
}


class Button(QPushButton):
    """A push button with words and perhaps an icon before them; Enter presses it as Space does."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        parent: QWidget | None = None,
        *,
        kind: ButtonKind = ButtonKind.SECONDARY,
        icon: str = "",
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind.value)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if icon:
            self.setProperty("hasIcon", True)
            self.setIcon(theme.icon(icon, _INKS.get(kind, "text")))
            # Wider than high: the drawing sits in the middle, so there is air between it and the words.
            side = theme.type.scaled(Size.ICON)
            self.setIconSize(QSize(side + Space.S, side))
        if text:
            self.setAccessibleName(text.replace("&", ""))

    def show_kind(self, kind: ButtonKind) -> None:
        """Be of another kind from now on."""
        if self.property("kind") != kind.value:
            self.setProperty("kind", kind.value)
            self.style().unpolish(self)
            self.style().polish(self)


class IconButton(Button):
    """A square button that shows only an icon; `name` is said by assistive technology and on hover."""

    def __init__(
        self, theme: Theme, icon: str, parent: QWidget | None = None, *, name: str, ink: str = "muted"
    ) -> None:
        super().__init__(theme, "", parent, kind=ButtonKind.ICON)
        self.setIcon(theme.icon(icon, ink))
        side, target = theme.type.scaled(Size.SMALL_ICON), theme.type.scaled(Size.TARGET)
        self.setIconSize(QSize(side, side))
        self.setFixedSize(target, target)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
