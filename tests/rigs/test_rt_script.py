"""The script for administrators can be run again, and for another queue; it takes nothing away."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.rigs import rt_template

pytestmark = pytest.mark.rt

SCRIPT = rt_template.SCRIPT / "tracker-initialdata.pl"
COUNTED = ("CustomFields", "CustomFieldValues", "ObjectCustomFields", "Queues")


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    shutil.copy(rt_template.ready_template() / "rt.sqlite", tmp_path / "rt.sqlite")
    rt_template.write_site(tmp_path, 80)
    return tmp_path


def counts(instance: Path) -> dict[str, int]:
    database = sqlite3.connect(instance / "rt.sqlite")
    found = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in COUNTED}  # noqa: S608
    database.close()
    return found


def test_a_second_run_adds_only_what_a_new_queue_needs(instance: Path) -> None:
    before = counts(instance)
    said = rt_template.insert(instance, SCRIPT, queues="IT Support, Phones, Facilities")
    after = counts(instance)
    assert "Tracker: the queue IT Support is ready" in said
    assert "Tracker: made the queue Phones" in said
    assert "Tracker: the queue Facilities keeps its lifecycle default" in said
    assert said.count("made") == 1
    assert after["Queues"] == before["Queues"] + 1
    # Every field is on the two queues too, and there is none twice.
    assert after["ObjectCustomFields"] == before["ObjectCustomFields"] + 2 * 25
    assert (after["CustomFields"], after["CustomFieldValues"]) == (
        before["CustomFields"],
        before["CustomFieldValues"],
    )
