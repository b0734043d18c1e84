"""sign-in and sign-out."""

import argparse
import getpass
import sys

from tracker.cli.office import Office
from tracker.cli.output import complain, failed, write
from tracker.core import exits
from tracker.core import questions as ask
from tracker.desks.base import SecretKind
from tracker.host.paths import ProfilePaths


def sign_in(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Sign in at a desk; the secret comes from standard input or is typed without being shown."""
    options = dict(pair.split("=", 1) for pair in arguments.option if "=" in pair)
    if len(options) != len(arguments.option):
        complain("Write an option as key=value.")
        return exits.WRONG_USE
    kind = SecretKind.TOKEN if arguments.token_stdin else SecretKind.PASSWORD
    secret = _secret(from_stdin=arguments.token_stdin or arguments.password_stdin)
    if not secret:
        complain("Nothing was given to sign in with.")
        return exits.WRONG_USE
    question = ask.SignIn(arguments.desk, arguments.url, arguments.user, kind, secret, options)
    with Office(paths) as office:
        answer = office.answer(question)
    if not isinstance(answer, ask.Done):
        return failed(answer)
    write(f"Signed in as {arguments.user}.")
    if answer.sentence:
        complain(answer.sentence)
    return exits.DONE


def sign_out(_arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Sign out and leave nothing of the person behind."""
    with Office(paths) as office:
        answer = office.answer(ask.SignOut())
    if not isinstance(answer, ask.Done):
        return failed(answer)
    write("Signed out. Nothing of yours is left here.")
    if answer.sentence:
        complain(answer.sentence)
    return exits.DONE


def _secret(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass("Password: ")
