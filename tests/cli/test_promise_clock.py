"""A promise that was missed is seen here, by this computer's own clock, while the desk says nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.cli.terminal import Terminal
from tests.cli.test_doctor import FAKETIME
from tests.rigs.flaky_proxy import FlakyProxy
from tests.rigs.frontdesk_agent import Agent


def test_a_miss_is_seen_while_the_desk_is_away_and_news_can_be_asked_for(
    far_jane: Terminal, network: FlakyProxy, tess: Agent
) -> None:
    number = str(
        far_jane.json("new", "--service", "other", "--subject", "Kept word", text="Please.")["number"]
    )
    tess.promise(number, datetime.now(UTC) + timedelta(minutes=40), kind="next_update")
    far_jane.run("sync")
    promise = next(one for one in far_jane.json("show", number)["promises"] if one["kind"] == "next_update")
    assert promise["state"] == "open"
    network.cut()
    later = Terminal(far_jane.profile, far_jane.password, env={"LD_PRELOAD": FAKETIME, "FAKETIME": "+2h"})
    later.run("sync", code=3)
    answer = later.json("show", number)
    states = {one["id"]: one["state"] for one in answer["promises"]}
    assert states[promise["id"]] == "missed"
    assert "promise_missed" in [overlay["kind"] for overlay in answer["overlays"]]
    assert "ask_for_news" in answer["you_can"]
    assert answer["ledger"]["missed"] == 1
    listed = later.json("list", "--search", "Kept word")
    assert listed["ledger"]["missed"] == 1
    assert "It is kept" in later.run("ask-news", number, code=3).err
    network.restore()
    far_jane.run("sync")
    asked = [one for one in tess.queue() if one["ticket"]["number"] == number]  # type: ignore[index]
    assert asked[0]["flags"] == ["asked_for_news"]


def test_a_clock_an_hour_ahead_invents_no_miss(jane: Terminal, tess: Agent) -> None:
    skewed = Terminal(jane.profile, jane.password, env={"LD_PRELOAD": FAKETIME, "FAKETIME": "+1h"})
    number = str(skewed.json("new", "--service", "other", "--subject", "Skewed", text="Please.")["number"])
    tess.promise(number, datetime.now(UTC) + timedelta(minutes=20), kind="next_update")
    skewed.run("sync")
    answer = skewed.json("show", number)
    assert [one["state"] for one in answer["promises"] if one["kind"] == "next_update"] == ["open"]
    assert "promise_missed" not in [overlay["kind"] for overlay in answer["overlays"]]
