"""sign-in and sign-out at a Matrix server beside the desk, with a password or the browser."""

import argparse

from tracker.cli.output import complain, write
from tracker.core import questions as ask
from tracker.host.paths import ProfilePaths


def question_with_browser(
    arguments: argparse.Namespace, paths: ProfilePaths, options: dict[str, str]
) -> ask.SignIn:
    """Let the person sign in with the browser; give what the holder of the profile is to be asked.

    Says which address to open, and opens nothing. Raises `DeskError`, or `HostError` when nobody comes back.
    """
    import anyio

    from tracker.core.chat_account import sign_in_with_browser
    from tracker.core.networking import network_of
    from tracker.host.policy.reading import read_policy
    from tracker.host.settings_file import SettingsFile

    policy = read_policy()
    known, network = SettingsFile(paths.settings, policy).load().chat, network_of(policy)
    choice, secret = anyio.run(
        lambda: sign_in_with_browser(
            arguments.chat, show=_show, network=network, provider=arguments.provider, known=known
        )
    )
    return ask.SignIn(choice.kind, choice.url, choice.user, secret.kind, secret.value, options, chat=True)


def _show(address: str) -> None:
    complain("Open this address in your browser, and sign in there. Ctrl+C stops waiting.")
    write(address)
