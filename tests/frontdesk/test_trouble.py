"""When the desk itself is in trouble: busy, broken, left waiting; each is said, and it goes on."""

import logging
import socket
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from argon2 import PasswordHasher

from tests.frontdesk.filling import fill
from tests.frontdesk.house import PASSWORD, House
from tracker.frontdesk import passwords, timekeeping
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.filestore import FOLDER
from tracker.frontdesk.requests import SignIn
from tracker.frontdesk.server import ServeConfig, serving
from tracker.frontdesk.signing_in import sign_in
from tracker.frontdesk.storage import database
from tracker.frontdesk.web import incoming


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(incoming, "PATIENCE", 0.1)
    monkeypatch.setattr(timekeeping, "LONGEST_SLEEP", 0.1)


def test_a_desk_whose_file_is_held_by_another_says_so_and_reads_go_on(
    impatient: None, house: House, folder: Path
) -> None:
    number = house.anna.raise_ticket()
    other = sqlite3.connect(folder / "desk.sqlite3", isolation_level=None)
    other.execute("begin immediate")
    answer = house.anna.ask("POST", f"/tickets/{number}/replies", {"text": "Now?"})
    assert (answer.status_code, answer.json()["error"]) == (503, "stopping")
    assert int(answer.headers["Retry-After"]) > 0
    assert house.anna.ticket(number)["subject"] == "VPN drops"
    other.execute("rollback")
    other.close()
    house.anna.ok(f"/tickets/{number}/replies", {"text": "Now."})


@pytest.mark.expected_logs(r"GET /tickets/\{number\} failed")
def test_a_failure_of_the_desk_is_an_apology_not_a_stack_trace(house: House, folder: Path) -> None:
    number = house.anna.raise_ticket()
    with Desk(folder) as desk, desk.writing() as connection:
        connection.execute("update ticket set doc = '{'")
    answer = house.anna.ask("GET", f"/tickets/{number}")
    assert (answer.status_code, answer.json()["error"]) == (500, "desk_broken")
    assert "Traceback" not in answer.text
    assert house.anna.get("/me")


def test_a_file_lost_from_the_disk_is_said(house: House, folder: Path) -> None:
    file_id = house.anna.upload()["id"]
    (folder / FOLDER / file_id).unlink()
    answer = house.anna.ask("GET", f"/attachments/{file_id}")
    assert (answer.status_code, answer.json()["error"]) == (500, "desk_broken")
    assert "lost" in answer.json()["message"]


def _send_half(house: House, folder: Path, path: str) -> socket.socket:
    where = urlsplit(house.url)
    connection = socket.create_connection((where.hostname or "", where.port or 0), timeout=10)
    head = (
        f"POST /api/v1{path} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {house.tokens['anna']}\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: half\r\nContent-Length: 100000\r\n\r\n"
    )
    connection.sendall(head.encode() + b"x" * 50_000)
    return connection


@pytest.mark.parametrize("path", ["/tickets", "/attachments?filename=half.bin"])
def test_a_sender_that_stalls_is_not_waited_for(
    impatient: None, house: House, folder: Path, path: str
) -> None:
    with _send_half(house, folder, path) as connection:
        answer = connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 400")
    assert list((folder / FOLDER).iterdir()) == []


def test_a_sender_that_hangs_up_leaves_nothing_behind(folder: Path, template: object, house: House) -> None:
    _send_half(house, folder, "/attachments?filename=half.bin").close()
    while list((folder / FOLDER).iterdir()):
        house.anna.get("/me")
    assert house.anna.ask("GET", "/commands/half").status_code == 404


def test_what_falls_due_is_tried_again_after_trouble(
    impatient: None, folder: Path, expected_logs: Callable[..., None]
) -> None:
    expected_logs("What is due could not be done")
    with Desk(folder) as desk:
        fill(desk, login="anna", agent_login="tess", count=8)
        with desk.writing() as connection:
            connection.execute("update ticket set due = 1.0 where state = 'resolved'")
    other = sqlite3.connect(folder / "desk.sqlite3", isolation_level=None)
    other.execute("begin immediate")
    with serving(ServeConfig(folder)):
        _wait_for_warning()
        other.execute("rollback")
        while other.execute("select count(*) from ticket where due = 1.0").fetchone()[0]:
            pass
    other.close()


def _wait_for_warning() -> None:
    said = threading.Event()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.set()

    listener = Listener(logging.WARNING)
    logging.getLogger(timekeeping.__name__).addHandler(listener)
    assert said.wait(timeout=20)
    logging.getLogger(timekeeping.__name__).removeHandler(listener)


def test_a_password_hashed_with_weaker_settings_is_hashed_again_at_sign_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "PasswordHasher", PasswordHasher)  # as strong as a desk has it by itself
    with Desk(folder) as desk:
        assert PasswordHasher().check_needs_rehash(password_of(desk, "anna"))
        sign_in(desk, SignIn(user="anna", password=PASSWORD), address="")
        assert not PasswordHasher().check_needs_rehash(password_of(desk, "anna"))
        sign_in(desk, SignIn(user="anna", password=PASSWORD), address="")


def password_of(desk: Desk, login: str) -> str:
    """Give the password as it is stored."""
    with desk.reading() as connection:
        (stored,) = connection.execute("select password from person where login = ?", (login,)).fetchone()
    return str(stored)


def test_others_on_the_computer_cannot_read_the_desk(house: House, folder: Path) -> None:
    house.anna.upload()
    for path in (folder / "desk.sqlite3", folder / "desk.sqlite3-wal", folder / FOLDER):
        assert path.stat().st_mode & 0o077 == 0, path
