"""A file in a chat: a bubble with its name and size, Open and Save beside it, the picture once it is here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

from tracker.ui.chat.bubble import paint_bubble
from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.timeline.file_row import FileRow

if TYPE_CHECKING:
    from tracker.model.attachment import Attachment
    from tracker.model.errors import TrackerError
    from tracker.model.ticket import TicketId
    from tracker.ui.page_context import PageContext

_PREVIEW = QSize(240, 160)
_WIDEST = 300
_MOST_PIXELS = 40_000_000
_SHOWN = frozenset({"png", "jpg", "jpeg", "gif", "bmp", "webp"})


class FileBubble(FileRow):
    """`own`: the person sent it. One that is not at the desk yet can't be opened or saved from there."""

    def __init__(
        self,
        context: PageContext,
        ticket: TicketId,
        attachment: Attachment,
        parent: QWidget,
        *,
        own: bool,
        is_there: bool = True,
    ) -> None:
        super().__init__(context, ticket, attachment, parent)
        self._theme, self._own = context.theme, own
        self._picture: QLabel | None = None
        self.label.setFixedWidth(min(self._natural_width(attachment), _WIDEST))
        self._first_line.insertSpacing(0, Space.M)
        self._first_line.insertSpacing(2, Space.M + Space.XS)
        if own:
            self.label.set_inks("on_accent", "on_accent")
            self._first_line.setDirection(QBoxLayout.Direction.RightToLeft)
        if not is_there:
            self._open.hide()
            self._save.hide()

    def _natural_width(self, attachment: Attachment) -> int:
        metrics = QFontMetrics(self._theme.font(TextStyle.BODY))
        size = self._context.wording.size(attachment.size) if attachment.size is not None else ""
        small = QFontMetrics(self._theme.font(TextStyle.SMALL)).horizontalAdvance(size)
        icon = self._theme.type.scaled(Size.SMALL_ICON)
        return icon + metrics.horizontalAdvance(self._name) + small + 2 * Space.S + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bubble under the name."""
        painter = QPainter(self)
        paint_bubble(
            painter,
            QRectF(self.label.geometry()).adjusted(-Space.M, 0, Space.M, 0),
            self._theme,
            own=self._own,
        )
        painter.end()

    @property
    def preview(self) -> QPixmap | None:
        """The picture, once it is here."""
        return self._picture.pixmap() if self._picture is not None else None

    def _arrived(self, answer: Path | TrackerError) -> None:
        super()._arrived(answer)
        if isinstance(answer, Path):
            self._show_picture(answer)

    def _show_picture(self, path: Path) -> None:
        """Show a small picture of a file that is one, and not so large that reading it takes long."""
        if self._picture is not None or path.suffix.lower().lstrip(".") not in _SHOWN:
            return
        reader = QImageReader(str(path))
        reader.setAutoTransform(True)
        size = reader.size()
        if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
            return
        reader.setScaledSize(size.scaled(_PREVIEW.boundedTo(size), Qt.AspectRatioMode.KeepAspectRatio))
        drawn = QPixmap.fromImage(reader.read())
        if drawn.isNull():
            return
        self._picture = QLabel(self)
        self._picture.setPixmap(drawn)
        self._picture.setAccessibleName(self.tr("Picture {name}").format(name=self._name))
        end = Qt.AlignmentFlag.AlignTrailing if self._own else Qt.AlignmentFlag.AlignLeading
        self._column.addWidget(self._picture, 0, end)
        self.grown.emit()
