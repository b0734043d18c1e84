"""Where the facts of a request stand: beside it, or folded into it where there is little room."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tracker.ui.mirrored_margins import MirroredMargins
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Space
from tracker.ui.widgets.buttons import Button, ButtonKind

_SIDE = 252
_BESIDE_FROM = 800


class SidePlace(QScrollArea):
    """The column at the end of a page. It gives its contents to `inside` while the page is narrow.

    The facts are folded away there; `actions`, which stand under them, are not.
    """

    def __init__(
        self, theme: Theme, side: QWidget, actions: QWidget, inside: QVBoxLayout, page: QWidget
    ) -> None:
        super().__init__(page)
        self._theme, self._page, self._inside = theme, page, inside
        self._side, self._actions = side, actions
        self._narrow: bool | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(side.accessibleName())
        self.setFixedWidth(round(_SIDE * theme.type.scale) + Space.PAGE)
        holder = QWidget(self)
        holder.setProperty("plain", True)
        self._beside = QVBoxLayout(holder)
        MirroredMargins(
            holder, self._beside, (Space.XS, Space.L + Space.XS, Space.PAGE - Space.M, Space.CARD)
        )
        self._beside.addStretch(1)
        self.setWidget(holder)
        self._toggle = Button(theme, self.tr("Dates and details"), page, kind=ButtonKind.LINK)
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._unfold)
        inside.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()
        self._toggle.hide()
        side.hide()
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the page."""
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self._fit(narrow=self._page.width() < _BESIDE_FROM * self._theme.type.scale)
        return super().eventFilter(watched, event)  # a scroll area watches what it holds, too

    def _fit(self, *, narrow: bool) -> None:
        if narrow is self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._inside.addWidget(self._side)
            self._inside.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignLeading)
        else:
            self._beside.insertWidget(0, self._side)
            self._beside.insertWidget(1, self._actions)
        self.setVisible(not narrow)
        self._toggle.setVisible(narrow)
        self._unfold()

    def _unfold(self) -> None:
        unfolded = self._toggle.isChecked()
        self._side.setVisible(not self._narrow or unfolded)
        icon = "chevron-up" if unfolded else "chevron-down"
        self._toggle.setIcon(self._theme.icon(icon, "accent"))
