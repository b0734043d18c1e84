"""Answers of the desk's knowledge base to what is being typed: titles that unfold into the article."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from tracker.model.catalogue import Answer
from tracker.model.errors import TrackerError
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.ports import Cancel
from tracker.ui.run_text import Paragraph, Run
from tracker.ui.safe_links import ask_to_open
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.tokens import Size, Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.timeline.message_text import MessageText
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.card import Card

_ASK_AFTER_MS = 350
_SHORTEST = 3
_MOST = 5


class AnswersCard(Card):
    """Asks the desk when typing pauses; hidden while there are no answers. A newer question ends an older."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, title="")
        self.set_title(self.tr("People solved this with"))
        self._context = context
        self._question = _Question()
        self.destroyed.connect(self._question.end)
        self._items: list[AnswerItem] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_ASK_AFTER_MS)
        self._pause.timeout.connect(self._ask)
        self.hide()

    def look_for(self, words: str) -> None:
        """Look for answers to these words in a moment, unless more is typed."""
        words = words.strip()
        if words == self._question.words:
            return
        self._question.end()
        self._question.words = words
        if len(words) < _SHORTEST:
            self._pause.stop()
            self.show_answers(())
        else:
            self._pause.start()

    def show_answers(self, answers: tuple[Answer, ...]) -> None:
        """Show these answers instead of those before."""
        for item in self._items:
            self.body.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._items = [AnswerItem(self._context, answer, self) for answer in answers[:_MOST]]
        for item in self._items:
            self.body.addWidget(item)
        self.setVisible(bool(self._items))

    def _ask(self) -> None:
        words = self._question.words

        def told(answer: tuple[Answer, ...] | TrackerError) -> None:
            if words == self._question.words:
                self._question.cancel = None
                # No answers are no harm: the form is right beside. A failure is not worth a sentence here.
                self.show_answers(() if isinstance(answer, TrackerError) else answer)

        self._question.cancel = self._context.actions.answers(words, told)


@dataclass
class _Question:
    """Outlives the card, so that a card that goes can still end its question."""

    words: str = ""
    cancel: Cancel | None = None

    def end(self) -> None:
        cancel, self.cancel = self.cancel, None
        if cancel is not None:
            cancel()


class AnswerItem(QWidget):
    """One article: its title is a button that unfolds the text."""

    def __init__(self, context: PageContext, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._answer = context, answer
        self._text: MessageText | None = None
        self.title = TitleButton(context.theme, one_line(answer.title, 200), self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.XS)
        self._column.addWidget(self.title)
        self.title.toggled.connect(self._unfold)

    def _unfold(self, unfold: bool) -> None:
        if self._text is None:
            self._make_text()
        for part in self._parts:
            part.setVisible(unfold)

    def _make_text(self) -> None:
        answer = self._answer
        body = answer.body.strip() or answer.summary.strip() or self.tr("The article has no text.")
        self._text = MessageText(self._context.theme, body, self)
        self._text.link_asked.connect(self._open)
        self._text.unfold()
        self._parts: list[QWidget] = [self._text]
        if answer.url:
            more = Button(self._context.theme, self.tr("Read it in the browser"), self, kind=ButtonKind.LINK)
            more.clicked.connect(self._open_article)
            self._parts.append(more)
        for part in self._parts:
            self._column.addWidget(part)

    def _open_article(self) -> None:
        self._open(self._answer.url or "")

    def _open(self, address: str) -> None:
        ask_to_open(self._context, self, address)


class TitleButton(QAbstractButton):
    """A title over as many lines as it needs, behind a book; pressing it folds and unfolds."""

    grown = Signal()

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paragraph = Paragraph(theme, (Run(text, TextStyle.BODY),))
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._paragraph.forget_fonts)

    def hasHeightForWidth(self) -> bool:
        """Return that its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the title at a width."""
        return max(self._paragraph.height(width - self._indent), Size.TARGET)

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(240, Size.TARGET)

    def minimumSizeHint(self) -> QSize:
        """Return that it can be narrow."""
        return QSize(80, QFontMetrics(self._theme.font(TextStyle.BODY)).height())

    @property
    def _indent(self) -> int:
        return self._icon + Space.S

    @property
    def _icon(self) -> int:
        return self._theme.type.scaled(Size.SMALL_ICON)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the book and the title."""
        painter = QPainter(self)
        backwards = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width = self.width() - self._indent
        height = self._paragraph.height(width)
        icon = self._theme.pixmap("book-open", "text", self._icon, self.devicePixelRatioF())
        line = QFontMetrics(self._theme.font(TextStyle.BODY)).height()
        top = (self.height() - height) // 2
        x = self.width() - self._icon if backwards else 0
        painter.drawPixmap(x, top + (line - self._icon) // 2, icon)
        start = self.rect().topLeft().toPointF()
        start.setX(0 if backwards else self._indent)
        start.setY(top)
        self._paragraph.paint(painter, start, width, self.layoutDirection())
        painter.end()
