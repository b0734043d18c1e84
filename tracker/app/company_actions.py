"""Signing in with the company's provider, carried over to the sync thread and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.host.settings import DeskChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.app.chat_actions import Ask
    from tracker.core.company_account import Ways
    from tracker.core.program import Program
    from tracker.desks.base import Secret
    from tracker.desks.openid.device import CodeAttempt
    from tracker.ui.bridge import Bridge
    from tracker.ui.ports import Cancel, Then

SignedIn = tuple[DeskChoice, str]
"""Who one is at which desk, and a remark about how the sign-in is kept, or nothing."""


class ProgramCompanySignIn:
    """What the sign-in page may ask for, on a program that may still be starting."""

    def __init__(self, ask: Ask, bridge: Bridge) -> None:
        self._ask, self._bridge = ask, bridge

    def ways(self, kind: str, url: str, then: Then[Ways]) -> Cancel:
        """Ask a desk how one can sign in there, as far as IT allows it."""

        async def look(program: Program) -> Ways:
            from tracker.core.company_account import ways_at

            return await ways_at(kind, url, program.policy, program.network)

        return self._ask(look, then)

    def with_browser(self, url: str, *, opened: Callable[[str], None], then: Then[SignedIn]) -> Cancel:
        """Sign in with the browser: `opened` is told the page for it."""

        async def prove(program: Program) -> SignedIn:
            from tracker.core.company_account import (
                FRONTDESK,
                required_company,
                sign_in_with_browser,
                ways_at,
            )

            ways = await ways_at(FRONTDESK, url, program.policy, program.network)
            secret = await sign_in_with_browser(
                required_company(ways), show=lambda page: self._bridge.call(partial(opened, page))
            )
            return await _enter(program, url, secret)

        return self._ask(prove, then)

    def with_code(self, url: str, *, told: Callable[[CodeAttempt], None], then: Then[SignedIn]) -> Cancel:
        """Sign in with a code on another device: `told` gets it."""

        async def prove(program: Program) -> SignedIn:
            from tracker.core.company_account import (
                FRONTDESK,
                required_company,
                sign_in_with_code,
                ways_at,
            )

            ways = await ways_at(FRONTDESK, url, program.policy, program.network)
            secret = await sign_in_with_code(
                required_company(ways, code=True),
                show=lambda attempt: self._bridge.call(partial(told, attempt)),
            )
            return await _enter(program, url, secret)

        return self._ask(prove, then)


async def _enter(program: Program, url: str, secret: Secret) -> SignedIn:
    from tracker.core.company_account import FRONTDESK
    from tracker.core.signing import sign_in

    asked = DeskChoice(FRONTDESK, url, "")
    note = await sign_in(program, asked, secret)
    return program.settings.desk or asked, note or ""
