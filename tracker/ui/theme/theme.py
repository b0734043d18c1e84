"""The one object that dresses the program: it follows the system or the person's choice."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap

from tracker.ui.theme.icons import Icons
from tracker.ui.theme.palette import palette
from tracker.ui.theme.stylesheet import style_sheet
from tracker.ui.theme.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Tokens
from tracker.ui.theme.typography import TextStyle, Typography

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tracker.ui.theme.brand import Brand

FUSION = "fusion"
"""Qt's own style, which looks the same everywhere and takes a palette and a style sheet."""


class Look(StrEnum):
    """What a person can choose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Theme(QObject):
    """Colours, fonts and icons of the running program; made once, handed to every widget that paints.

    `changed` is emitted after the look has been put on; widgets are repainted by Qt itself.
    """

    changed = Signal()

    def __init__(
        self, application: QApplication, look: Look = Look.SYSTEM, *, has_fusion: bool = False
    ) -> None:
        """`has_fusion`: the application was started in Qt's style Fusion.

        To touch a QStyle, if only to ask for its name, makes the eleven kinds of flags it has.
        """
        super().__init__(application)
        self._has_fusion = has_fusion
        self._application = application
        self._look = look
        self._brand: Brand | None = None
        self._logos: dict[tuple[int, float], QPixmap | None] = {}
        screen = application.primaryScreen()
        self.type = Typography(QFont(application.font()), screen.logicalDotsPerInchY() if screen else 96.0)
        self.tokens: Tokens = self._wanted()
        self._icons = Icons(lambda ink: self.tokens.ink(ink))
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    @property
    def look(self) -> Look:
        """The person's choice."""
        return self._look

    def choose(self, look: Look) -> None:
        """Take a choice and put it on at once."""
        self._look = look
        self._follow_system()

    def wear(self, brand: Brand) -> None:
        """Take a company's colour and logo; they are seen at once where the look has been put on."""
        if brand != self._brand:
            self._brand = brand
            self._logos.clear()
            self._follow_system()
            self.changed.emit()

    def logo(self, side: int, ratio: float) -> QPixmap | None:
        """Return the company's logo for a square of logical pixels; None: it has none that can be drawn."""
        if self._brand is None or self._brand.logo is None:
            return None
        if (side, ratio) not in self._logos:
            from tracker.ui.theme.brand import logo_picture

            self._logos[side, ratio] = logo_picture(self._brand.logo, side, ratio)
        return self._logos[side, ratio]

    def put_on(self) -> None:
        """Dress the application: Fusion, our palette, our style sheet."""
        application = self._application
        if not self._has_fusion:
            application.setStyle(FUSION)
            self._has_fusion = True
        application.setFont(self.type.font(TextStyle.BODY))
        application.setPalette(palette(self.tokens))
        application.setStyleSheet(style_sheet(self.tokens, self.type, self._icons.folder))
        self.changed.emit()

    def colour(self, name: str) -> QColor:
        """Return a token's colour by name: "muted", "line", or a tone such as "late"."""
        return QColor(self.tokens.ink(name))

    def font(self, style: TextStyle) -> QFont:
        """Return the font of a text style."""
        return self.type.font(style)

    def icon(self, name: str, ink: str = "text") -> QIcon:
        """Return a drawing that takes the ink's colour whenever it is painted, in whatever look."""
        return self._icons.icon(name, ink)

    def pixmap(self, name: str, ink: str, size: int, ratio: float) -> QPixmap:
        """Return a drawing of `size` logical pixels for a painter with `ratio` device pixels to each."""
        return self._icons.pixmap(name, self.tokens.ink(ink), size, ratio)

    def _follow_system(self) -> None:
        wanted = self._wanted()
        if wanted != self.tokens:
            self.tokens = wanted
            self.put_on()

    def _wanted(self) -> Tokens:
        hints = self._application.styleHints()
        system_dark = hints.colorScheme() == Qt.ColorScheme.Dark
        dark = self._look is Look.DARK or (self._look in (Look.SYSTEM, Look.CONTRAST) and system_dark)
        preference = hints.accessibility().contrastPreference()
        follows = self._look is Look.SYSTEM
        if self._look is Look.CONTRAST or (follows and preference == Qt.ContrastPreference.HighContrast):
            return CONTRAST_DARK if dark else CONTRAST_LIGHT
        drawn = DARK if dark else LIGHT
        return drawn if self._brand is None else self._brand.worn(drawn)
