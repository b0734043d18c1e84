"""Writing while the desk cannot be reached: kept, shown, delivered once it can, never doubled."""

import pytest

from tests.cli.terminal import Terminal
from tests.rigs.flaky_proxy import Fault, FlakyProxy
from tests.rigs.frontdesk_agent import Agent

NEW = ("new", "--service", "other")


def test_a_request_written_offline_is_delivered_by_a_later_sync_and_once(
    far_jane: Terminal, network: FlakyProxy, tess: Agent
) -> None:
    network.cut()
    sent = far_jane.json(*NEW, "--subject", "Written offline", text="On the train.", code=3)
    reference = sent["reference"]
    assert (sent["delivery"], sent["number"], sent["ticket"]) == ("queued", None, None) or (
        sent["delivery"] == "unsure"
    )
    (waiting,) = far_jane.json("outbox")["commands"]
    assert (waiting["kind"], waiting["subject"]) == ("create", "Written offline")
    shown = far_jane.json("show", reference)
    assert (shown["stage"], shown["sub_state"]) == (None, "not_sent")
    assert far_jane.json("list", "--search", "offline")["tickets"][0]["id"] == reference
    assert far_jane.run("sync", code=3).err.strip()
    network.restore()
    far_jane.json("sync")
    (number,) = tess.tickets("Written offline")
    assert far_jane.json("show", reference)["ticket"]["number"] == number
    assert far_jane.json("outbox")["commands"] == []
    far_jane.json("sync")
    assert tess.tickets("Written offline") == [number]


def test_a_lost_answer_does_not_double_a_request(
    far_jane: Terminal, network: FlakyProxy, tess: Agent
) -> None:
    network.fail(Fault.LOSE, match=rb"POST /api/v1/tickets", times=1)
    sent = far_jane.json(*NEW, "--subject", "The answer was lost", text="Sent once.")
    assert tess.tickets("The answer was lost") == [sent["number"]]
    assert far_jane.json("outbox")["commands"] == []


def test_what_the_desk_refuses_waits_with_its_reason_until_it_is_discarded(
    jane: Terminal, number: str
) -> None:
    refused = jane.json("not-fixed", number, text="It came back.\n", code=1)
    assert refused["delivery"] == "rejected"
    assert refused["reason"]
    (waiting,) = jane.json("outbox")["commands"]
    assert (waiting["delivery"], waiting["reason"]) == ("rejected", refused["reason"])
    (told,) = [event for event in jane.json("show", number)["events"] if event["delivery"]]
    assert (told["delivery"], told["text"]) == ("rejected", "It came back.")
    again = jane.run("outbox", "retry", waiting["id"], code=1)
    assert refused["reason"] in again.err
    jane.run("outbox", "discard", waiting["id"])
    assert jane.json("outbox")["commands"] == []
    assert jane.run("outbox").out == "Nothing is waiting.\n"


@pytest.mark.parametrize("words", [("retry", "nothing"), ("discard", "nothing")])
def test_an_unknown_id_in_the_outbox_is_said(jane: Terminal, words: tuple[str, str]) -> None:
    assert "Nothing that waits is called “nothing”" in jane.run("outbox", *words, code=1).err
