"""A received file in the history: its name and size, Open and Save, and how far it has got."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from tracker.model.attachment import Attachment
from tracker.model.errors import TrackerError
from tracker.model.ticket import TicketId
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line, plain_tip
from tracker.ui.run_text import Run, RunText
from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.under_way import UnderWay
from tracker.ui.widgets.buttons import Button, ButtonKind

# What a system may run, rather than show, when it is opened.
_RUNS = frozenset(
    {"app", "apk", "appimage", "bat", "bin", "cmd", "com", "command", "cpl", "deb", "desktop", "dll", "dmg"}
    | {
        "exe",
        "hta",
        "htm",
        "html",
        "inf",
        "iso",
        "jar",
        "js",
        "jse",
        "lnk",
        "msc",
        "msi",
        "msp",
        "pif",
        "pkg",
    }
    | {"ps1", "py", "pyw", "reg", "rpm", "run", "scf", "scr", "sh", "svg", "url", "vb", "vbe", "vbs"}
    | {"workflow", "ws", "wsf", "xhtml"}
)


def _nothing() -> None:
    """Cancel nothing."""


class FileRow(QWidget):
    """One file at the desk. It is fetched only when somebody asks, and the fetching ends with the row."""

    ended = Signal()
    """A download has ended, well or not."""
    grown = Signal()
    """The row needs another height."""

    def __init__(
        self, context: PageContext, ticket: TicketId, attachment: Attachment, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._ticket, self._attachment = context, ticket, attachment
        self._fetching = UnderWay()
        self.destroyed.connect(self._fetching.end)
        self._opens = False
        self._name = one_line(attachment.name, 200) or self.tr("File without a name")
        self._bar: QProgressBar | None = None
        self._said: RunText | None = None
        self.setAccessibleName(self._name)
        self.label = FileLabel(context, attachment, self._name, self)
        """The icon, the name and the size."""
        open_words, save_words = self.tr("Open {name}"), self.tr("Save {name}")
        self._open = self._button(self.tr("Open"), open_words, self._fetch_to_open)
        self._open.setVisible(not runs(attachment.name))
        self._save = self._button(self.tr("Save"), save_words, self._ask_where)
        self._first_line = QHBoxLayout()
        self._first_line.setSpacing(0)
        self._first_line.addWidget(self.label, 1)
        self._first_line.addWidget(self._open)
        self._first_line.addWidget(self._save)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.HAIR)
        self._column.addLayout(self._first_line)

    @property
    def said(self) -> str:
        """What is said of the last download, "" before there was one."""
        return self._said.text if self._said is not None else ""

    def save_into(self, folder: str) -> None:
        """Fetch the file into a folder."""
        self._opens = False
        self._fetch(Path(folder))

    def stop(self) -> None:
        """End a download; what was fetched of it is thrown away."""
        self._fetching.end()
        self._show_fetching(fetching=False)

    def _button(self, words: str, name: str, act: Callable[[], None]) -> Button:
        button = Button(self._context.theme, words, self, kind=ButtonKind.LINK)
        button.setAccessibleName(name.format(name=self._name))
        button.clicked.connect(act)
        return button

    def _fetch_to_open(self) -> None:
        self._opens = True
        self._fetch(self._context.received)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the file into this folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.save_into)
        dialog.open()

    def _fetch(self, folder: Path) -> None:
        if self._fetching.cancel is not None:
            return
        self._show_fetching(fetching=True)
        self._fetching.cancel = _nothing  # an answer may come before the call returns
        cancel = self._context.actions.download(
            self._ticket, self._attachment, folder, self._progress, self._arrived
        )
        if self._fetching.cancel is not None:
            self._fetching.cancel = cancel

    def _progress(self, fetched: int) -> None:
        if self._attachment.size and self._bar is not None:
            self._bar.setRange(0, 1_000)
            self._bar.setValue(min(1_000, fetched * 1_000 // self._attachment.size))

    def _arrived(self, answer: Path | TrackerError) -> None:
        self._fetching.cancel = None
        self._show_fetching(fetching=False)
        if isinstance(answer, TrackerError):
            self._say(str(answer), "late")
        elif self._opens:
            self._context.open_url(QUrl.fromLocalFile(str(answer)))
        else:
            self._say(self.tr("Saved as {place}").format(place=one_line(str(answer))), "muted")
        self.ended.emit()

    def _say(self, words: str, ink: str) -> None:
        if self._said is None:
            self._said = RunText(self._context.theme, self)
            self._column.addWidget(self._said)
        self._said.show_runs((Run(words, TextStyle.SMALL, ink),) if words else ())
        self._said.setVisible(bool(words))
        self.grown.emit()

    def _show_fetching(self, *, fetching: bool) -> None:
        if self._bar is None:
            self._bar = self._make_bar()
            self._stop = self._button(self.tr("Stop"), self.tr("Stop fetching {name}"), self.stop)
            self._first_line.addWidget(self._stop)
        self._bar.setRange(0, 0)
        self._bar.setVisible(fetching)
        self._stop.setVisible(fetching)
        self._save.setVisible(not fetching)
        self._open.setVisible(not fetching and not runs(self._attachment.name))
        if fetching:
            self._say("", "muted")
        self.grown.emit()

    def _make_bar(self) -> QProgressBar:
        bar = QProgressBar(self)
        bar.setTextVisible(False)
        bar.setAccessibleName(self.tr("Fetching {name}").format(name=self._name))
        self._column.addWidget(bar)
        return bar


class FileLabel(QWidget):
    """Paints a file's icon, its name as far as there is room, and its size."""

    def __init__(self, context: PageContext, attachment: Attachment, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._name = context.theme, name
        self._icon = "image" if attachment.mime.startswith("image/") else "file"
        self._size = context.wording.size(attachment.size) if attachment.size is not None else ""
        self._inks = ("text", "muted")
        self.setAccessibleName(f"{name} {self._size}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_inks(self, name: str, small: str) -> None:
        """Paint the name, and the icon and the size, in other colours."""
        self._inks = (name, small)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(240, max(Size.TARGET, QFontMetrics(self._theme.font(TextStyle.BODY)).height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        body, small = self._theme.font(TextStyle.BODY), self._theme.font(TextStyle.SMALL)
        size_width = QFontMetrics(small).horizontalAdvance(self._size) + Space.S if self._size else 0
        icon = self._theme.type.scaled(Size.SMALL_ICON)
        room = self.width() - icon - Space.S - size_width
        name = QFontMetrics(body).elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        name_width = QFontMetrics(body).horizontalAdvance(name)
        self.setToolTip(plain_tip(self._name) if name != self._name else "")
        ink, small_ink = self._inks
        drawn = self._theme.pixmap(self._icon, small_ink, icon, self.devicePixelRatioF())
        at_icon = self._mirrored(QRect(0, (self.height() - icon) // 2, icon, icon))
        at_name = self._mirrored(QRect(icon + Space.S, 0, name_width + 1, self.height()))
        after = icon + 2 * Space.S + name_width
        at_size = self._mirrored(QRect(after, 0, size_width + 1, self.height()))
        painter.drawPixmap(at_icon.topLeft(), drawn)
        painter.setFont(body)
        painter.setPen(self._theme.colour(ink))
        painter.drawText(at_name, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(small)
        painter.setPen(self._theme.colour(small_ink))
        painter.drawText(at_size, Qt.AlignmentFlag.AlignVCenter, self._size)
        painter.end()

    def _mirrored(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)


def runs(name: str) -> bool:
    """Say whether a file of this name may be run, not shown, when it is opened: then it can only be saved."""
    return name.rstrip(". ").rpartition(".")[2].lower() in _RUNS
