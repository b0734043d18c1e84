"""What a requester says while the desk works and after: news, patience, thanks, a relapse, a choice."""

from tests.frontdesk.play import BEN, Play
from tracker.frontdesk.requests import (
    Because,
    Explanation,
    MakePromise,
    Message,
    Nothing,
    OfferedOption,
    OfferOptions,
    Remark,
    Resolve,
    SetStatus,
)
from tracker.frontdesk.rules import agent, options, promises, requester, visits
from tracker.model.option import OptionKind


def missed_update(play: Play) -> str:
    """Let a promised update be missed and give the promise's id."""
    play.does(agent.reply, Message(text="I am looking."))
    play.does(promises.make_promise, MakePromise(kind="next_update", latest=play.ahead(1)))
    play.pass_by(hours=1, minutes=15)
    assert play.promises == [("next_update", "missed")]
    return play.ticket.promises[-1].id


def test_asking_for_news_stands_in_the_queue_until_an_agent_speaks(play: Play) -> None:
    promise = missed_update(play)
    play.wish(kind="news", about=promise, text="Anything new?")
    event = play.events[-1]
    assert (event.kind, event.text, event.actor.id) == ("news_asked", "Anything new?", "u1")
    assert event.data.promise is not None
    assert event.data.promise.id == promise
    assert play.flags() == ("promise_missed", "asked_for_news")
    assert play.ticket.news_asked_at == play.clock()
    play.does(agent.note, Message(text="Anna asks for news."))
    assert "asked_for_news" in play.flags(), "a note is no word to her"
    play.does(agent.heartbeat, Remark())
    assert play.flags() == ()
    assert play.ticket.last_word_at == play.clock()


def test_news_is_asked_for_once_until_there_was_a_word(play: Play) -> None:
    play.wish(kind="news")
    assert "ask_for_news" not in play.may
    assert play.wish_refused(kind="news", text="Hello?") == "The desk knows already that you would like news."
    play.does(agent.reply, Message(text="Tomorrow."))
    assert "ask_for_news" in play.may
    play.wish(kind="news")


def test_an_aim_that_only_the_program_knows_may_be_named(play: Play) -> None:
    play.wish(kind="news", about="aim-1")
    assert play.events[-1].data.promise is None


def test_what_can_wait_does_not_press_until_the_next_miss(play: Play) -> None:
    promise = missed_update(play)
    other = play.raise_one()
    assert play.queue() == [play.number, other]
    play.wish(kind="can_wait", about=promise)
    assert (play.flags(), play.last(1)) == (("can_wait",), ["can_wait"])
    assert play.queue() == [other, play.number]
    assert "let_wait" not in play.may
    assert play.wish_refused(kind="can_wait") == "The desk knows already that it can wait."
    play.does(promises.make_promise, MakePromise(kind="next_update", latest=play.ahead(1)))
    play.pass_by(hours=2)
    assert play.flags() == ("promise_missed", "can_wait")
    play.wish(kind="news")
    assert play.flags() == ("promise_missed", "asked_for_news")


def test_the_wish_for_news_ends_patience_and_patience_the_wish(play: Play) -> None:
    play.wish(kind="can_wait")
    play.wish(kind="news")
    assert play.ticket.can_wait_since is None
    play.wish(kind="can_wait")
    assert play.ticket.news_asked_at is None


def test_whose_turn_it_is_asks_for_no_news(play: Play) -> None:
    play.does(agent.ask, Message(text="Which?"))
    assert not {"ask_for_news", "let_wait"} & play.may
    assert "Please answer first" in play.wish_refused(kind="news")
    play.does(agent.start, Nothing())
    play.does(agent.resolve, Resolve(text="Done"))
    assert play.wish_refused(kind="can_wait") == "The desk says it is fixed. Does it work?"


def test_thanks_opens_nothing_and_is_said_once_for_each_solving(play: Play) -> None:
    assert play.wish_refused(kind="thanks") == "You can say thanks once it is solved."
    play.does(agent.resolve, Resolve(text="Done"))
    closes = play.ticket.auto_close_at
    play.wish(kind="thanks", text="Lovely.")
    assert (play.ticket.state, play.ticket.auto_close_at) == ("resolved", closes)
    assert (play.events[-1].kind, play.events[-1].text) == ("thanked", "Lovely.")
    assert "thank" not in play.may
    assert play.wish_refused(kind="thanks") == "You have said thanks already."
    play.wish(kind="came_back")
    play.does(agent.resolve, Resolve(text="Done again"))
    play.wish(kind="thanks")
    play.pass_by(days=8)
    assert play.ticket.state == "closed"


def test_a_rating_comes_with_a_wish_too_and_once(play: Play) -> None:
    assert "once it is solved" in play.wish_refused(kind="rate", score=3)
    play.does(agent.resolve, Resolve(text="Done"))
    assert play.wish_refused(kind="rate") == "Choose from one to five."
    play.wish(kind="rate", score=4, text="Quick.")
    assert play.ticket.rating is not None
    assert (play.ticket.rating.score, play.ticket.rating.text) == (4, "Quick.")
    assert play.wish_refused(kind="rate", score=1) == "You have rated this already."


def test_days_after_closing_it_is_still_fine_or_came_back(play: Play) -> None:
    assert play.wish_refused(kind="still_fine") == "It is not closed yet."
    play.does(agent.resolve, Resolve(text="Done"))
    play.pass_by(days=7)
    assert "check_in" in play.may
    play.wish(kind="still_fine")
    assert (play.events[-1].kind, play.events[-1].data.fine, play.ticket.state) == (
        "checked_in",
        True,
        "closed",
    )
    assert "check_in" not in play.may
    assert play.wish_refused(kind="still_fine") == "You have told us already that it works."
    done = play.wish(kind="came_back", text="Since this morning.")
    assert (done.event.kind, done.event.data.fine) == ("checked_in", False)
    assert play.last(2) == ["checked_in", "reopened"]
    assert play.ticket.state == "new"
    assert "write a reply" in play.wish_refused(kind="came_back")


def test_what_came_back_too_late_is_a_new_request(play: Play) -> None:
    play.does(agent.close, Remark())
    play.pass_by(days=15)
    assert "raise a new request" in play.wish_refused(kind="came_back")
    assert play.last_code == "not_now"


def test_not_yet_stops_the_countdown_and_can_be_said_only_once(play: Play) -> None:
    play.does(agent.resolve, Resolve(text="Done"))
    play.says(requester.say_not_fixed, Explanation(text="No sound yet."))
    assert play.ticket.auto_close_at is None
    assert "write a reply" in play.wish_refused(kind="came_back")


OFFER = OfferOptions(
    text="The maker has no docks until May.",
    options=(
        OfferedOption(kind=OptionKind.WAIT, label="Wait  until May"),
        OfferedOption(kind=OptionKind.LOAN, label="Take a loan dock", text="At the counter."),
        OfferedOption(kind=OptionKind.CANCEL, label="Cancel it"),
    ),
)


def test_the_options_left_are_laid_out_and_one_is_chosen(play: Play) -> None:
    done = play.does(options.offer, OFFER)
    assert (done.event.kind, done.event.text) == ("options_offered", OFFER.text)
    assert [option.label for option in play.ticket.options] == [
        "Wait until May",
        "Take a loan dock",
        "Cancel it",
    ]
    assert "choose" in play.may
    loan = play.ticket.options[1]
    play.wish(kind="option", about=loan.id, text="From Monday, please.")
    event = play.events[-1]
    assert (event.kind, event.data.option, event.text) == ("option_chosen", loan, "From Monday, please.")
    assert (play.ticket.options, "choose" in play.may) == ((), False)
    assert play.wish_refused(kind="option", about=loan.id) == "That choice is not offered any more."
    assert play.last_code == "not_now"


def test_choosing_to_cancel_ends_the_request_with_its_visit_and_its_call(play: Play) -> None:
    play.book_visit()
    play.wish(kind="call", phone="1", windows=[play.window(1)])
    play.does(options.offer, OFFER)
    play.wish(kind="option", about=play.ticket.options[2].id)
    ticket = play.ticket
    assert (ticket.state, ticket.state_reason) == ("cancelled", "Anna Keller chose to cancel it.")
    assert (ticket.visit and ticket.visit.state, ticket.call and ticket.call.state) == (
        "cancelled",
        "cancelled",
    )
    ending = ["option_chosen", "visit_cancelled", "promise_withdrawn", "callback_cancelled", "status"]
    assert play.last(5) == ending
    play.pass_by(days=3)
    assert play.last(1) == ["status"]


def test_options_are_gone_with_a_new_offer_and_with_the_end(play: Play) -> None:
    play.does(options.offer, OFFER)
    old = play.ticket.options[0].id
    play.does(options.offer, OFFER)
    assert play.wish_refused(kind="option", about=old) == "That choice is not offered any more."
    play.does(agent.resolve, Resolve(text="A dock was found."))
    assert play.ticket.options == ()
    assert "is solved" in play.refuses(options.offer, OFFER)


def test_a_wait_says_until_when_who_ends_it_and_what_to_do_meanwhile(play: Play) -> None:
    wait = SetStatus(
        state="waiting_for_supplier",
        reason="The dock is ordered.",
        until=play.ahead(72),
        who="Acme\nsupport",
        meanwhile="Use the dock in room 3.",
    )
    play.does(agent.set_status, wait)
    ticket, event = play.ticket, play.events[-1]
    assert (ticket.state_until, ticket.waiting_for, ticket.meanwhile) == (
        wait.until,
        "Acme support",
        wait.meanwhile,
    )
    assert (event.kind, event.data.until, event.data.who) == ("on_hold", wait.until, "Acme support")
    assert event.data.meanwhile == wait.meanwhile
    since = ticket.state_since
    play.pass_by(hours=1)
    assert "that state already" in play.refuses(agent.set_status, wait)
    later = SetStatus(state="waiting_for_supplier", until=play.ahead(99), who="Acme")
    play.does(agent.set_status, later)
    assert (play.ticket.state_since, play.ticket.state_until) == (since, later.until)
    play.does(agent.start, Nothing())
    assert (play.ticket.state_until, play.ticket.waiting_for, play.ticket.meanwhile) == (None, None, None)


def test_a_wait_that_cannot_be_is_refused(play: Play) -> None:
    for body in (
        SetStatus(state="waiting_for_parts", until=play.ahead(-5)),
        SetStatus(state="waiting_for_parts", until=play.ahead(3 * 365 * 24)),
        SetStatus(state="working", until=play.ahead(5)),
        SetStatus(state="cancelled", reason="x", who="Acme"),
    ):
        play.refuses(agent.set_status, body)
        assert play.last_code == "invalid"


def test_those_in_copy_read_and_write_but_wish_for_nothing(play: Play) -> None:
    for kind in ("news", "can_wait", "thanks", "still_fine", "came_back", "option", "call_off", "rate"):
        assert "Only Anna Keller" in play.refused_to(BEN, kind=kind)
        assert play.last_code == "not_allowed"


def test_nothing_is_wished_of_a_request_that_has_ended(play: Play) -> None:
    play.book_visit()
    play.does(visits.cancel, Because(reason="x"))
    play.does(agent.set_status, SetStatus(state="cancelled", reason="Twice"))
    for kind in ("news", "can_wait", "thanks", "came_back", "option", "call_off", "visit_ok"):
        play.wish_refused(kind=kind)
        assert play.last_code == "not_now"
    assert play.may == set()
