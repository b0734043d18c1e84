"""Labels in the type scale and the ink colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from tracker.ui.plain_text import plain_tip
from tracker.ui.theme.typography import TextStyle


class Text(QLabel):
    """Plain text in a style and an ink ("text", "muted", "faint", or a tone's name).

    What desks and people wrote is shown as it is: mark-up is never interpreted.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        style: TextStyle = TextStyle.BODY,
        ink: str = "text",
        wrap: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("textStyle", style.value)
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_ink(self, ink: str) -> None:
        """Change the colour's name."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedText(Text):
    """One line cut with an ellipsis where there is no room; assistive technology still reads all of it."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        style: TextStyle = TextStyle.BODY,
        ink: str = "text",
    ) -> None:
        super().__init__(text, parent, style=style, ink=ink)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(32)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Fit the text to the new width."""
        self._fit()

    def _fit(self) -> None:
        fitted = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if fitted != self.text():
            super().setText(fitted)
        self.setToolTip(plain_tip(self._whole) if fitted != self._whole else "")
