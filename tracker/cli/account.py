"""sign-in and sign-out."""

import argparse
import getpass
import warnings

from tracker.cli.office import Office
from tracker.cli.output import WrongUse, complain, failed, read_line, write
from tracker.core import exits
from tracker.core import questions as ask
from tracker.desks.base import SecretKind
from tracker.host.paths import ProfilePaths

_NOT_KEPT = (
    "Your keyring did not take the sign-in, so the next command needs it again: "
    "put the password into TRACKER_PASSWORD, or sign in from the tray program."
)


def sign_in(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Sign in at a desk; the secret comes from standard input or is typed without being shown."""
    options = _options(arguments.option)
    kind = SecretKind.TOKEN if arguments.token_stdin else SecretKind.PASSWORD
    secret = _secret(from_stdin=arguments.token_stdin or arguments.password_stdin)
    if not secret:
        raise WrongUse("Nothing was given to sign in with.")
    question = ask.SignIn(arguments.desk, arguments.url, arguments.user, kind, secret, options)
    with Office(paths) as office:
        answer = office.answer(question)
    if not isinstance(answer, ask.Done):
        return failed(answer)
    write(f"Signed in as {arguments.user}.")
    if answer.sentence:
        complain(_NOT_KEPT if office.worked_here else answer.sentence)
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


def _options(given: list[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    for pair in given:
        key, mark, value = pair.partition("=")
        if not mark or not key or key in options:
            raise WrongUse(f"Write each option once, as key=value, not “{pair}”.")
        options[key] = value
    return options


def _secret(*, from_stdin: bool) -> str:
    if from_stdin:
        return read_line()
    with warnings.catch_warnings():
        # Without a terminal it would be read as it comes, and shown.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass("Password: ")
        except getpass.GetPassWarning as error:
            raise WrongUse(
                "A password is typed at a terminal. In a script, use --password-stdin or --token-stdin."
            ) from error
        except EOFError:
            return ""
