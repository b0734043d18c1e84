"""Signing in and out of a chat server beside the desk, carried over to the sync thread and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.host.settings import DeskChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.app.chat_actions import Ask
    from tracker.core.program import Program
    from tracker.desks.matrix.login import Provider, Ways
    from tracker.ui.bridge import Bridge
    from tracker.ui.ports import Cancel, Then

MATRIX = "matrix"
"""The kind of chat server that can be beside a desk."""


class ProgramChatServer:
    """What the settings may ask for of the chat server, on a program that may still be starting."""

    def __init__(self, ask: Ask, bridge: Bridge) -> None:
        self._ask, self._bridge = ask, bridge

    def ways(self, server: str, then: Then[Ways]) -> Cancel:
        """Ask a server, by address or name, in which ways one can sign in."""

        async def look(program: Program) -> Ways:
            from tracker.desks.matrix.login import sign_in_ways

            return await sign_in_ways(server, network=program.network)

        return self._ask(look, then)

    def sign_in(self, choice: DeskChoice, password: str, then: Then[str]) -> Cancel:
        """Sign in with a password; the answer is a remark about how the secret is kept, or nothing."""

        async def prove(program: Program) -> str:
            from tracker.core.chat_account import sign_in_to_chat
            from tracker.desks.base import Secret, SecretKind

            return await sign_in_to_chat(program, choice, Secret(SecretKind.PASSWORD, password)) or ""

        return self._ask(prove, then)

    def sign_in_with_browser(
        self, ways: Ways, provider: Provider | None, *, opened: Callable[[str], None], then: Then[DeskChoice]
    ) -> Cancel:
        """Sign in through the browser: `opened` is told the page for it, the answer says who one is."""

        async def prove(program: Program) -> DeskChoice:
            from tracker.core.chat_account import device_at, sign_in_to_chat
            from tracker.desks.matrix.login import begin_sso, who
            from tracker.host.loopback import browser_answer

            async with browser_answer() as answer:
                device = device_at(ways.url, program.settings.chat)
                network = program.network
                attempt = begin_sso(ways, answer.url, provider=provider, device=device, network=network)
                self._bridge.call(partial(opened, attempt.url))
                secret = await attempt.finish(await answer.wait())
            choice = DeskChoice(MATRIX, ways.url, who(secret).user)
            await sign_in_to_chat(program, choice, secret)
            return choice

        return self._ask(prove, then)

    def sign_out(self, then: Then[str]) -> Cancel:
        """Sign out of the chat server; the answer is a remark if something may be left, or nothing."""

        async def leave(program: Program) -> str:
            from tracker.core.signing import sign_out_chat

            return await sign_out_chat(program)

        return self._ask(leave, then)
