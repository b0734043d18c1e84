"""One profile at work: its parts built, started and stopped in order."""

import logging
import os
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

import anyio

from tracker.core.fan_out import FanOut
from tracker.core.keeping import KeptSettings
from tracker.core.networking import network_of, start_over_elsewhere
from tracker.core.policy_desk import options_for, options_in_use
from tracker.core.proxy_signing import ProxySecret
from tracker.core.secret_keeping import CHAT, DeskSecret
from tracker.core.sweeping import sweep_outgoing
from tracker.desks.base import Desk, DeskConfig, SecretSource
from tracker.desks.network import Network
from tracker.desks.polling import Pace
from tracker.host.errors import HostError
from tracker.host.handover import serve
from tracker.host.handover_line import Handle
from tracker.host.instance import socket_address
from tracker.host.paths import ProfilePaths
from tracker.host.policy.policy import Policy
from tracker.host.policy.reading import read_policy
from tracker.host.redaction import Redactor
from tracker.host.secrets import Secrets
from tracker.host.settings import DeskChoice, Settings
from tracker.model.change import Change
from tracker.model.errors import DeskError
from tracker.model.health import Condition
from tracker.model.telling import NotifySettings
from tracker.store.errors import Damaged
from tracker.store.rescue import Rescue, open_or_rebuild
from tracker.sync.checkpoint import Checkpoint, pass_by
from tracker.sync.engine import Engine, Surroundings
from tracker.sync.health_board import HealthBoard
from tracker.sync.herald import Wishes
from tracker.sync.listener import Listener
from tracker.sync.service import SyncService
from tracker.sync.timekeeper import Timekeeper

_log = logging.getLogger(__name__)

_REBUILDS = 3
"""So often in one run a damaged store is rebuilt: a disk that goes on failing needs IT, not us."""
_ENDED = (
    "Your requests are not kept up to date any more. Quit Tracker and start it again; "
    "if this comes back, tell IT: the disk may be failing."
)

DeskFactory = Callable[[DeskConfig, SecretSource], Desk]


@dataclass(frozen=True, slots=True)
class Options:
    """What is different in tests, in the demo and in a single command.

    `pace`: a fixed asking interval in seconds; `follow_at_start` false: the first question follows the desk.
    `redactor` is the log's own, so that it learns each secret before anything can be logged of it.
    """

    open_desk: DeskFactory
    pace: float | None = None
    checkpoint: Checkpoint = pass_by
    follow_at_start: bool = True
    environment: Mapping[str, str] | None = None
    redactor: Redactor = field(default_factory=Redactor)


class Program:
    """Holds one profile, whose lock the caller has. Made and stopped by the caller; works on its own thread.

    `engine` and the secrets are for the sync thread alone, between `start` and `stop`.
    """

    engine: Engine
    secret: DeskSecret
    chat_secret: DeskSecret
    proxy_secret: ProxySecret

    def __init__(self, paths: ProfilePaths, listener: Listener, options: Options) -> None:
        self.paths = paths
        self.options = options
        self.listeners = FanOut(listener)
        self.service = SyncService()
        self._kept = KeptSettings(paths, read_policy(options.environment))
        self.time = Timekeeper()
        self._preferences_changed: Callable[[], None] = lambda: None

    @property
    def settings(self) -> Settings:
        """What counts: the person's choices, under what IT has set."""
        return self._kept.now

    @property
    def policy(self) -> Policy:
        """What IT has set."""
        return self._kept.policy

    def start(self, handle: Handle | None = None) -> None:
        """Start the sync thread; `handle` answers commands that are started beside this program.

        Returns when the store is open. Raises `StoreError` or `HostError` when it cannot be.
        """
        ready: Future[None] = Future()
        self.service.start(partial(self._run, ready, handle))
        try:
            ready.result()
        except BaseException:
            self.service.stop()
            raise

    def stop(self) -> None:
        """Stop in order: no more commands, the desk, the thread, the store."""
        self.service.stop()

    def save_settings(self, settings: Settings, *, shown: Settings | None = None) -> None:
        """Keep what differs from what was shown; the desks stay those that are signed in to.

        How to be told goes to the desk too, where it keeps that. Raises `HostError`.
        """
        if self._kept.save(settings, shown or self.settings, self.now()):
            self._preferences_changed()

    def save_desk(self, choice: DeskChoice | None) -> None:
        """Note who is signed in from now on, None: nobody. Raises `HostError`."""
        self._kept.save_desk(choice)

    def save_chat(self, choice: DeskChoice | None) -> None:
        """Note which chat server is used from now on beside the desk. Raises `HostError`."""
        self._kept.save_chat(choice)

    def use_policy(self, policy: Policy) -> None:
        """Let another policy count from now on, and the window show it. On the sync thread.

        The desks are followed anew where the way to them, or what is known of them, has changed.
        """
        before = self.network, options_in_use(self.settings, self.policy)
        self._kept.use_policy(policy)
        if (self.network, options_in_use(self.settings, self.policy)) != before:
            self._follow_settings()
        self.listeners.health(self.engine.health())

    def _adopt(self, told: NotifySettings) -> None:
        """Keep what the person chose on another computer, and let the window show it."""
        self._kept.adopt(told)
        self.listeners.health(self.engine.health())

    def follow_desk(self, choice: DeskChoice | None) -> None:
        """Follow the desk of the settings (None: nobody is signed in), and the chat server beside it.

        On the sync thread. A chat server that cannot be used is said, and keeps nobody from the desk.
        """
        if choice is None:
            self.engine.follow(None)
            return
        desk, chat, trouble = self.opened(choice, self.secret), None, None
        if self.settings.chat is not None:
            try:
                chat = self.opened(self.settings.chat, self.chat_secret)
            except DeskError as error:  # a kind or an address that means nothing
                trouble = f"Chat: {error}"
        self.engine.follow(desk, Pace(self.options.pace), chat=chat)
        self.engine.board.note("chat_server", trouble)

    def opened(self, choice: DeskChoice, secret: SecretSource) -> Desk:
        """Open a desk, with this secret; raises `DeskError` for a kind or an address that means nothing."""
        options = options_for(choice, self.policy)
        config = DeskConfig(choice.kind, choice.url, choice.user, options, self.network)
        return self.options.open_desk(config, secret)

    @property
    def network(self) -> Network:
        """The way to the desks, as IT has set it."""
        return network_of(self.policy, self.proxy_secret)

    def now(self) -> datetime:
        """Give the time as the desk has it; callable from any thread."""
        return self.time.now()

    async def _run(self, ready: "Future[None]", handle: Handle | None) -> None:
        secrets = Secrets(
            self.paths.key, self.paths.keyring_backend, environment=self.options.environment or os.environ
        )
        self.secret = DeskSecret(secrets, self.options.redactor)
        self.chat_secret = DeskSecret(secrets, self.options.redactor, CHAT)
        asked = lambda proxy: self.engine.board.ask_for_proxy(proxy)  # noqa: E731 - there is no engine yet
        self.proxy_secret = ProxySecret(secrets, self.options.redactor, asked)
        try:
            async with anyio.create_task_group() as tasks:
                connection = self._prepare()
                if handle is not None:
                    tasks.start_soon(_answer_others, self.paths, handle)
                tasks.start_soon(
                    start_over_elsewhere, lambda: self.engine.account is not None, self._follow_settings
                )
                ready.set_result(None)
                await self._work(connection)
        except Exception as error:
            if not ready.done():
                ready.set_exception(_only(error))
                return
            _log.exception("Nothing is kept in step any more")
            self.engine.board.set(Condition.BROKEN, _ENDED)
        finally:
            with anyio.CancelScope(shield=True), anyio.move_on_after(2):
                await secrets.aclose()

    async def _work(self, connection: sqlite3.Connection) -> None:
        """Keep in step until cancelled; a store that turns out to be damaged is rebuilt on the way."""
        for _attempt in range(_REBUILDS):
            try:
                await self.engine.run()
            except* Damaged:
                _log.warning("The saved requests are damaged: they are rebuilt")
            finally:
                connection.close()
            connection = self._prepare(damaged=True)
        connection.close()
        raise Damaged

    def _prepare(self, *, damaged: bool = False) -> sqlite3.Connection:
        """Open the store and build on it what works; once more where its contents are damaged."""
        connection, rescue = open_or_rebuild(self.paths.store, datetime.now(UTC), damaged=damaged)
        try:
            self._build(connection)
            _say_what_was_mended(rescue, self.engine.board, self.listeners)
            for number, complaint in enumerate(self._kept.complaints):
                self.engine.board.note(f"settings{number}", complaint)
            if rescue is None:  # else something may be needed that could not be read
                sweep_outgoing(self.engine, self.paths.outgoing)
            if self.options.follow_at_start or damaged:
                self._follow_settings()
        except Damaged:
            connection.close()
            if rescue is not None:
                raise
            return self._prepare(damaged=True)
        except BaseException:
            connection.close()
            raise
        return connection

    def _follow_settings(self) -> None:
        try:
            self.follow_desk(self.settings.desk)
        except DeskError as error:  # a kind or an address that means nothing
            self.engine.board.set(Condition.BROKEN, str(error))

    def _build(self, connection: sqlite3.Connection) -> None:
        around = Surroundings(
            connection=connection,
            outgoing=self.paths.outgoing,
            listener=self.listeners,
            wishes=self.wishes,
            time=self.time,
            checkpoint=self.options.checkpoint,
            adopt=self._adopt,
            to_share=lambda: self._kept.to_share,
        )
        self.engine = Engine(around)
        self._preferences_changed = self.engine.preferences_changed
        if self.settings.desk is not None and self.engine.writer.owner() is None:
            self.engine.writer.put_owner(owner_of(self.settings.desk))

    def wishes(self) -> Wishes:
        """How the person wants to be told, now."""
        return self._kept.wishes(self.engine.connection)


def owner_of(choice: DeskChoice) -> str:
    """Name a sign-in in the store: whose requests these are."""
    return f"{choice.kind} {choice.url} {choice.user}"


async def _answer_others(paths: ProfilePaths, handle: Handle) -> None:
    try:
        await serve(socket_address(paths), handle)
    except (HostError, OSError) as error:
        _log.warning("Commands started beside this program cannot reach it: %s", error)


def _say_what_was_mended(rescue: Rescue | None, board: HealthBoard, listener: Listener) -> None:
    if rescue is not None:
        _log.warning("%s", rescue.sentence)
        board.note("rescue", rescue.sentence)
        listener.changed(Change(everything=True))


def _only(error: Exception) -> Exception:
    """Unwrap an error that came alone out of a group of tasks."""
    while isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error
