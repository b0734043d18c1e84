"""A text laid out for painting, in which places can be found, words selected and links followed."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from tracker.ui.plain_text import Link, links, utf16_length
from tracker.ui.theme.theme import Theme
from tracker.ui.theme.typography import TextStyle

_WHOLE_LINES = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


class WrittenText:
    """Plain text whose web and mail addresses are links; it breaks anywhere if a word is too long."""

    def __init__(self, theme: Theme, text: str, *, on_accent: bool = False) -> None:
        """`on_accent`: it stands on the accent colour."""
        self._theme, self._text = theme, text
        self._on_accent = on_accent
        self._marked: tuple[tuple[int, int], ...] = ()
        self._document = QTextDocument()
        self._cursor = QTextCursor(self._document)
        self._links: tuple[Link, ...] = ()
        self._at_link = -1
        self._heights: dict[int, int] = {}
        self.write(text)

    def write(self, text: str, *, on_accent: bool | None = None) -> None:
        """Hold another text, in the colours and fonts of the present look.

        `on_accent`: on which ground from now on, with nothing marked or selected (None: as before).
        """
        self._text = text
        if on_accent is not None:
            self._on_accent, self._marked = on_accent, ()
            self.select_nothing()
        document = self._document
        document.clear()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        document.setDefaultFont(self._theme.font(TextStyle.BODY))
        option = QTextOption()
        option.setWrapMode(_WHOLE_LINES)
        document.setDefaultTextOption(option)
        self._links = links(text)
        linked, plain = self._link_format(), QTextCharFormat()
        cursor, end = QTextCursor(document), 0
        cursor.beginEditBlock()
        for link in self._links:
            cursor.insertText(text[end : link.start], plain)
            linked.setAnchorHref(link.address)
            cursor.insertText(text[link.start : link.end], linked)
            end = link.end
        cursor.insertText(text[end:], plain)
        cursor.endEditBlock()
        self._heights.clear()

    def _link_format(self) -> QTextCharFormat:
        linked = QTextCharFormat()
        linked.setForeground(self._theme.colour("on_accent" if self._on_accent else "accent"))
        linked.setFontUnderline(True)
        linked.setAnchor(True)
        return linked

    def height(self, width: int) -> int:
        """Return how high the text is at a width."""
        if width not in self._heights:
            self._document.setTextWidth(max(width, 1))
            self._heights[width] = round(self._document.size().height() + 0.5)
        return self._heights[width]

    def natural_width(self, most: int) -> int:
        """Return how wide the text is where it may be at most this wide."""
        self._fit(most)
        return min(round(self._document.idealWidth() + 1), most)

    def mark(self, words: str) -> None:
        """Show where these words stand in the text, whatever their case; "" marks nothing."""
        wanted, found, at = words.casefold(), [], -1
        folded = self._text.casefold()
        while wanted and len(folded) == len(self._text) and (at := folded.find(wanted, at + 1)) >= 0:
            start = utf16_length(self._text[:at])
            found.append((start, start + utf16_length(self._text[at : at + len(wanted)])))
        self._marked = tuple(found)

    def paint(self, painter: QPainter, width: int, palette: QPalette) -> None:
        """Paint the text and what is selected in it at the painter's origin."""
        self._fit(width)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = palette
        plain = "on_accent" if self._on_accent else "text"
        context.palette.setColor(QPalette.ColorRole.Text, self._theme.colour(plain))
        shown = [self._shown_as(self._at(*place), "text", "warn_soft") for place in self._marked]
        if self._cursor.hasSelection():
            inks = ("accent", "on_accent") if self._on_accent else ("on_accent", "accent")
            shown.append(self._shown_as(self._cursor, *inks))
        context.selections = shown
        self._document.documentLayout().draw(painter, context)

    def _at(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _shown_as(self, cursor: QTextCursor, ink: str, ground: str) -> QAbstractTextDocumentLayout.Selection:
        shown = QAbstractTextDocumentLayout.Selection()
        shown.cursor = cursor
        shown.format = QTextCharFormat()
        warn = QColor(self._theme.tokens.warn.soft)
        shown.format.setBackground(warn if ground == "warn_soft" else self._theme.colour(ground))
        shown.format.setForeground(self._theme.colour(ink))
        return shown

    # Selecting

    @property
    def selected(self) -> str:
        """The text that is selected, "" if none is."""
        return self._cursor.selectedText().replace("\u2029", "\n")

    def select_to(self, point: QPointF, width: int, *, keep: bool) -> None:
        """Move the end of the selection to a place; without `keep` a new selection begins there."""
        self._fit(width)
        at = self._document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        mode = QTextCursor.MoveMode.KeepAnchor if keep else QTextCursor.MoveMode.MoveAnchor
        self._cursor.setPosition(max(at, 0), mode)

    def select_word(self) -> None:
        """Select the word at the last place."""
        self._cursor.select(QTextCursor.SelectionType.WordUnderCursor)

    def select_all(self) -> None:
        """Select everything."""
        self._cursor.select(QTextCursor.SelectionType.Document)

    def select_nothing(self) -> None:
        """Forget the selection."""
        self._at_link = -1
        self._cursor.clearSelection()

    # Links

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses in the text, each once, in order."""
        return tuple(dict.fromkeys(link.address for link in self._links))

    def address_at(self, point: QPointF, width: int) -> str:
        """Return the address of the link at a place, "" if there is none."""
        self._fit(width)
        return self._document.documentLayout().anchorAt(point)

    def select_link(self, step: int) -> None:
        """Select the next link (1) or the one before (-1), round and round."""
        if not self._links:
            return
        self._at_link = (self._at_link + step) % len(self._links)
        link = self._links[self._at_link]
        start = utf16_length(self._text[: link.start])
        self._cursor.setPosition(start)
        end = start + utf16_length(self._text[link.start : link.end])
        self._cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)

    @property
    def chosen_address(self) -> str:
        """The address of the link that was selected by keyboard, or of the only one; else ""."""
        if len(self.addresses) == 1:
            return self.addresses[0]
        return self._links[self._at_link].address if 0 <= self._at_link < len(self._links) else ""

    def _fit(self, width: int) -> None:
        if self._document.textWidth() != max(width, 1):
            self._document.setTextWidth(max(width, 1))
