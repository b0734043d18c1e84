"""desk.toml: written once, read strictly, every mistake said with its place."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tracker.frontdesk.desk import Desk
from tracker.frontdesk.refusals import DeskSetupError
from tracker.frontdesk.searching import search
from tracker.frontdesk.settings import SETTINGS_FILE, Article, load_settings


def test_a_new_desk_writes_settings_that_can_be_edited(tmp_path: Path) -> None:
    first = load_settings(tmp_path)
    path = tmp_path / SETTINGS_FILE
    path.write_text(path.read_text("utf-8").replace("IT front desk", "Hausmeisterei"), "utf-8")
    assert load_settings(tmp_path).name == "Hausmeisterei"
    assert load_settings(tmp_path).services == first.services


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = ", "mistake"),
        ("nmae = 'x'", "nmae"),
        ("name = 7", "name"),
        ("auto_close_days = -1", "auto_close_days"),
        ("[hours]\nzone = 'Mars/Olympus'", "no time zone"),
        ("[hours]\nopens = 18:00:00\ncloses = 08:00:00", "open before it closes"),
        ("[hours]\ndays = [7]", "0 \\(Monday\\)"),
        ("[[services]]\nid = 'a'\nname = 'A'\n[[services]]\nid = 'a'\nname = 'B'", "used once"),
        ("[[services]]\nid = 'Not An Id'\nname = 'A'", "id"),
        (
            "[[services]]\nid = 'a'\nname = 'A'\n[[services.fields]]\nid = 'f'\nlabel = 'F'\nkind = 'x'",
            "kind",
        ),
        ("[chat]\nidle_warn_minutes = 10\nidle_end_minutes = 10", "must be less than"),
        ("[chat]\nagent_gone_minutes = 0", "agent_gone_minutes"),
        ("[chat]\nlongest_queue = 'long'", "longest_queue"),
        ("[[chat.canned]]\ntitle = 'Greeting'", "text"),
        ("\xff", "mistake"),
    ],
)
def test_a_mistake_is_said_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / SETTINGS_FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(DeskSetupError, match=words):
        load_settings(tmp_path)


def test_a_file_of_a_newer_desk_is_left_alone(folder: Path) -> None:
    with Desk(folder) as desk, desk.writing() as connection:
        connection.execute("pragma user_version = 99")
    with pytest.raises(DeskSetupError, match="newer version"):
        Desk(folder)


def test_a_new_desk_may_be_opened_by_several_at_once(tmp_path: Path) -> None:
    def open_one(_: int) -> str:
        with Desk(tmp_path / "new") as desk, desk.reading() as connection:
            return str(connection.execute("select id from desk").fetchall())

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(open_one, range(6)))) == 1


def test_a_file_that_is_no_database_is_said(folder: Path) -> None:
    (folder / "desk.sqlite3").write_bytes(b"not a database" * 100)
    for path in folder.glob("desk.sqlite3-*"):
        path.unlink()
    with pytest.raises(DeskSetupError, match="cannot be opened"):
        Desk(folder)


def test_words_in_a_title_count_most_and_every_word_must_fit() -> None:
    one = Article(id="one", title="Printer", body="Toner and paper")
    two = Article(id="two", title="Paper", body="For the printer")
    assert search((two, one), "print", limit=5) == (one, two)
    assert search((one, two), "PAPER print", limit=5) == (one, two)
    assert search((one, two), "paper moon", limit=5) == ()
    assert search((one, two), " ", limit=1) == (one,)
