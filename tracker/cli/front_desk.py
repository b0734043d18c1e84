"""frontdesk serve, user, backup: run and look after the embedded desk."""

import argparse
import sys
from typing import Literal

from tracker.cli.output import WrongUse, read_line, write
from tracker.core import exits
from tracker.frontdesk import commands


def run(arguments: argparse.Namespace) -> int:
    """Carry out one command about a desk and give the exit status."""
    if arguments.do == "serve":
        options = commands.ServeOptions(arguments.host, arguments.port, arguments.certificate, arguments.key)
        commands.serve(arguments.folder, options, ready=lambda url: write(f"The desk is at {url}"))
    elif arguments.do == "backup":
        commands.backup(arguments.folder, arguments.to)
        write(f"The copy is in {arguments.to}.")
    elif arguments.action == "list":
        for user in commands.list_users(arguments.folder):
            write(f"{user.login:<20} {user.role:<10} {'disabled ' if user.disabled else ''}{user.name}")
    else:
        return _change_user(arguments)
    return exits.DONE


def _change_user(arguments: argparse.Namespace) -> int:
    if not arguments.login:
        raise WrongUse("Say whose sign-in name it is.")
    folder, login = arguments.folder, arguments.login
    if arguments.action == "add":
        password, invented = _password()
        role: Literal["requester", "agent"] = "agent" if arguments.agent else "requester"
        email = arguments.email or f"{login}@example.invalid"
        commands.add_user(
            folder, login, name=arguments.name or login, email=email, role=role, password=password
        )
        write(f"{login} can sign in." + (f" Password, shown once: {password}" if invented else ""))
    elif arguments.action == "reset-password":
        password, invented = _password()
        commands.reset_password(folder, login, password)
        write(f"{login} has a new password." + (f" Shown once: {password}" if invented else ""))
    else:
        commands.set_disabled(folder, login, disabled=arguments.action == "disable")
        write(f"{login} is {arguments.action}d.")
    return exits.DONE


def _password() -> tuple[str, bool]:
    """Give the password piped in, else an invented one; and whether it was invented."""
    given = "" if sys.stdin.isatty() else read_line()
    return (given, False) if given else (commands.invent_password(), True)
