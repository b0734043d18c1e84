"""Leaving a request's page while the desk changes it: the program goes on."""

from tests.rigs.frontdesk_agent import Agent
from tests.stories.stage import Stage, until, write_request


def test_a_page_can_be_left_in_the_moment_in_which_it_changes(stage: Stage, tess: Agent) -> None:
    window = stage.start()
    write_request(window, "Left while it changes")
    window.press("Send request")
    until(lambda: bool(tess.tickets("Left while it changes")), "the request at the desk")
    (number,) = tess.tickets("Left while it changes")
    for turn in range(4):
        if turn:
            tess.status(number, "working", "Looking again.")
        tess.ask(number, f"Question {turn}?")
        window.open(number)
        window.wait_for(f"Question {turn}?")
        window.fill("Write a reply", f"Answer {turn}.")
        window.press("Send")
        until(lambda turn=turn: f"Answer {turn}." in tess.messages(number), "the answer")  # type: ignore[misc]
        tess.resolve(number, f"Fix {turn}.")
        window.keys("Ctrl+1")
        window.wait_for("Search all requests")
        assert window.process.poll() is None
    assert window.quit() == 0
