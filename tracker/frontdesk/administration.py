"""Looking after a desk: its people and its backups."""

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from tracker.frontdesk.desk import Desk
from tracker.frontdesk.filestore import FOLDER
from tracker.frontdesk.refusals import DeskSetupError, Refused
from tracker.frontdesk.rules.move import checked_line
from tracker.frontdesk.settings import SETTINGS_FILE
from tracker.frontdesk.storage import people
from tracker.frontdesk.storage.database import DATABASE_FILE
from tracker.frontdesk.storage.uploads import all_upload_ids
from tracker.frontdesk.values import Role, User

LOGIN = re.compile(r"[\w.@+-]{1,100}")
EMAIL = re.compile(r"[^@\s]{1,100}@[^@\s]{1,200}")


def add_user(desk: Desk, login: str, *, name: str, email: str, role: Role, password: str) -> str:
    """Let somebody sign in and give their id; raises `Refused` when a name is taken or malformed."""
    if LOGIN.fullmatch(login) is None:
        raise Refused("invalid", "A sign-in name has letters, digits, dots, dashes or an address; no spaces.")
    if EMAIL.fullmatch(email) is None:
        raise Refused("invalid", f"“{email[:100]}” is not an e-mail address.")
    hashed = desk.passwords.hash(password)
    with desk.writing() as connection:
        person_id = people.next_person_id(connection)
        shown = checked_line(name, "The name")[:200]
        user = User(id=person_id, login=login, name=shown, email=email, role=role)
        people.add_person(connection, user, password=hashed)
    return person_id


def reset_password(desk: Desk, login: str, password: str) -> None:
    """Store a new password and end all sessions of this person."""
    hashed = desk.passwords.hash(password)
    with desk.writing() as connection:
        person_id = _known(connection, login)
        people.set_password(connection, person_id, hashed)
        people.end_sessions_of(connection, person_id)


def set_disabled(desk: Desk, login: str, *, disabled: bool) -> None:
    """Let somebody in no more, ending their sessions, or again; what they wrote stays."""
    with desk.writing() as connection:
        person_id = _known(connection, login)
        people.set_disabled(connection, person_id, disabled)
        people.end_sessions_of(connection, person_id)


def backup(desk: Desk, target: Path) -> None:
    """Copy the desk into a new folder: first its file, as one moment, then the files it names.

    Raises `DeskSetupError` when the folder holds something or cannot be written; an unfinished copy is
    removed again.
    """
    try:
        target.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise DeskSetupError(f"{target} is there already. Name a folder that is not.") from error
    except OSError as error:
        raise DeskSetupError(f"{target} cannot be made: {error.strerror}.") from error
    try:
        _copy(desk, target)
    except (OSError, sqlite3.Error) as error:
        shutil.rmtree(target, ignore_errors=True)
        raise DeskSetupError(f"The backup could not be finished: {error}.") from error


def _copy(desk: Desk, target: Path) -> None:
    with closing(sqlite3.connect(target / DATABASE_FILE)) as copy:
        with desk.reading() as connection:
            connection.backup(copy)
            known = all_upload_ids(connection)
        copy.execute("pragma journal_mode = delete")
    (target / FOLDER).mkdir(mode=0o700)
    for file_id in known:
        shutil.copyfile(desk.files.path(file_id), target / FOLDER / file_id)
    shutil.copyfile(desk.folder / SETTINGS_FILE, target / SETTINGS_FILE)


def _known(connection: sqlite3.Connection, login: str) -> str:
    account = people.find_account(connection, login)
    if account is None:
        raise Refused("not_found", f"The desk knows nobody called “{login[:100]}”.")
    return account.user.id
