"""A text field that grows with its text and takes files by paste and by drop."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.ui.theme.tokens import Size, Space
from tracker.ui.widgets.field import TextArea


class ComposeArea(TextArea):
    """Emits `files_given` for files and `image_given` for a copied picture; Ctrl+Enter is `send_asked`."""

    files_given = Signal(list)
    """Paths of files that were pasted or dropped."""
    image_given = Signal(QByteArray)
    """A picture that was pasted or dropped, as PNG."""
    send_asked = Signal()

    def __init__(
        self, parent: QWidget | None = None, *, placeholder: str = "", lines: int = 1, most: int = 8
    ) -> None:
        super().__init__(parent, placeholder=placeholder, lines=lines)
        self._least, self._most = lines, most
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Ctrl+Enter; all else is typing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.send_asked.emit()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take files and pictures besides text."""
        return bool(local_files(source)) or source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Attach files; insert text; attach a picture where there is no text with it."""
        files = local_files(source)
        if files:
            self.files_given.emit(files)
        elif source.hasText():
            self.insertPlainText(source.text())
        elif source.hasImage():
            self.image_given.emit(_png(source.imageData()))

    def _grow(self) -> None:
        # QPlainTextEdit's document counts its height in lines.
        lines = min(max(round(self.document().size().height()), self._least), self._most)
        height = lines * self.fontMetrics().lineSpacing() + 2 * Space.S + 10
        self.setFixedHeight(max(height, Size.FIELD))


def local_files(source: QMimeData) -> list[Path]:
    """Return the files on this computer that were copied or dragged."""
    if not source.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]


def _png(picture: object) -> QByteArray:
    packed = QByteArray()
    if isinstance(picture, QImage):
        buffer = QBuffer(packed)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return packed
