"""A full disk: each call says so, nothing is half-done, and with space again all goes on."""

import shutil
from pathlib import Path

from tests.frontdesk.house import House, Template
from tests.rigs.disk_fixtures import ordinary_user, small_disk
from tests.rigs.small_disk import SmallDisk
from tracker.frontdesk.filestore import FOLDER
from tracker.frontdesk.server import ServeConfig, serving

__all__ = ["ordinary_user", "small_disk"]


def test_a_full_disk_is_said_and_loses_nothing(
    folder: Path, template: Template, small_disk: SmallDisk
) -> None:
    place = small_disk.folder / "desk"
    shutil.copytree(folder, place)
    with serving(ServeConfig(place)) as url:
        house = House(url, template)
        number = house.anna.raise_ticket()
        small_disk.fill()
        key = {"Idempotency-Key": "the-same"}
        reply = {"text": "x" * 90_000}
        for _ in range(2):
            refusal = house.anna.no(f"/tickets/{number}/replies", reply, headers=key)
            assert refusal[:2] == (507, "no_space")
            assert "full" in refusal[2]
        answer = house.anna.ask("POST", "/attachments", params={"filename": "x"}, content=b"x" * 200_000)
        assert (answer.status_code, answer.json()["error"]) == (507, "no_space")
        assert list((place / FOLDER).iterdir()) == []
        assert house.anna.kinds(number) == ["created", "received", "promise_made"]
        small_disk.empty()
        house.anna.ok(f"/tickets/{number}/replies", reply, headers=key)
        house.anna.ok(f"/tickets/{number}/replies", reply, headers=key)
        assert house.anna.kinds(number).count("reply") == 1
        house.close()
