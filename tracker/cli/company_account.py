"""sign-in at the desk with the company's OpenID provider: with the browser, or a code elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.output import complain, write
from tracker.core import questions as ask

if TYPE_CHECKING:
    import argparse

    from tracker.desks.base import Secret
    from tracker.desks.openid.device import CodeAttempt


def question_with_company(arguments: argparse.Namespace, options: dict[str, str]) -> ask.SignIn:
    """Let the person sign in at the provider; give what the holder of the profile is to be asked.

    Says which address to open, and opens nothing. Raises `DeskError`, or `HostError` when nobody comes back.
    """
    import anyio

    secret = anyio.run(_sign_in, arguments.desk, arguments.url, arguments.device)
    return ask.SignIn(arguments.desk, arguments.url, arguments.user, secret.kind, secret.value, options)


async def _sign_in(kind: str, url: str, code: bool) -> Secret:
    from tracker.core.company_account import (
        required_company,
        sign_in_with_browser,
        sign_in_with_code,
        ways_at,
    )
    from tracker.core.networking import network_of
    from tracker.host.policy.reading import read_policy

    policy = read_policy()
    ways = await ways_at(kind, url, policy, network_of(policy))
    company = required_company(ways, code=code)
    if code:
        return await sign_in_with_code(company, show=_show_code)
    return await sign_in_with_browser(company, show=_show_page)


def _show_page(address: str) -> None:
    complain("Open this address in your browser, and sign in there. Ctrl+C stops waiting.")
    write(address)


def _show_code(attempt: CodeAttempt) -> None:
    minutes = max(1, round(attempt.seconds / 60))
    complain(
        f"On any device, open the address and type the code, within {minutes} min. Ctrl+C stops waiting."
    )
    write(attempt.address)
    write(attempt.code)
