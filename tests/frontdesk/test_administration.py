"""Looking after a desk from the command line: people, passwords, backups."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.frontdesk.house import PASSWORD, House, Template
from tracker.frontdesk import commands
from tracker.frontdesk.refusals import DeskSetupError
from tracker.frontdesk.server import ServeConfig, serving
from tracker.model.errors import TrackerError


def test_people_are_added_listed_reset_and_disabled_while_the_desk_is_served(
    house: House, folder: Path
) -> None:
    new_id = commands.add_user(
        folder, "cleo", name="Cleo Sand", email="cleo@company.example", role="requester", password=PASSWORD
    )
    session = house.stranger.ok("/session", {"user": "cleo", "password": PASSWORD})
    assert session["user"]["id"] == new_id
    invented = commands.invent_password()
    commands.reset_password(folder, "cleo", invented)
    assert house.stranger.ok("/session", {"user": "cleo", "password": invented})
    commands.set_disabled(folder, "cleo", disabled=True)
    assert house.stranger.no("/session", {"user": "cleo", "password": invented})[0] == 401
    listed = {user.login: user for user in commands.list_users(folder)}
    assert (listed["cleo"].disabled, listed["tess"].role) == (True, "agent")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"login": "ANNA"}, "exists already"),
        ({"email": "Anna@company.example"}, "exists already"),
        ({"login": "has space"}, "no spaces"),
        ({"login": ""}, "no spaces"),
        ({"email": "nonsense"}, "not an e-mail address"),
        ({"password": "short"}, "at least 8"),
        ({"name": " \n"}, "name is empty"),
    ],
)
def test_somebody_who_cannot_be_added_is_refused_with_a_reason(
    folder: Path, change: dict[str, str], words: str
) -> None:
    person = {
        "login": "cleo",
        "name": "Cleo",
        "email": "cleo@company.example",
        "password": PASSWORD,
        **change,
    }
    with pytest.raises(TrackerError, match=words):
        commands.add_user(
            folder,
            person["login"],
            name=person["name"],
            email=person["email"],
            role="requester",
            password=person["password"],
        )
    assert len(commands.list_users(folder)) == 4


def test_nobody_known_by_that_name_is_said(folder: Path) -> None:
    with pytest.raises(TrackerError, match="knows nobody called “zoe”"):
        commands.reset_password(folder, "zoe", PASSWORD)


def test_a_backup_made_while_people_write_is_a_whole_desk(
    house: House, folder: Path, template: Template, tmp_path: Path
) -> None:
    number = house.anna.raise_ticket(attachments=[house.anna.upload(content=b"a plan")["id"]])
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            house.ben.raise_ticket()

    writer = threading.Thread(target=write)
    writer.start()
    commands.backup(folder, tmp_path / "copy")
    stop.set()
    writer.join()
    with serving(ServeConfig(tmp_path / "copy")) as url:
        restored = House(url, template)
        (file,) = restored.anna.events(number)[0]["attachments"]
        assert restored.anna.ask("GET", f"/attachments/{file['id']}").content == b"a plan"
        for item in restored.ben.get("/tickets", limit=200, events=1)["items"]:
            assert [event["kind"] for event in item["events"]] == ["created", "received", "promise_made"]
        assert restored.anna.raise_ticket()
        restored.close()


def test_a_copied_folder_of_a_stopped_desk_is_a_backup_too(
    folder: Path, template: Template, tmp_path: Path
) -> None:
    with serving(ServeConfig(folder)) as url:
        before = House(url, template)
        number = before.anna.raise_ticket()
        before.close()
    folder.rename(tmp_path / "moved")
    with serving(ServeConfig(tmp_path / "moved")) as url:
        after = House(url, template)
        assert after.anna.ticket(number)["subject"] == "VPN drops"
        after.close()


def test_a_backup_never_overwrites(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with pytest.raises(DeskSetupError, match="there already"):
        commands.backup(folder, tmp_path / "copy")


def test_a_backup_that_cannot_be_finished_leaves_nothing(folder: Path, tmp_path: Path, house: House) -> None:
    house.anna.upload()
    for path in (folder / "files").iterdir():
        path.unlink()
    with pytest.raises(DeskSetupError, match="could not be finished"):
        commands.backup(folder, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_naming_the_commands_loads_no_server(folder: Path) -> None:
    code = (
        "import sys, tracker.frontdesk.commands\n"
        "heavy = {'starlette', 'uvicorn', 'argon2', 'msgspec', 'anyio'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_without_the_extra_it_is_said_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "argon2", None)
    with pytest.raises(TrackerError, match=r"tracker\[frontdesk\]"):
        commands.list_users(folder)
