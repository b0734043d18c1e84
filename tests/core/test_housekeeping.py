"""What the program does of itself once a day: forgets what is old, and tells its health where IT wants it."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.core.house import LIMIT, House, submit, there
from tests.store.samples import create
from tracker import __version__
from tracker.core.health_telling import tell_health
from tracker.core.housekeeping import forget_ended, keep_house, keep_start
from tracker.core.program import Program
from tracker.model.draft import Draft
from tracker.model.errors import DeskUnavailable
from tracker.model.health import Condition
from tracker.model.ticket import TicketId


class Server(ThreadingHTTPServer):
    """Takes what is told; `heard` are the paths and bodies, `headers` those of the last."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.heard: list[tuple[str, bytes]] = []
        self.headers: dict[str, str] = {}
        self.status = 204
        self.news = threading.Condition()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        body = self.rfile.read(int(self.headers["content-length"]))
        with server.news:
            server.heard.append((self.path, body))
            server.news.notify_all()
        server.headers = {name.lower(): value for name, value in self.headers.items()}
        self.send_response(server.status)
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def with_policy(house: House, text: str) -> None:
    folder = house.paths.data.parent / "policy.d"
    folder.mkdir()
    (folder / "a.toml").write_text(text)
    house.environment["TRACKER_POLICY_DIR"] = str(folder)


def told(program: Program) -> bool:
    return program.service.call(partial(tell_health, program)).result(LIMIT)


def test_four_facts_are_told_once_a_day_and_nothing_of_the_person(house: House, server: Server) -> None:
    with_policy(
        house, f'[support]\nbeacon_url = "http://127.0.0.1:{server.server_port}/health/tracker?site=north"\n'
    )
    with house.running() as program:
        house.sign_in(program)
        submit(program, create())
        house.watcher.until(Condition.OK)
        assert told(program)
        assert not told(program)
    ((path, body),) = server.heard
    said = json.loads(body)
    assert path == "/health/tracker?site=north"
    assert said.keys() == {"version", "platform", "last_contact", "signed_in"}
    assert (said["version"], said["signed_in"]) == (__version__, True)
    assert "jane" not in body.decode() + str(server.headers)
    assert "cookie" not in server.headers
    assert "authorization" not in server.headers


def test_without_an_address_nothing_is_told(house: House) -> None:
    with house.running() as program:
        assert not told(program)


def test_a_health_server_that_fails_harms_nobody_and_is_told_again_later(
    house: House, server: Server
) -> None:
    server.status = 503
    with_policy(house, f'[support]\nbeacon_url = "http://127.0.0.1:{server.server_port}/h"\n')
    with house.running() as program:
        with pytest.raises(DeskUnavailable):
            told(program)
        server.status = 204
        assert told(program)
        assert json.loads(server.heard[-1][1])["signed_in"] is False


def test_the_daily_round_goes_on_when_a_part_of_it_fails(house: House, server: Server) -> None:
    server.status = 500
    with_policy(house, f'[support]\nbeacon_url = "http://127.0.0.1:{server.server_port}/h"\n')
    with house.running() as program:
        round_ = program.service.call(partial(keep_house, program, lambda: 0.0, 0.01))
        with server.news:
            assert server.news.wait_for(lambda: len(server.heard) > 1, LIMIT)
        round_.cancel()


def _ended(program: Program, house: House, subject: str, *, age: timedelta) -> TicketId:
    """Raise a request that ended so long ago; it stays here as the desk has told it."""
    ticket = TicketId(submit(program, create(f"c-{subject[::-1]}", subject, text=subject)).ticket)

    def make_old() -> None:
        db = program.engine.connection
        at = program.now() - age
        db.execute(
            "update ticket set is_open = 0, updated_at = ? where id = ?",
            (int(at.timestamp() * 1_000_000), ticket),
        )

    there(program, make_old)
    return ticket


def test_requests_that_ended_long_ago_are_removed_from_the_file_with_their_received_files(
    house: House,
) -> None:
    with_policy(house, "[privacy]\ncache_days = 30\n")
    with house.running() as program:
        house.sign_in(program)
        old = _ended(program, house, "salary-slip-old", age=timedelta(days=40))
        young = _ended(program, house, "young-one", age=timedelta(days=20))
        begun = _ended(program, house, "half-written", age=timedelta(days=40))
        there(program, lambda: program.engine.letters.save_draft(Draft(begun, "Still there?")))
        stale, fresh = house.paths.received / "stale.pdf", house.paths.received / "fresh.pdf"
        for file in (stale, fresh):
            file.write_bytes(b"x")
        os.utime(stale, (1, 1))
        assert there(program, lambda: forget_ended(program)) == 1
        left = there(program, lambda: set(program.engine.writer.tickets((old, young, begun))))
        assert left == {young, begun}
        assert (stale.exists(), fresh.exists()) == (False, True)
    assert b"salary" not in _bytes_of(house.paths.data)  # nor in what the search finds requests by
    assert b"young-one" in _bytes_of(house.paths.data)


def test_without_a_word_from_it_everything_stays(house: House) -> None:
    with house.running() as program:
        house.sign_in(program)
        _ended(program, house, "very-old", age=timedelta(days=9000))
        assert there(program, lambda: forget_ended(program)) == 0


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("tracker.db*"))


@pytest.mark.parametrize("wanted", [True, False])
def test_the_start_at_sign_in_is_kept_as_it_wants_it(
    wanted: bool, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "none"))
    entry = tmp_path / "config" / "autostart" / "it-tracker.desktop"
    with house.running() as program:
        there(program, lambda: keep_start(program))
    assert not entry.exists()  # nobody has said anything: it is the person's own
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nExec=/gone\n")
    with_policy(house, f"[start]\nautostart = {str(wanted).lower()}\n")
    with house.running() as program:
        there(program, lambda: keep_start(program))
    assert (entry.exists() and "--hidden" in entry.read_text()) is wanted
