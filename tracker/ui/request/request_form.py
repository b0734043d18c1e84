"""The form of a new request: service, one line, the story, the service's own questions, and files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tracker.model.catalogue import Service
from tracker.model.draft import NEW_REQUEST, Draft
from tracker.ui.page_context import PageContext
from tracker.ui.plain_text import one_line
from tracker.ui.request.compose_area import ComposeArea
from tracker.ui.request.form_fields import FormFields, Question
from tracker.ui.request.shelf import AttachmentShelf
from tracker.ui.theme.tokens import Space
from tracker.ui.theme.typography import TextStyle
from tracker.ui.widgets.buttons import Button
from tracker.ui.widgets.card import Card
from tracker.ui.widgets.field import Choice, LineEdit
from tracker.ui.widgets.text import Text


class RequestForm(Card):
    """Holds what is typed. `changed` on every edit, `service_chosen` when another service is asked."""

    changed = Signal()
    service_chosen = Signal()
    send_asked = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.theme, parent, title="")
        self.set_title(self.tr("Tell us what happens"))
        self._context = context
        self._services: tuple[Service, ...] = ()
        self._choice = Choice(self)
        self._service = Question(self.tr("Service"), self._choice, self)
        self._line = LineEdit(self, limit=200)
        self._subject = Question(self.tr("In one line"), self._line, self)
        self._area = ComposeArea(self, lines=4, most=16)
        self._story = Question(self.tr("What did you see? When did it start?"), self._area, self)
        today = context.wording.local_day(context.clock())
        self._fields = FormFields(context.theme, context.wording.locale, today, self)
        self._shelf = AttachmentShelf(context, self)
        self._attach = Button(context.theme, self.tr("Attach"), self, icon="paperclip")
        self._attach.setAccessibleName(self.tr("Attach files"))
        self._limit = Text(self._shelf.limit_words(), self, style=TextStyle.SMALL, ink="muted", wrap=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.body.setSpacing(Space.M)
        for part in (self._service, self._subject, self._story, self._fields, self._shelf):
            self.body.addWidget(part)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(self._attach, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._limit, 1)
        self.body.addLayout(row)

    def _connect(self) -> None:
        self._choice.currentIndexChanged.connect(self._ask_of_service)
        for edited in (
            self._line.textChanged,
            self._area.textChanged,
            self._fields.changed,
            self._shelf.changed,
        ):
            edited.connect(self.changed)
        # What was missing is not said any longer than it is.
        self._line.textChanged.connect(lambda: self._subject.set_error(""))
        self._choice.currentIndexChanged.connect(lambda: self._service.set_error(""))
        self._area.files_given.connect(self._shelf.add_files)
        self._area.image_given.connect(self._shelf.add_image)
        self._area.send_asked.connect(self.send_asked)
        self._attach.clicked.connect(self._shelf.choose)

    @property
    def service(self) -> Service | None:
        """The service that is chosen."""
        return next((one for one in self._services if one.id == self._choice.choice), None)

    @property
    def subject(self) -> str:
        """The one line."""
        return self._line.text()

    def set_subject(self, text: str) -> None:
        """Write the one line."""
        self._line.setText(one_line(text, 200))

    def show_services(self, services: tuple[Service, ...]) -> None:
        """Offer these services; the one that was chosen stays chosen."""
        if services == self._services:
            return
        chosen = self._choice.choice
        self._services = services
        self._choice.blockSignals(True)
        self._choice.set_choices(
            [("", self.tr("Choose a service")), *((one.id, one_line(one.name, 120)) for one in services)],
            chosen=chosen or (services[0].id if len(services) == 1 else ""),
        )
        for at, one in enumerate(services, start=1):
            self._choice.setItemData(
                at, one_line(one.description, 200), Qt.ItemDataRole.AccessibleDescriptionRole
            )
        self._choice.blockSignals(False)
        self._ask_of_service()

    def gather(self) -> Draft:
        """Return everything that is typed."""
        return Draft(
            NEW_REQUEST,
            self._area.toPlainText(),
            subject=self._line.text().strip(),
            service=self._choice.choice,
            fields=self._fields.values,
            files=self._shelf.files,
            saved_at=self._context.clock(),
        )

    def show_draft(self, draft: Draft) -> None:
        """Put a draft, or an empty one, into the form."""
        self._choice.choose(draft.service)
        self._line.setText(draft.subject)
        self._area.setPlainText(draft.text)
        service = self.service
        self._fields.show_answers(service.fields if service else (), draft.fields)
        self._shelf.show_files(draft.files)
        for field in (self._service, self._subject, self._story):
            field.set_error("")

    def check(self) -> bool:
        """Say next to each field what is wrong and go to the first; True if nothing is."""
        self._service.set_error(self._service_problem())
        subject = "" if self._line.text().strip() else self.tr("Say in one line what you need.")
        self._subject.set_error(subject)
        copying = self.tr("A file is still being attached.") if self._shelf.is_copying else ""
        self._story.set_error(copying)
        in_fields = self._fields.check()
        wrong = (
            (self._choice, self._service.error),
            (self._line, self._subject.error),
            (self._area, self._story.error),
            (in_fields, in_fields is not None),
        )
        first = next((editor for editor, problem in wrong if problem), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def attach(self, files: Sequence[Path]) -> None:
        """Attach these files; what cannot be attached is said under them."""
        self._shelf.add_files(list(files))

    def focus_first(self) -> None:
        """Put the keyboard where one starts."""
        self._choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _service_problem(self) -> str:
        if not self._services:
            return self.tr("The list of services has not been fetched yet. What you wrote is kept.")
        return "" if self.service is not None else self.tr("Choose a service.")

    def _ask_of_service(self) -> None:
        service = self.service
        self._fields.ask(service.fields if service else ())
        hint = one_line(service.description, 300) if service else ""
        self._service.set_hint(hint)
        self.service_chosen.emit()
        self.changed.emit()
