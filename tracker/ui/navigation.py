"""The rail at the side: what the desk is called, the pages, and how the connection is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from tracker.ui.theme.tokens import Radius, Size, Space, Tone
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.logo import Logo
from tracker.ui.widgets.painting import paint_round_icon
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.theme.theme import Theme

_EDGE = 10

_STATE_ICONS = {Tone.WARN: "wifi-off", Tone.LATE: "circle-alert", Tone.WAIT: "key-round"}


class NavigationButton(QRadioButton):
    """One page: its icon, its name, and how many things in it wait for the person.

    Exactly one is chosen, so it is read aloud, and moved through with the arrow keys, as a radio button.
    """

    def __init__(self, theme: Theme, icon: str, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._theme, self._icon, self._count = theme, icon, 0
        self._icon_side = theme.type.scaled(Size.ICON)
        self._text_at = _EDGE + self._icon_side + _EDGE
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(TextStyle.BODY))
        self._say_name()

    @property
    def count(self) -> int:
        """The number on the badge, 0 for none."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show a number at the end, nothing for 0."""
        self._count = max(count, 0)
        self._say_name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        words = QFontMetricsF(self._theme.font(TextStyle.BODY_STRONG))
        width = self._text_at + words.horizontalAdvance(self.text()) + Space.S + self._badge_width() + Space.M
        return QSize(round(width), max(Size.BUTTON, round(words.height()) + 2 * Space.S))

    def minimumSizeHint(self) -> QSize:
        """Return the least size it can be read at."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """Say that all of it can be pressed."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = self._ink()
        centre = QPointF(self._x(_EDGE + self._icon_side / 2), self.height() / 2)
        paint_round_icon(painter, centre, self._theme, icon=self._icon, size=self._icon_side, ink=ink)
        painter.setPen(self._theme.colour(ink))
        painter.setFont(self._theme.font(TextStyle.BODY))
        room = QRect(
            self._text_at,
            0,
            round(self.width() - self._text_at - self._badge_width() - Space.M),
            self.height(),
        )
        if self._backwards():
            room.moveRight(self.width() - self._text_at)
        # "Left" means where reading starts: the painter mirrors it.
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic
        painter.drawText(room, int(flags), self.text())
        self._paint_badge(painter)
        painter.end()

    def _ink(self) -> str:
        if self.isChecked():
            return "on_accent" if self._theme.tokens.high_contrast else "accent"
        return "text" if self.underMouse() else "muted"

    def _say_name(self) -> None:
        title = self.text().replace("&", "")
        if self._count:
            self.setAccessibleName(self.tr("{title}, %n waiting", "", self._count).format(title=title))
        else:
            self.setAccessibleName(title)

    def _backwards(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _x(self, from_start: float) -> float:
        return self.width() - from_start if self._backwards() else from_start

    def _badge_width(self) -> float:
        if not self._count:
            return 0.0
        words = QFontMetricsF(self._theme.font(TextStyle.SMALL_STRONG))
        return max(words.horizontalAdvance(str(self._count)) + 12, 20.0)

    def _paint_ground(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        if self.isChecked():
            ground = tokens.accent.strong if tokens.high_contrast else tokens.accent.soft
        elif self.underMouse():
            ground = tokens.bg
        else:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()), Radius.CONTROL, Radius.CONTROL)

    def _paint_badge(self, painter: QPainter) -> None:
        if not self._count:
            return
        font = self._theme.font(TextStyle.SMALL_STRONG)
        height = max(18.0, QFontMetricsF(font).height() + 3)
        width = max(self._badge_width(), height)
        left = self._x(self.width() - 10) - (0 if self._backwards() else width)
        pill = QRectF(left, (self.height() - height) / 2, width, height)
        plain, words = "accent", "on_accent"
        if self.isChecked() and self._theme.tokens.high_contrast:
            plain, words = words, plain
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(plain))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(self._theme.colour(words))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(self._count))


class StateMark(QWidget):
    """A dot while all is well, an icon when it is not: the state is told by shape, not by colour alone."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, Tone.OK
        self.setFixedSize(16, 16)

    def show_tone(self, tone: Tone) -> None:
        """Draw another state."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(8, self.height() / 2)
        icon = _STATE_ICONS.get(self._tone)
        if icon:
            paint_round_icon(painter, centre, self._theme, icon=icon, size=14, ink=self._tone.value)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                self._theme.colour(self._tone.value if self._tone is not Tone.NEUTRAL else "faint")
            )
            painter.drawEllipse(centre, 4, 4)
        painter.end()


class Navigation(QWidget):
    """The rail itself; `asked` carries the name of the page that was pressed."""

    asked = Signal(str)

    def __init__(self, theme: Theme, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("mirrored", self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        self.setAccessibleName(self.tr("Pages"))
        self.setMinimumWidth(Size.NAVIGATION)
        self._buttons: dict[str, NavigationButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, Space.CARD, 10, Space.CARD)
        self._column.setSpacing(Space.HAIR)
        self._column.addLayout(self._heading(heading))
        self._column.addSpacing(10)
        self._column.addStretch(1)
        self._column.addLayout(self._footer())
        self._group.buttonClicked.connect(self._tell)

    def add_page(self, name: str, icon: str, title: str) -> None:
        """Add a page below the others."""
        button = NavigationButton(self._theme, icon, title, self)
        button.setObjectName(name)
        self._group.addButton(button)
        self._buttons[name] = button
        self._column.insertWidget(len(self._buttons) + 1, button)
        # What is made first is read first: the state comes after the pages.
        self._mark.raise_()
        self._state.raise_()

    def offer(self, name: str, *, offered: bool) -> None:
        """Offer a page, or do so no longer."""
        self._buttons[name].setVisible(offered)

    @property
    def offered(self) -> tuple[str, ...]:
        """The pages that are offered, from the top."""
        return tuple(name for name, button in self._buttons.items() if not button.isHidden())

    def mark(self, name: str) -> None:
        """Mark the page that is shown."""
        self._buttons[name].setChecked(True)

    def set_count(self, name: str, count: int) -> None:
        """Show a number at a page."""
        self._buttons[name].set_count(count)

    def set_connection(self, text: str, tone: Tone) -> None:
        """Say at the bottom how the connection is."""
        self._mark.show_tone(tone)
        self._state.setText(text)
        self._state.setAccessibleName(text)

    def set_heading(self, text: str) -> None:
        """Call the desk something else."""
        self._title.setText(text)

    def _heading(self, heading: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(10, Space.XS, Space.S, 0)
        row.setSpacing(Space.S + 2)
        logo = Logo(self._theme, self)
        self._title = Text(heading, self, style=TextStyle.BODY_STRONG, wrap=True)
        row.addWidget(logo)
        row.addWidget(self._title, 1)
        return row

    def _footer(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, Space.XS, 0)
        row.setSpacing(Space.S)
        self._mark = StateMark(self._theme, self)
        self._mark.setFixedHeight(round(QFontMetricsF(self._theme.font(TextStyle.SMALL)).height()))
        self._state = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._state, 1)
        return row

    def _tell(self, button: QWidget) -> None:
        self.asked.emit(button.objectName())
