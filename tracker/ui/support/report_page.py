"""The report for IT: every file of it can be read here before the person saves it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QVBoxLayout, QWidget

from tracker.ui.flow import FlowLayout
from tracker.ui.plain_text import breakable
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.announce import announce
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.field import Choice, Field, TextArea
from tracker.ui.widgets.page import Breadcrumb, DetailPage
from tracker.ui.widgets.text import Text

if TYPE_CHECKING:
    from tracker.ui.support.values import ReportFile
    from tracker.ui.theme.theme import Theme

_NAME = "tracker-report.zip"


class ReportPage(DetailPage):
    """Shows the report. `save_asked` carries the path that was chosen for it."""

    save_asked = Signal(Path)

    def __init__(
        self, theme: Theme, came_from: str, files: tuple[ReportFile, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._files = theme, files
        title = self.tr("A report for IT")
        self.setAccessibleName(title)
        way_back = Breadcrumb(theme, came_from, title, self)
        way_back.back_asked.connect(self.back_asked)
        about = self.tr(
            "This is all that the report holds. Passwords are blanked; requests, chats and files are not in "
            "it. Nothing is sent: you save it, and give it to IT."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.PAGE - Space.XS, Space.PAGE, Space.PAGE)
        column.setSpacing(Space.M)
        column.addWidget(way_back)
        column.addWidget(Text(title, self, style=TextStyle.PAGE_TITLE, wrap=True))
        column.addWidget(Text(about, self, wrap=True))
        self._which = Choice(self)
        column.addWidget(Field(self.tr("File in the report"), self._which, self))
        column.addWidget(self._reading(), 1)
        self._news = Text("", self, wrap=True)
        self._news.hide()
        column.addWidget(self._news)
        column.addWidget(self._buttons())
        self._which.set_choices([(file.name, file.name) for file in files])
        self._which.currentIndexChanged.connect(self._show)
        self._show()
        self.setFocusProxy(self._which)

    def show_saved(self, path: Path) -> None:
        """Say where the report is."""
        self._say(self.tr("Saved: {path}").format(path=breakable(str(path))), "ok")

    def show_refused(self, sentence: str) -> None:
        """Say why it was not saved."""
        self._say(sentence, "late")

    def _say(self, words: str, ink: str) -> None:
        self._save.setEnabled(True)
        self._news.set_ink(ink)
        self._news.setText(words)
        self._news.show()
        announce(self, words)

    def _reading(self) -> TextArea:
        self._text = TextArea(self, lines=4)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Text of the file"))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF())
        self._text.setFont(fixed)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return self._text

    def _buttons(self) -> QWidget:
        row = QWidget(self)
        flow = FlowLayout(row)
        self._save = Button(self._theme, self.tr("&Save…"), row, kind=ButtonKind.PRIMARY, icon="save")
        self._save.clicked.connect(self._ask_where)
        leave = Button(self._theme, self.tr("&Close"), row)
        leave.clicked.connect(self.back_asked)
        flow.addWidget(self._save)
        flow.addWidget(leave)
        return row

    def _show(self) -> None:
        chosen = self._which.choice
        self._text.setPlainText(next((file.text for file in self._files if file.name == chosen), ""))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the report for IT"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # What is there is never replaced, so there is no question about it either.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setNameFilter(self.tr("Reports (*.zip)"))
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(_NAME)
        dialog.fileSelected.connect(self._save_as)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_as(self, path: str) -> None:
        self._save.setEnabled(False)
        self.save_asked.emit(Path(path))
