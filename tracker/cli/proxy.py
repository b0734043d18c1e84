"""proxy sign-in and sign-out: who one is at the company's proxy."""

import argparse

from tracker.cli.account import typed_secret
from tracker.cli.office import Office
from tracker.cli.output import WrongUse, failed, write
from tracker.core import exits
from tracker.core import questions as ask
from tracker.host.paths import ProfilePaths


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Keep who the person is at the proxy, or forget it; the password is typed unseen or piped in."""
    question = ask.ProxySignOut() if arguments.do == "sign-out" else _sign_in(arguments)
    with Office(paths) as office:
        answer = office.answer(question)
    if not isinstance(answer, ask.Done):
        return failed(answer)
    if isinstance(question, ask.ProxySignIn):
        write(f"Kept for the proxy {answer.sentence}. “tracker doctor” says whether it lets you through.")
    else:
        write(answer.sentence or "Forgotten.")
    return exits.DONE


def _sign_in(arguments: argparse.Namespace) -> ask.ProxySignIn:
    if not arguments.user:
        raise WrongUse("Signing in at a proxy wants --user.")
    password = typed_secret(from_stdin=arguments.password_stdin)
    if not password:
        raise WrongUse("Nothing was given to sign in with.")
    return ask.ProxySignIn(arguments.proxy, arguments.user, password)
