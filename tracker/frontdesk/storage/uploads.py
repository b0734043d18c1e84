"""Files people sent, as the desk's file knows them; their bytes lie beside it."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.frontdesk.values import Attachment


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, who sent it, and on which ticket it is; `ticket` None: it waits for a message to name it."""

    attachment: Attachment
    uploader: str
    ticket: int | None
    public: bool


def add_upload(connection: sqlite3.Connection, attachment: Attachment, *, uploader: str, at: float) -> None:
    """Note a file that has arrived whole."""
    connection.execute(
        "insert into attachment (id, name, size, mime, sha256, uploader, uploaded)"
        " values (?, ?, ?, ?, ?, ?, ?)",
        (attachment.id, attachment.name, attachment.size, attachment.mime, attachment.sha256, uploader, at),
    )


def find_upload(connection: sqlite3.Connection, attachment_id: str) -> Upload | None:
    """Find a file by id."""
    row = connection.execute(
        "select id, name, size, mime, sha256, uploader, ticket, public from attachment where id = ?",
        (attachment_id,),
    ).fetchone()
    return Upload(_attachment(row[:5]), row[5], row[6], bool(row[7])) if row else None


def count_waiting(connection: sqlite3.Connection, uploader: str) -> int:
    """Count a person's files that no message has named yet."""
    (count,) = connection.execute(
        "select count(*) from attachment where uploader = ? and ticket is null", (uploader,)
    ).fetchone()
    return int(count)


def waiting_uploads(
    connection: sqlite3.Connection, ids: Sequence[str], *, uploader: str
) -> tuple[Attachment, ...]:
    """Give those of the files that this person sent and no message has named yet, in the order asked for."""
    rows = connection.execute(
        "select id, name, size, mime, sha256 from attachment where uploader = ? and ticket is null"
        " and id in (select value from json_each(?))",
        (uploader, json.dumps(list(ids))),
    )
    found = {row[0]: _attachment(row) for row in rows}
    return tuple(found[upload_id] for upload_id in dict.fromkeys(ids) if upload_id in found)


def attach(
    connection: sqlite3.Connection, attachments: Sequence[Attachment], *, ticket: int, public: bool
) -> None:
    """Put files on a ticket."""
    connection.executemany(
        "update attachment set ticket = ?, public = ? where id = ?",
        ((ticket, public, attachment.id) for attachment in attachments),
    )


def any_forgotten(connection: sqlite3.Connection, *, before: float) -> bool:
    """Tell whether some file has waited since `before` (epoch seconds) for a message to name it."""
    row = connection.execute(
        "select 1 from attachment where ticket is null and uploaded < ? limit 1", (before,)
    ).fetchone()
    return row is not None


def remove_forgotten(connection: sqlite3.Connection, *, before: float) -> list[str]:
    """Remove files that no message named since `before` (epoch seconds); gives their ids."""
    rows = connection.execute(
        "delete from attachment where ticket is null and uploaded < ? returning id", (before,)
    )
    return [upload_id for (upload_id,) in rows]


def all_upload_ids(connection: sqlite3.Connection) -> set[str]:
    """Give the id of every file the desk knows."""
    return {upload_id for (upload_id,) in connection.execute("select id from attachment")}


def _attachment(row: tuple[str, str, int, str, str]) -> Attachment:
    return Attachment(id=row[0], name=row[1], size=row[2], mime=row[3], sha256=row[4])
