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
from tracker.host.policy.reading import read_policy

_NOT_KEPT = (
    "Your keyring did not take the sign-in, so the next command needs it again: "
    "put the password into TRACKER_PASSWORD, or sign in from the tray program."
)


def sign_in(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Sign in at a desk or at a chat server; the secret comes from standard input or is typed unseen."""
    _take_what_it_set(arguments)
    _check(arguments)
    question = _question(arguments, paths)
    with Office(paths) as office:
        answer = office.answer(question)
    if not isinstance(answer, ask.Done):
        return failed(answer)
    write(f"Signed in as {question.user or _known_as(paths)}.")
    if answer.sentence:
        complain(_not_kept(question) if office.worked_here else answer.sentence)
    return exits.DONE


def _take_what_it_set(arguments: argparse.Namespace) -> None:
    """Mean the desk that IT has set where none is named."""
    policy = read_policy()
    if arguments.chat is None and not (arguments.desk or arguments.url) and policy.given:
        from tracker.host.policy import keys

        if policy.sets(keys.DESK_URL):
            arguments.desk, arguments.url = str(policy.value(keys.DESK_KIND)), policy.value(keys.DESK_URL)


def _not_kept(question: ask.SignIn) -> str:
    """Say that the sign-in ends with this command, and what to do, if anything helps."""
    if question.secret_kind == SecretKind.OPEN_ID:
        return "Your keyring did not take the sign-in, so the next command needs it again."
    return _NOT_KEPT


def _check(arguments: argparse.Namespace) -> None:
    """Raise `WrongUse` for what does not go together."""
    desk, elsewhere = (arguments.desk, arguments.url), arguments.browser or arguments.device
    if arguments.chat is not None and any(desk):
        raise WrongUse("Sign in at the desk first, then at the chat server: two commands.")
    if arguments.chat is None and not (all(desk) and (arguments.user or elsewhere)):
        raise WrongUse("Signing in wants --desk, --url and --user (or --browser, or --device), or --chat.")
    _check_ways(arguments)
    if elsewhere and (arguments.password_stdin or arguments.token_stdin):
        raise WrongUse("With --browser or --device, nothing is read from standard input.")


def _check_ways(arguments: argparse.Namespace) -> None:
    if arguments.browser and arguments.device:
        raise WrongUse("Choose --browser or --device.")
    if arguments.chat is None:
        if arguments.provider:
            raise WrongUse("--provider is for a chat server: name it with --chat.")
    elif arguments.device:
        raise WrongUse("A chat server has no sign-in with a code: use --browser.")
    elif not arguments.browser and not arguments.user:
        raise WrongUse("Signing in at a chat server wants --user, or --browser.")


def _question(arguments: argparse.Namespace, paths: ProfilePaths) -> ask.SignIn:
    options = _options(arguments.option)
    if arguments.device or (arguments.browser and arguments.chat is None):
        from tracker.cli.company_account import question_with_company

        return question_with_company(arguments, options)
    if arguments.browser:
        from tracker.cli.chat_account import question_with_browser

        return question_with_browser(arguments, paths, options)
    kind = SecretKind.TOKEN if arguments.token_stdin else SecretKind.PASSWORD
    secret = typed_secret(from_stdin=arguments.token_stdin or arguments.password_stdin)
    if not secret:
        raise WrongUse("Nothing was given to sign in with.")
    if arguments.chat is not None:
        return ask.SignIn("matrix", arguments.chat, arguments.user, kind, secret, options, chat=True)
    return ask.SignIn(arguments.desk, arguments.url, arguments.user, kind, secret, options)


def sign_out(arguments: argparse.Namespace, paths: ProfilePaths) -> int:
    """Sign out and leave nothing of the person behind, or only of the chat server."""
    with Office(paths) as office:
        answer = office.answer(ask.SignOut(chat=arguments.chat))
    if not isinstance(answer, ask.Done):
        return failed(answer)
    left = (
        "Signed out of the chat server." if arguments.chat else "Signed out. Nothing of yours is left here."
    )
    write(left)
    if answer.sentence:
        complain(answer.sentence)
    return exits.DONE


def _known_as(paths: ProfilePaths) -> str:
    """Give the name that the desk knows somebody by who typed none."""
    from tracker.host.settings_file import SettingsFile

    desk = SettingsFile(paths.settings).load().desk
    return desk.user if desk is not None else ""


def _options(given: list[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    for pair in given:
        key, mark, value = pair.partition("=")
        if not mark or not key or key in options:
            raise WrongUse(f"Write each option once, as key=value, not “{pair}”.")
        options[key] = value
    return options


def typed_secret(*, from_stdin: bool) -> str:
    """Read a secret from standard input, or typed unseen; raises `WrongUse` where it would be shown."""
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
