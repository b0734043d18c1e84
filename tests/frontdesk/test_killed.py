"""Killed in the middle of writing: what was answered is there, what is there is whole."""

import random
import signal
import sqlite3
import threading
from pathlib import Path

import httpx
import msgspec
import pytest

from tests.frontdesk.house import Caller, Json, Template
from tests.frontdesk.test_serving import finish, start
from tracker.frontdesk.filestore import FOLDER
from tracker.frontdesk.server import ServeConfig, serving
from tracker.frontdesk.storage.database import DATABASE_FILE
from tracker.frontdesk.values import Event, Ticket

CREATED = ["created", "received", "promise_made"]


def _write_until_it_dies(caller: Caller, prefix: str, enough: threading.Semaphore) -> list[tuple[str, Json]]:
    """Raise requests with a file each; gives every command's key with the answer, None when unknown."""
    outcomes: list[tuple[str, Json]] = []
    for n in range(10_000):
        key = f"{prefix}-{n}"
        try:
            file = caller.upload(
                content=f"{key}".encode() * 1_000, headers={"Idempotency-Key": f"{key}-file"}
            )
            body = {"service": "other", "subject": key, "text": "x" * 2_000, "attachments": [file["id"]]}
            outcomes.append((key, caller.ok("/tickets", body, headers={"Idempotency-Key": key})))
        except httpx.TransportError:
            outcomes.append((key, None))
            return outcomes
        enough.release()
    return outcomes


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_kill_9_leaves_nothing_half_written(folder: Path, template: Template, seed: int) -> None:
    process, url = start(folder)
    enough = threading.Semaphore(0)
    outcomes: list[tuple[str, Json]] = []
    callers = [Caller(url, template.tokens[name]) for name in ("anna", "ben")]

    def work(caller: Caller, name: str) -> None:
        outcomes.extend(_write_until_it_dies(caller, name, enough))

    writers = [
        threading.Thread(target=work, args=(caller, name))
        for caller, name in zip(callers, ("anna", "ben"), strict=True)
    ]
    for writer in writers:
        writer.start()
    for _ in range(random.Random(seed).randrange(5, 40)):  # noqa: S311 - a moment, not a secret
        assert enough.acquire(timeout=30)
    finish(process, signal.SIGKILL)
    for writer in writers:
        writer.join()
    for caller in callers:
        caller.close()
    _is_whole(folder)
    with serving(ServeConfig(folder)) as again:
        _keeps_its_word(again, template, outcomes)
    _has_no_stray_files(folder)


def _is_whole(folder: Path) -> None:
    connection = sqlite3.connect(folder / DATABASE_FILE)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    for no, doc in connection.execute("select no, doc from ticket").fetchall():
        ticket = msgspec.json.decode(doc, type=Ticket)
        rows = connection.execute("select doc from event where ticket = ? order by seq", (no,))
        events = [msgspec.json.decode(row[0], type=Event) for row in rows]
        assert [event.kind.value for event in events] == CREATED
        assert (ticket.number, len(events[0].attachments)) == (f"REQ-{no}", 1)
    connection.close()


def _keeps_its_word(url: str, template: Template, outcomes: list[tuple[str, Json]]) -> None:
    """Every answered command is found as answered; an unanswered one is there whole or not at all."""
    for name in ("anna", "ben"):
        caller = Caller(url, template.tokens[name])
        for key, answer in outcomes:
            if not key.startswith(name):
                continue
            found = caller.ask("GET", f"/commands/{key}")
            if answer is not None or found.status_code == 200:
                event = found.json()["event"]
                assert answer is None or event == answer["event"]
                (file,) = event["attachments"]
                content = caller.ask("GET", f"/attachments/{file['id']}").content
                assert content == key.encode() * 1_000
        caller.close()


def _has_no_stray_files(folder: Path) -> None:
    connection = sqlite3.connect(folder / DATABASE_FILE)
    known = {row[0] for row in connection.execute("select id from attachment")}
    connection.close()
    assert {path.name for path in (folder / FOLDER).iterdir()} == known
