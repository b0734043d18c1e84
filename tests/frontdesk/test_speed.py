"""How long a first sync of 10,000 requests takes the desk; the figure is told, not judged."""

import sys
import time
from pathlib import Path

import pytest

from tests.frontdesk.filling import fill
from tests.frontdesk.house import House, Template
from tests.frontdesk.test_feed import pages
from tracker.frontdesk.desk import Desk
from tracker.frontdesk.server import ServeConfig, serving

COUNT = 10_000


def test_ten_thousand_requests_come_whole_with_their_histories(
    folder: Path, template: Template, capsys: pytest.CaptureFixture[str]
) -> None:
    with Desk(folder) as desk:
        fill(desk, login="anna", agent_login="tess", count=COUNT)
    with serving(ServeConfig(folder)) as url:
        house = House(url, template)
        begun = time.perf_counter()
        items = [item for page in pages(house.anna, limit=200, events=1) for item in page["items"]]
        seconds = time.perf_counter() - begun
        house.close()
    with capsys.disabled():
        sys.stdout.write(f"\n{COUNT:,} requests with histories, page by page: {seconds:.1f} s\n")
    assert len({item["ticket"]["number"] for item in items}) == COUNT
    assert min(len(item["events"]) for item in items) >= 3
