"""The files that will be sent along: each can be taken away again, too large ones are refused in words."""

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tracker.model.attachment import LocalFile
from tracker.model.errors import TrackerError
from tracker.ui.flow import FlowLayout
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.under_way import UnderWay
from tracker.ui.widgets.buttons import IconButton
from tracker.ui.widgets.key_values import Glyph
from tracker.ui.widgets.text import ElidedText, Text

_MOST_FILES = 20


class AttachmentShelf(QWidget):
    """Copies files into the profile through the actions it is given; `files` are those that are there."""

    changed = Signal()
    """A file was added or taken away, or one that was being copied is now there."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._items: list[_Item] = []
        self.setAccessibleName(self.tr("Attached files"))
        self._flow = FlowLayout()
        self._said = Text("", self, style=TextStyle.SMALL, ink="late", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(self._flow)
        column.addWidget(self._said)
        self._tell("")

    @property
    def files(self) -> tuple[LocalFile, ...]:
        """The files that will be sent."""
        return tuple(item.file for item in self._items if item.file is not None)

    @property
    def is_copying(self) -> bool:
        """True while a file is still being copied into the profile."""
        return any(item.file is None for item in self._items)

    @property
    def said(self) -> str:
        """What is said about the last file that could not be attached."""
        return self._said.text()

    def limit_words(self) -> str:
        """Say how large a file may be, before anybody chooses one."""
        size = self._context.wording.size(self._context.view.attachment_limit())
        return self.tr("Files up to {size} each").format(size=size)

    def choose(self) -> None:
        """Let the person choose files."""
        dialog = QFileDialog(self, self.tr("Attach files"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_named)
        dialog.open()

    def add_named(self, names: list[str]) -> None:
        """Attach files by their paths."""
        self.add_files([Path(name) for name in names])

    def add_files(self, paths: list[Path]) -> None:
        """Attach files; what cannot be attached is said, the others are attached all the same."""
        self._tell("")
        for path in paths:
            wrong = self._wrong_with(path)
            if wrong:
                self._tell(wrong)
            else:
                self._attach(path, path.name)

    def add_image(self, png: QByteArray) -> None:
        """Attach a picture from the clipboard."""
        self._tell("")
        content = bytes(png.data())
        if not content:
            self._tell(self.tr("The picture could not be read."))
            return
        stamp = f"{self._context.clock().astimezone():%Y-%m-%d %H.%M.%S}"
        name = self.tr("Picture {time}").format(time=stamp) + ".png"
        if len(content) > self._context.view.attachment_limit():
            self._tell(self._too_large(name, len(content)))
        elif len(self._items) >= _MOST_FILES:
            self._tell(self._too_many())
        else:
            self._attach(content, name)

    def show_files(self, files: tuple[LocalFile, ...]) -> None:
        """Show these instead of those before, such as a draft's; none empties the shelf."""
        for item in list(self._items):
            item.copying.end()
            self._drop(item)
        for file in files:
            self._place(_Item(self._context, file.name, self)).arrived(file)
        self._tell("")

    def _wrong_with(self, path: Path) -> str:
        name = one_line(path.name, 80)
        if len(self._items) >= _MOST_FILES:
            return self._too_many()
        try:
            size = path.stat().st_size
            is_folder = path.is_dir()
        except OSError:
            return self.tr("“{name}” cannot be read.").format(name=name)
        if is_folder:
            return self.tr("“{name}” is a folder. Attach the files in it.").format(name=name)
        return self._too_large(name, size) if size > self._context.view.attachment_limit() else ""

    def _too_large(self, name: str, size: int) -> str:
        wording = self._context.wording
        return self.tr("“{name}” has {size}. The desk takes files up to {limit}.").format(
            name=name, size=wording.size(size), limit=wording.size(self._context.view.attachment_limit())
        )

    def _too_many(self) -> str:
        return self.tr("No more than {count} files at a time.").format(count=_MOST_FILES)

    def _attach(self, source: Path | bytes, name: str) -> None:
        item = self._place(_Item(self._context, name, self))

        def copied(answer: LocalFile | TrackerError) -> None:
            item.copying.cancel = None
            if isinstance(answer, TrackerError):
                self._drop(item)
                self._tell(str(answer))
            else:
                item.arrived(answer)
            self.changed.emit()

        cancel = self._context.actions.attach(source, name, copied)
        if item.file is None:
            item.copying.cancel = cancel

    def _place(self, item: "_Item") -> "_Item":
        item.remove_asked.connect(self._remove)
        self._items.append(item)
        self._flow.addWidget(item)
        item.show()
        self.show()
        self.updateGeometry()
        return item

    def _remove(self, item: "_Item") -> None:
        item.copying.end()
        self._drop(item)
        self._tell("")
        self.changed.emit()

    def _drop(self, item: "_Item") -> None:
        if item in self._items:
            self._items.remove(item)
            self._flow.removeWidget(item)
            item.hide()
            item.deleteLater()
            self.updateGeometry()

    def _tell(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self.setVisible(bool(words or self._items))


class _Item(QWidget):
    """One file with the button that takes it away."""

    remove_asked = Signal(object)

    def __init__(self, context: PageContext, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.file: LocalFile | None = None
        self.copying = UnderWay()
        self.destroyed.connect(self.copying.end)
        shown = one_line(name, 120)
        self.setAccessibleName(shown)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = ElidedText(shown, self, style=TextStyle.SMALL)
        self._size = Text(self.tr("being attached"), self, style=TextStyle.SMALL, ink="muted")
        remove = IconButton(context.theme, "x", self, name=self.tr("Take {name} away").format(name=shown))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XS)
        row.addWidget(Glyph(context.theme, "paperclip", self, ink="muted", size=Size.SMALL_ICON))
        row.addWidget(self._name, 1)
        row.addWidget(self._size)
        row.addWidget(remove)
        self._name.setMinimumWidth(min(self._name.fontMetrics().horizontalAdvance(shown) + 2, 220))
        remove.clicked.connect(self._ask)

    def arrived(self, file: LocalFile) -> None:
        """Show that the copy is there."""
        self.file = file
        self._size.setText(self._context.wording.size(file.size))

    def _ask(self) -> None:
        self.remove_asked.emit(self)
