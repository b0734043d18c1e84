"""What became of each promise, and how promises were kept over all requests."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.page_ground import Clock, Ground, ground, on_screen
from tests.ui.samples import ACCESS, DOCK, ZONE, at, ticket
from tests.ui.test_wording import BRITISH
from tests.ui.tickets.card_samples import MISSED
from tracker.model.change import Change
from tracker.model.ledger import Ledger
from tracker.model.promise import Promise, PromiseKind, PromiseState
from tracker.model.ticket import TicketId
from tracker.model.track import Track
from tracker.ui.theme.theme import Theme
from tracker.ui.tickets import promise_record
from tracker.ui.tickets.list_page import MyRequestsPage
from tracker.ui.tickets.promise_foot import PromiseFoot
from tracker.ui.tickets.promise_record import PromiseRecord
from tracker.ui.tickets.promise_words import ledger_words, promise_lines
from tracker.ui.wording import Wording

WORDING = Wording(BRITISH, ZONE, Clock())
OPEN = Promise("p", PromiseKind.FIX, at(24, 12), at(20, 9))


@pytest.fixture
def g(theme: Theme) -> Ground:
    return ground(theme, tracks=(DOCK, MISSED, ACCESS))


def said(*promises: Promise) -> list[str]:
    return [f"{line.text}: {line.state}. {line.note}" for line in promise_lines(promises, WORDING)]


def test_a_moved_promise_shows_both_dates_and_why() -> None:
    heir = replace(OPEN, id="q", latest=at(26, 12), supersedes="p", reason="the part is late")
    moved = replace(OPEN, state=PromiseState.MOVED)
    assert said(heir, moved) == [
        "Fixed by Wed 26 Nov, 12:00: open. ",
        "Fixed by Mon 24 Nov, 12:00: moved. Moved to Wed 26 Nov, 12:00. Why: the part is late",
    ]
    assert said(replace(heir, reason=None), moved)[1].endswith(
        "Moved to Wed 26 Nov, 12:00. No reason was given."
    )


def test_a_paused_promise_says_why() -> None:
    assert said(replace(OPEN, state=PromiseState.PAUSED)) == [
        "Fixed by Mon 24 Nov, 12:00: paused. The clock stands still while it waits for you."
    ]


@pytest.mark.parametrize("state", list(PromiseState))
def test_every_state_has_a_word(state: PromiseState) -> None:
    (line,) = promise_lines((replace(OPEN, state=state),), WORDING)
    assert line.state


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (Ledger(), ""),
        (Ledger(made=3), ""),
        (Ledger(made=2, missed=1), "IT kept 0 of 1 promise; 1 was missed"),
        (Ledger(made=15, kept=14), "IT kept 14 of 14 promises"),
        (Ledger(16, 1, 12, 1), "IT kept 12 of 14 promises; 1 was moved, 1 was missed"),
        (Ledger(5, 0, 1, 3), "IT kept 1 of 4 promises; 3 were missed"),
        (Ledger(5, 2, 1, 0), "IT kept 1 of 3 promises; 2 were moved"),
    ],
)
def test_promises_are_counted_in_words(counted: Ledger, words: str) -> None:
    assert ledger_words(counted, WORDING) == words


def listed(g: Ground, qtbot: QtBot) -> tuple[MyRequestsPage, PromiseFoot]:
    page = MyRequestsPage(g.context)
    on_screen(page, qtbot)
    return page, page.findChildren(PromiseFoot)[0]


def record(foot: PromiseFoot) -> str:
    return foot.findChildren(PromiseRecord)[0].text


def test_the_foot_of_the_list_tells_how_promises_were_kept(g: Ground, qtbot: QtBot) -> None:
    _page, foot = listed(g, qtbot)
    assert not foot.isVisible()
    qtbot.waitUntil(foot.isVisible, timeout=5_000)  # it comes by itself, after the list
    assert record(foot) == "IT kept 2 of 5 promises to you; 2 were moved, 1 was missed"


def test_with_nothing_to_count_it_says_nothing(g: Ground, qtbot: QtBot) -> None:
    g.view.by_id = {ACCESS.ticket.id: ACCESS}
    _page, foot = listed(g, qtbot)
    foot.count()
    assert record(foot) == ""
    assert not foot.isVisible()


def test_only_what_has_changed_is_counted_again(g: Ground, qtbot: QtBot) -> None:
    page, foot = listed(g, qtbot)
    foot.count()
    page._model.forget_all()
    read = g.view.tracks_read
    g.view.put(DOCK, promises=())
    foot.refresh(Change(tickets=frozenset({DOCK.ticket.id})))
    foot.count()
    assert g.view.tracks_read == read + 1
    assert record(foot) == "IT kept 1 of 3 promises to you; 1 was moved, 1 was missed"


def test_time_alone_can_end_a_promise(g: Ground, qtbot: QtBot) -> None:
    page, foot = listed(g, qtbot)
    foot.count()
    late = tuple(
        replace(p, state=PromiseState.MISSED) if p.state is PromiseState.OPEN else p for p in DOCK.promises
    )
    g.view.put(DOCK, promises=late)
    page._let_time_pass()
    foot.count()
    assert record(foot) == "IT kept 2 of 7 promises to you; 2 were moved, 3 were missed"


def test_a_small_window_has_no_room_for_it(g: Ground, qtbot: QtBot) -> None:
    page, foot = listed(g, qtbot)
    foot.count()
    assert foot.isVisible()
    page.window().resize(872, 300)
    qtbot.waitUntil(lambda: not foot.isVisible())


def many(count: int) -> dict[TicketId, Track]:
    kept = replace(OPEN, state=PromiseState.KEPT)
    names = [f"n{number}" for number in range(count)]
    return {
        TicketId(name): replace(DOCK, ticket=ticket(name, name, name), promises=(kept,)) for name in names
    }


def test_very_many_requests_are_counted_a_few_at_a_time_up_to_a_limit(
    g: Ground, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promise_record, "MOST", 60)
    g.view.by_id = many(70)
    _page, foot = listed(g, qtbot)
    foot.count()
    assert record(foot) == ""  # the first few do not make the whole
    qtbot.waitUntil(lambda: record(foot) != "")
    assert record(foot) == "IT kept 60 of 60 promises to you (in your 60 newest requests)"


def test_a_request_that_is_gone_is_not_counted(g: Ground, qtbot: QtBot) -> None:
    _page, foot = listed(g, qtbot)
    foot.count()
    del g.view.by_id[MISSED.ticket.id]
    foot.refresh(Change(everything=True))
    foot.count()
    assert record(foot) == "IT kept 1 of 2 promises to you; 1 was moved"
