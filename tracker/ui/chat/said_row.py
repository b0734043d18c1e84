"""One message: its bubble, its files, who wrote it, when, how far it has got, and what to do if it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from tracker.model.attachment import Attachment
from tracker.ui.chat.bubble import Bubble
from tracker.ui.chat.file_bubble import FileBubble
from tracker.ui.chat.rows import TalkRow, is_failed
from tracker.ui.chat.said_parts import AVATAR, BESIDE, SIDE, choices_for, room, sizes_of
from tracker.ui.chat.words import is_remark, mark, name_of, read_out, said, under
from tracker.ui.plain_text import plain_tip
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.avatar import Avatar
from tracker.ui.widgets.buttons import Button, ButtonKind

if TYPE_CHECKING:
    from tracker.model.ticket import TicketId
    from tracker.ui.page_context import PageContext

_WRAP = Qt.TextFlag.TextWordWrap


class SaidRow(QWidget):
    """The arrow keys of the conversation lead to it; its text takes the keyboard where it has one."""

    link_asked = Signal(str)
    sending_asked = Signal(str, str)
    """The command, and RETRY, EDIT or DISCARD."""
    grown = Signal()
    """It needs another height."""

    def __init__(
        self, context: PageContext, ticket: TicketId, row: TalkRow, parent: QWidget, *, online: bool
    ) -> None:
        super().__init__(parent)
        self._context, self._row, self._online = context, row, online
        self._percent: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._sized: tuple[int, list[QSize]] | None = None
        self.grown.connect(self._size_anew)  # before whoever asks for the new height
        self._bubble: Bubble | None = None
        self._avatar: Avatar | None = None
        self._parts: list[QWidget] = []
        text = said(row)
        if text:
            self._bubble = self._add_text(text, is_remark=is_remark(row))
        self._add_files(ticket)
        choices = choices_for(row, self, context.theme, online=online, asked=self.sending_asked.emit)
        if choices is not None:
            self._parts.append(choices)
        if self._bubble is not None:
            self.setFocusProxy(self._bubble)
        self._tell()

    @property
    def is_plain(self) -> bool:
        """True while it is one bubble with all of its text: then it can show another such message."""
        return self._parts == [self._bubble] and self._bubble is not None and not self._bubble.is_folded

    def show_row(self, row: TalkRow, *, online: bool) -> bool:
        """Show another message; False if that needs more than one bubble, or there is more here."""
        text = said(row)
        if not self.is_plain or self._bubble is None or not text or row.attachments or row.command:
            return False
        self._row, self._online = row, online
        self._bubble.show_words(text, own=row.own, remark=is_remark(row))
        self._tell()
        self._sized = None
        self.setAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent)  # its parts are placed when it is shown
        return not self._bubble.is_folded

    def show_percent(self, percent: int | None) -> None:
        """Say how much of its files has gone; None: none of them is on its way now."""
        if percent == self._percent:
            return
        self._percent = percent
        had_words = bool(self._under)
        self._tell()
        if bool(self._under) != had_words:
            self.grown.emit()
        self.update()

    def _tell(self) -> None:
        """Say who wrote it and when, and all of it to assistive technology."""
        row, wording = self._row, self._context.wording
        tells = self._tells(row) or self._percent is not None
        state = mark(row, wording, online=self._online, percent=self._percent) if row.own else ""
        self._under = under(row, wording, state) if tells else ""
        self._show_avatar(name_of(row) if row.first and not row.own else "")
        exact = wording.exact(row.at)
        words = read_out(row, wording, state=state, exact=exact)
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(exact))
        if self._bubble is not None:
            self._bubble.setAccessibleName(words)

    def _show_avatar(self, name: str) -> None:
        if self._avatar is not None:
            self._avatar.setVisible(bool(name))
        if self._avatar is not None and name:
            self._avatar.show_person(name)
        elif name:
            self._avatar = Avatar(self._context.theme, name, self, size=AVATAR)

    @property
    def words_under(self) -> str:
        """The small words under it, "" for none."""
        return self._under

    @property
    def bubble(self) -> Bubble | None:
        """The bubble with its text, None where there are only files."""
        return self._bubble

    def mark(self, words: str) -> None:
        """Show where these words stand in it."""
        if self._bubble is not None:
            self._bubble.mark(words)

    # Making it

    @staticmethod
    def _tells(row: TalkRow) -> bool:
        changed = row.message is not None and row.message.changed_at is not None
        return row.last or changed or is_failed(row)

    def _add_text(self, text: str, *, is_remark: bool) -> Bubble:
        bubble = Bubble(self._context.theme, text, self, own=self._row.own, remark=is_remark)
        bubble.link_asked.connect(self.link_asked)
        self._parts.append(bubble)
        if bubble.is_folded:
            more = Button(self._context.theme, self.tr("Show all of it"), self, kind=ButtonKind.LINK)

            def unfold() -> None:
                bubble.unfold()
                more.hide()
                self.grown.emit()

            more.clicked.connect(unfold)
            self._parts.append(more)
        return bubble

    def _add_files(self, ticket: TicketId) -> None:
        there = [(each, True) for each in self._row.attachments]
        going = [(Attachment(each.key, each.name, each.size, each.mime), False) for each in self._row.files]
        for attachment, is_there in (*there, *going):
            bubble = FileBubble(self._context, ticket, attachment, self, own=self._row.own, is_there=is_there)
            bubble.grown.connect(self.grown)
            self._parts.append(bubble)

    # Its places

    def _size_anew(self) -> None:
        self._sized = None
        self._place()

    def _sizes(self, width: int) -> list[QSize]:
        if self._sized is None or self._sized[0] != width:
            self._sized = (width, sizes_of(self._parts, width))
        return self._sized[1]

    @property
    def _above(self) -> int:
        return Space.M + 2 if self._row.first else Space.XS

    def _under_height(self, width: int) -> int:
        if not self._under:
            return 0
        metrics = QFontMetrics(self._context.theme.font(TextStyle.SMALL))
        return metrics.boundingRect(QRect(0, 0, room(width), 10_000), _WRAP, self._under).height()

    def heightForWidth(self, width: int) -> int:
        """Return the height all of it needs."""
        parts = sum(size.height() + Space.XS for size in self._sizes(width) if size.height())
        under = self._under_height(width)
        face = AVATAR if self._avatar is not None and not self._avatar.isHidden() else 0
        return self._above + max(parts + (under + 2 if under else 0), face)

    def sizeHint(self) -> QSize:
        """Return a size it can have."""
        return QSize(400, self.heightForWidth(400))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put everything in its place."""
        self._place()

    def _place(self) -> None:
        width, top = self.width(), self._above
        if self._avatar is not None:
            self._avatar.setGeometry(self._mirrored(QRect(SIDE, top, AVATAR, AVATAR)))
        for part, size in zip(self._parts, self._sizes(width), strict=True):
            if size.height():
                part.setGeometry(
                    self._mirrored(QRect(self._left(size.width()), top, size.width(), size.height()))
                )
                top += size.height() + Space.XS
        self._under_top = top

    def _left(self, wide: int) -> int:
        return self.width() - SIDE - wide if self._row.own else SIDE + BESIDE

    def _mirrored(self, rect: QRect) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words under the bubble."""
        if not self._under:
            return
        painter = QPainter(self)
        painter.setFont(self._context.theme.font(TextStyle.SMALL))
        painter.setPen(self._context.theme.colour("late" if is_failed(self._row) else "muted"))
        wide = room(self.width())
        area = self._mirrored(
            QRect(self._left(wide), self._under_top, wide, self._under_height(self.width()))
        )
        side = Qt.AlignmentFlag.AlignTrailing if self._row.own else Qt.AlignmentFlag.AlignLeading
        aligned = QStyle.visualAlignment(self.layoutDirection(), side) | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(area, int(aligned) | int(_WRAP), self._under)
        painter.end()
