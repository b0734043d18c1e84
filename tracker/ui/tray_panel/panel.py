"""The panel at the tray icon: ask for help, and the requests that matter most, without the window."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QScreen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tracker.model.change import Change
from tracker.model.errors import TrackerError
from tracker.model.health import Condition, Health
from tracker.model.listing import Filter
from tracker.ui.minute_hand import MinuteHand
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import plain_tip
from tracker.ui.reading_order import put_in_order
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.tickets.card_look import CardLook, card_look
from tracker.ui.tray_panel.mini_card import MiniCard
from tracker.ui.tray_panel.panel_chat import PanelChat
from tracker.ui.tray_panel.place import panel_place
from tracker.ui.tray_panel.popup import PopupSheet
from tracker.ui.tray_panel.words import count_words, state_words
from tracker.ui.widgets.buttons import Button, ButtonKind
from tracker.ui.widgets.field import SearchField
from tracker.ui.widgets.text import Text

_WIDTH = 400
_MOST_CARDS = 4


class TrayPanel(PopupSheet):
    """Opens by `open_at`; Escape, or another window taking the keyboard, closes it."""

    opened = Signal(str)
    """The request whose page is wanted."""
    new_request_asked = Signal(str)
    """A new request is wanted; what was typed comes along."""
    chat_asked = Signal(str)
    """The chat that goes on is wanted, or one is to be started; what was typed comes along."""
    window_asked = Signal()

    def __init__(self, context: PageContext, name: str, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent)
        self._context = context
        self._health = Health()
        self._cards: list[MiniCard] = []
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self._name = Text(name, self, style=TextStyle.DATE)
        self._state = Text("", self, style=TextStyle.SMALL, ink="muted")
        self._search = SearchField(context.theme, self.tr("What do you need help with?"), self)
        self._new = Button(
            context.theme, self.tr("New request"), self, kind=ButtonKind.PRIMARY, icon="circle-plus"
        )
        self._chat = PanelChat(context, self)
        self._nothing = Text("", self, ink="muted", wrap=True)
        self._counts = Text("", self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._window = Button(context.theme, self.tr("Open window"), self, kind=ButtonKind.LINK)
        self._lay_out()
        self._search.returnPressed.connect(self._ask)
        self._new.clicked.connect(self._ask)
        self._window.clicked.connect(self._open_window)
        self._chat.asked.connect(self._open_chat)
        self._chat.grown.connect(self._fit)
        MinuteHand(self, context.clock).moved.connect(self._read)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        self._place_of_cards = QVBoxLayout()
        self._place_of_cards.setSpacing(Space.S)
        ways = QHBoxLayout()
        ways.setSpacing(Space.S)
        ways.addWidget(self._new, 3)
        ways.addWidget(self._chat.button, 2)
        foot = QHBoxLayout()
        foot.addWidget(self._counts, 1)
        foot.addWidget(self._window)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 18, 18, Space.M)
        column.setSpacing(Space.M)
        column.addLayout(head)
        column.addWidget(self._search)
        column.addLayout(ways)
        column.addWidget(self._chat.line)
        column.addWidget(self._chat.card)
        column.addLayout(self._place_of_cards)
        column.addWidget(self._nothing)
        column.addLayout(foot)
        self._nothing.hide()
        self._state.hide()

    # What others tell the panel

    def open_at(self, icon: QRect) -> None:
        """Open at the tray icon; an empty rectangle where the desktop does not tell its place."""
        self._read()
        self._chat.ask_wait()
        self._fit()
        screen = self._screen_of(icon)
        backwards = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.move(
            panel_place(icon, screen.geometry(), screen.availableGeometry(), self.size(), backwards=backwards)
        )
        self.show()
        self.raise_()
        self.activateWindow()
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def refresh(self, change: Change) -> None:
        """Read again what a commit touched, while the panel is open."""
        if self.isVisible() and (change.tickets or change.outbox or change.chats or change.everything):
            self._read()
            self._fit()

    def show_health(self, health: Health) -> None:
        """Say how the connection is."""
        self._health = health
        self._show_state()

    # Showing

    def _read(self) -> None:
        view = self._context.view
        self._chat.refresh()
        try:
            names = view.tickets(Filter.OPEN)[:_MOST_CARDS]
            tracks = view.tracks(names, self._context.clock())
            counts = view.counts()
        except TrackerError as error:
            self._show_cards([])
            self._say_nothing(str(error))
            return
        unread = view.talks.all_unread()
        wording = self._context.wording
        self._show_cards(
            [card_look(track, wording, unread=unread.get(track.ticket.id, 0)) for track in tracks]
        )
        self._say_nothing("" if tracks else self.tr("No open requests."))
        self._counts.setText(count_words(counts, self._context.wording))
        self._show_state()

    def _show_cards(self, looks: list[CardLook]) -> None:
        focused = next((card.look.ticket for card in self._cards if card.hasFocus()), None)
        for card in self._cards:
            self._place_of_cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [MiniCard(self._context.theme, look, self) for look in looks]
        for card in self._cards:
            self._place_of_cards.addWidget(card)
            card.show()  # now: the panel is measured next
            card.clicked.connect(self._open_card)
            if card.look.ticket == focused:
                card.setFocus(Qt.FocusReason.OtherFocusReason)
        first: list[QWidget] = [self._name, self._state, self._search, self._new, *self._chat.parts]
        put_in_order([*first, *self._cards, self._nothing, self._counts, self._window])

    def _say_nothing(self, words: str) -> None:
        self._nothing.setText(words)
        self._nothing.setVisible(bool(words))

    def _show_state(self) -> None:
        words = state_words(self._health, self._context.wording)
        self._state.setText(f"● {words}")
        self._state.setAccessibleName(words)
        self._state.setToolTip(plain_tip(self._health.sentence))
        self._state.set_ink("ok" if self._health.condition is Condition.OK else "muted")
        self._state.show()

    def _fit(self) -> None:
        width = round(_WIDTH * self._context.theme.type.scale)
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout is not None else self.sizeHint().height()
        free = self._screen_of(QRect()).availableGeometry()
        self.resize(QSize(min(width, free.width()), min(height, free.height())))

    def _screen_of(self, icon: QRect) -> QScreen:
        point = icon.center() if not icon.isEmpty() else QCursor.pos()
        return QGuiApplication.screenAt(point) or QGuiApplication.primaryScreen()

    # What the person does

    def _ask(self) -> None:
        self.new_request_asked.emit(self._take_words())

    def _take_words(self) -> str:
        """Give what was typed, and close."""
        words = self._search.text().strip()
        self._search.clear()
        self.hide()
        return words

    def _open_card(self) -> None:
        card = self.sender()
        if isinstance(card, MiniCard):
            self.hide()
            self.opened.emit(card.look.ticket)

    def _open_chat(self) -> None:
        self.chat_asked.emit(self._take_words())

    def _open_window(self) -> None:
        self.hide()
        self.window_asked.emit()
