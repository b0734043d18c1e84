"""proxy sign-in and sign-out: who one is at the company's proxy."""

import argparse

from tracker.cli.account import typed_secret
from tracker.cli.office import Office
from tracker.cli.output import WrongUse, complain, failed, write
from tracker.core import exits
from tracker.core import questions as ask
from tracker.host.paths import ProfilePaths

_NOT_KEPT = "Your keyring did not take it, so nothing is kept. Open Tracker, and enter it in the settings."


def run(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Keep who the person is at the proxy, or forget it; the password is typed unseen or piped in."""
    question = ask.ProxySignOut() if arguments.do == "sign-out" else _sign_in(arguments)
    with Office(paths) as office:
        answer = office.answer(question)
    if not isinstance(answer, ask.Done):
        return failed(answer)
    if isinstance(question, ask.ProxySignOut):
        write(answer.sentence or "Forgotten.")
    elif answer.sentence:
        write(f"Kept for the proxy {answer.sentence}. “tracker sync” says whether it lets you through.")
    elif office.worked_here:
        complain(_NOT_KEPT)
        return exits.REFUSED
    else:
        write("Kept until Tracker is quit: your keyring did not take it.")
    return exits.DONE


def _sign_in(arguments: argparse.Namespace) -> ask.ProxySignIn:
    if not arguments.user:
        raise WrongUse("Signing in at a proxy wants --user.")
    password = typed_secret(from_stdin=arguments.password_stdin)
    if not password:
        raise WrongUse("Nothing was given to sign in with.")
    return ask.ProxySignIn(arguments.proxy, arguments.user, password)
