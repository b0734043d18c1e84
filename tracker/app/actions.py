"""What the pages may ask for, carried over to the sync thread and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.app.chat_actions import ProgramChatActions
from tracker.app.chat_server_actions import ProgramChatServer
from tracker.app.company_actions import ProgramCompanySignIn
from tracker.model.errors import TrackerError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future
    from pathlib import Path

    from tracker.app.starting import Starting
    from tracker.core.program import Program
    from tracker.host.settings import DeskChoice, Settings
    from tracker.model.attachment import Attachment, LocalFile
    from tracker.model.calendar_entry import CalendarWords
    from tracker.model.catalogue import Answer
    from tracker.model.command import Command, CommandId
    from tracker.model.draft import Draft
    from tracker.model.focus import Focus
    from tracker.model.ticket import TicketId
    from tracker.model.window import Slot
    from tracker.ui.bridge import Bridge
    from tracker.ui.ports import Cancel, Then

T = TypeVar("T")

_LARGEST_DOWNLOAD = 1024 * 1024 * 1024


class ProgramActions:
    """`Actions` on a program that may still be starting: what is asked before is done when it runs.

    `chat_server` is for the settings alone, `company` for the sign-in page.
    """

    def __init__(self, starting: Starting, bridge: Bridge) -> None:
        self._starting = starting
        self._bridge = bridge
        self._chat = ProgramChatActions(self._ask)
        self.chat_server = ProgramChatServer(self._ask, bridge)
        self.company = ProgramCompanySignIn(self._ask, bridge)

    @property
    def chat(self) -> ProgramChatActions:
        """What can be asked for in a chat."""
        return self._chat

    def submit(self, command: Command) -> None:
        """Put it in the outbox."""
        self._do(lambda program: program.engine.letters.submit(command))

    def save_draft(self, draft: Draft) -> None:
        """Keep what is being typed."""
        self._do(lambda program: program.engine.letters.save_draft(draft))

    def drop_draft(self, key: str) -> None:
        """Forget a draft."""
        self._do(lambda program: program.engine.letters.drop_draft(key))

    def retry(self, command: CommandId) -> None:
        """Send again."""
        self._do(lambda program: program.engine.letters.retry(command))

    def discard(self, command: CommandId) -> None:
        """Forget an unsent command."""
        self._do(lambda program: program.engine.letters.discard(command))

    def edit(self, command: CommandId) -> None:
        """Take an unsent command back into a draft."""
        self._do(lambda program: program.engine.letters.edit(command))

    def attach(self, source: Path | bytes, name: str, then: Then[LocalFile]) -> Cancel:
        """Copy a file, or pasted bytes, into the profile."""

        async def copy(program: Program) -> LocalFile:
            from anyio.to_thread import run_sync

            from tracker.host.files import keep_outgoing
            from tracker.store import meta

            limit = meta.attachment_limit(program.engine.connection)
            folder = program.paths.outgoing
            return await run_sync(partial(keep_outgoing, source, name, folder=folder, limit=limit))

        return self._ask(copy, then)

    def download(
        self,
        ticket: TicketId,
        attachment: Attachment,
        folder: Path,
        progress: Callable[[int], None],
        then: Then[Path],
    ) -> Cancel:
        """Save a file from the desk into a folder."""

        async def fetch(program: Program) -> Path:
            from tracker.sync.transfers import Destination, download

            settings = program.settings
            origin = settings.desk.url if settings.desk else ""
            return await download(
                program.engine.chats.desk_with(attachment),
                program.engine.outbox.resolve(ticket),
                attachment,
                to=Destination(folder, origin, _LARGEST_DOWNLOAD),
                progress=lambda size: self._bridge.call(partial(progress, size)),
            )

        return self._ask(fetch, then)

    def answers(self, words: str, then: Then[tuple[Answer, ...]]) -> Cancel:
        """Search the desk's knowledge base."""

        async def search(program: Program) -> tuple[Answer, ...]:
            return await program.engine.required_desk().answers(words)

        return self._ask(search, then)

    def slots(self, ticket: TicketId, then: Then[tuple[Slot, ...]]) -> Cancel:
        """Ask the desk which times it offers for a visit."""

        async def ask(program: Program) -> tuple[Slot, ...]:
            engine = program.engine
            return await engine.required_desk().slots(engine.outbox.resolve(ticket))

        return self._ask(ask, then)

    def to_calendar(
        self, ticket: TicketId, words: CalendarWords, to: Path | None, then: Then[Path]
    ) -> Cancel:
        """Write a visit as a file for calendars."""

        async def write(program: Program) -> Path:
            from tracker.core.visit_calendar import write_visit

            return await write_visit(program, ticket, words, to)

        return self._ask(write, then)

    def read(self, ticket: TicketId) -> None:
        """Note that the person has seen this request."""
        self._do(lambda program: program.engine.read(ticket))

    def read_notices(self) -> None:
        """Note that the person has seen the whole list."""
        self._do(lambda program: program.engine.read(None))

    def attend(self, focus: Focus) -> None:
        """Say what is on the screen."""
        self._do(lambda program: program.engine.attend(focus))

    def check_now(self) -> None:
        """Ask the desk now."""
        self._do(lambda program: program.engine.check_now())

    # What the window itself asks for, beyond the pages' port

    def keeps_preferences(self, then: Then[bool]) -> Cancel:
        """Ask whether the desk keeps how the person wants to be told; false while nobody knows."""

        async def look(program: Program) -> bool:
            from tracker.desks.base import Capability

            desk = program.engine.desk
            return desk is not None and Capability.PREFERENCES in desk.capabilities

        return self._ask(look, then)

    def save_settings(self, settings: Settings, shown: Settings) -> None:
        """Keep new settings."""
        self._do(lambda program: program.save_settings(settings, shown=shown))

    def run(self, work: Callable[[], object]) -> None:
        """Do something that touches the disk; what goes wrong is told in the window."""
        self._do(lambda _program: work())

    def sign_in(self, choice: DeskChoice, kind: str, secret: str, then: Then[str]) -> Cancel:
        """Sign in; the answer is a remark about how the secret is kept, or nothing."""

        async def prove(program: Program) -> str:
            from tracker.core.signing import sign_in
            from tracker.desks.base import Secret, SecretKind

            return await sign_in(program, choice, Secret(SecretKind(kind), secret)) or ""

        return self._ask(prove, then)

    def sign_out(self, then: Then[str]) -> Cancel:
        """Sign out; the answer is a remark if something may be left, or nothing."""

        async def leave(program: Program) -> str:
            from tracker.core.signing import sign_out

            return await sign_out(program)

        return self._ask(leave, then)

    def sign_in_to_proxy(self, proxy: str, name: str, password: str, then: Then[str]) -> Cancel:
        """Keep who the person is at a proxy, and try it; the answer is the proxy."""

        async def keep(program: Program) -> str:
            from tracker.core.proxy_account import sign_in_to_proxy
            from tracker.desks.network import ProxyLogin

            return await sign_in_to_proxy(program, ProxyLogin(name, password), proxy)

        return self._ask(keep, then)

    def _do(self, act: Callable[[Program], object]) -> None:
        """Do it on the sync thread; what goes wrong is told in the window."""
        self._starting.when_ready(
            lambda program: program.service.do(partial(act, program)).add_done_callback(self._report)
        )

    def _report(self, done: Future[object]) -> None:
        if done.cancelled():
            return
        error = done.exception()
        if isinstance(error, TrackerError):
            self._bridge.trouble.emit(str(error))
        elif error is not None:
            self._bridge.fault.emit(error)

    def _ask(self, ask: Callable[[Program], Awaitable[T]], then: Then[T]) -> Cancel:
        """Ask on the sync thread; the answer comes back on the UI thread, unless it is cancelled."""
        waiting = _Waiting(then, self._bridge)
        self._starting.when_ready(lambda program: waiting.follow(program.service.call(partial(ask, program))))
        return waiting.cancel


class _Waiting(Generic[T]):
    """One question on its way; used on the UI thread."""

    def __init__(self, then: Then[T], bridge: Bridge) -> None:
        self._then: Then[T] | None = then
        self._bridge = bridge
        self._asked: Future[T] | None = None

    def follow(self, asked: Future[T]) -> None:
        """Wait for this answer."""
        self._asked = asked
        if self._then is None:
            asked.cancel()
            return
        asked.add_done_callback(lambda done: self._bridge.call(partial(self._answer, done)))

    def cancel(self) -> None:
        """Ask no longer."""
        self._then = None
        if self._asked is not None:
            self._asked.cancel()

    def _answer(self, done: Future[T]) -> None:
        then, self._then = self._then, None
        if then is None or done.cancelled():
            return
        error = done.exception()
        if error is None:
            then(done.result())
        elif isinstance(error, TrackerError):
            then(error)
        else:
            self._bridge.fault.emit(error)
            then(TrackerError("Something went wrong in Tracker. Try again."))
