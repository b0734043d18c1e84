"""Everything an agent can do with a ticket from its page, by name."""

from collections.abc import Mapping

from tracker.frontdesk import requests
from tracker.frontdesk.pages import bodies
from tracker.frontdesk.pages.appointments import WHY, appointments
from tracker.frontdesk.pages.deed import Deed, Field, ruled
from tracker.frontdesk.requests import Nothing
from tracker.frontdesk.rules import agent, options
from tracker.model.option import OptionKind

WAITS = (
    ("waiting_for_supplier", "A supplier"),
    ("waiting_for_parts", "Parts"),
    ("waiting_for_approval", "An approval"),
    ("waiting_for_change", "A planned change"),
    ("waiting_for_requester", "The requester"),
)
OPTION_KINDS = {
    OptionKind.WAIT: "Wait",
    OptionKind.LOAN: "A loan device",
    OptionKind.WORKAROUND: "Another way",
    OptionKind.CANCEL: "Cancel the request",
    OptionKind.OTHER: "Something else",
}
PRIORITIES = (("low", "Low"), ("normal", "Normal"), ("high", "High"), ("urgent", "Urgent"))

_WHY_PERHAPS = Field("reason", "Why? They will read it")
_CLOSES = Field("auto_close_at", "Closes by itself (empty: after the usual days)", kind="moment")
_DONE = Field("text", "What was done? They will read it", kind="words", required=True)


def all_deeds() -> Mapping[str, Deed]:
    """List everything, by the name in the address."""
    deeds = (*_giving(), *_words(), *_states(), *_ending(), _options(), *appointments())
    return {deed.name: deed for deed in deeds}


def _giving() -> tuple[Deed, ...]:
    return (
        Deed(
            "take",
            "Take it",
            ruled(Nothing, bodies.take),
            "You have {number} now.",
            icon="user-check",
        ),
        Deed(
            "start",
            "Work on it",
            ruled(Nothing, agent.start),
            "{number} is being worked on, and the requester sees it.",
            icon="play",
        ),
        Deed(
            "hand-over",
            "Hand over",
            ruled(bodies.HandOver, bodies.hand_over),
            "{number} is handed over.",
            (
                Field("agent", "To a person", kind="agent"),
                Field("team", "Or to a team", kind="team"),
                WHY,
            ),
            icon="arrow-right",
        ),
    )


def _words() -> tuple[Deed, ...]:
    return (
        Deed(
            "say",
            "Send",
            ruled(bodies.Say, bodies.say),
            "It is sent.",
            (
                Field("text", "What to say", kind="words", required=True),
                Field("how", "Who reads it", kind="hidden"),
                Field("quick", "The next update", kind="moment"),
                Field("next_update", "And promise the next update by", kind="moment"),
            ),
            icon="send",
        ),
        Deed(
            "heartbeat",
            "Still on it",
            ruled(requests.Remark, agent.heartbeat),
            "They know that you are still on {number}.",
            (Field("text", "A word with it, if you like"),),
            icon="refresh-cw",
        ),
    )


def _states() -> tuple[Deed, ...]:
    return (
        Deed(
            "wait",
            "Waiting for…",
            ruled(requests.SetStatus, agent.set_status),
            "{number} waits, and the requester sees for what.",
            (
                Field("state", "For", kind="choice", required=True, choices=WAITS),
                WHY,
                Field("until", "Until about", kind="moment"),
                Field("who", "Who can end it"),
                Field("meanwhile", "What they can do meanwhile", kind="words"),
            ),
            icon="hourglass",
            button="Set it waiting",
        ),
        Deed(
            "priority",
            "Priority",
            ruled(requests.SetPriority, agent.set_priority),
            "The priority of {number} is changed.",
            (
                Field("priority", "Priority", kind="choice", required=True, choices=PRIORITIES),
                _WHY_PERHAPS,
            ),
            icon="circle-alert",
            button="Change it",
        ),
        Deed(
            "categorise",
            "Service",
            ruled(requests.Categorise, agent.categorise),
            "{number} is under another service now.",
            (Field("service", "Service", kind="service", required=True),),
            icon="list",
            button="Change it",
        ),
    )


def _ending() -> tuple[Deed, ...]:
    return (
        Deed(
            "resolve",
            "Fixed",
            ruled(requests.Resolve, agent.resolve),
            "{number} is fixed, as far as you know. The requester is asked whether it works.",
            (_DONE, _CLOSES),
            icon="circle-check",
        ),
        Deed(
            "close",
            "Close",
            ruled(requests.Remark, agent.close),
            "{number} is closed.",
            (Field("text", "A last word to the requester", kind="words"),),
            icon="x",
        ),
        Deed(
            "cancel",
            "Cancel",
            ruled(requests.SetStatus, agent.set_status),
            "{number} is cancelled.",
            (WHY,),
            icon="circle-x",
            button="Cancel the request",
            fixed={"state": "cancelled"},
        ),
        Deed(
            "reopen",
            "Back to work",
            ruled(requests.SetStatus, agent.set_status),
            "{number} is open again.",
            (_WHY_PERHAPS,),
            icon="rotate-ccw",
            fixed={"state": "working"},
        ),
    )


def _options() -> Deed:
    kinds = tuple((kind.value, OPTION_KINDS[kind]) for kind in OptionKind)
    return Deed(
        "options",
        "Offer a choice",
        ruled(requests.OfferOptions, options.offer),
        "They can choose now.",
        (
            Field("text", "Why nothing can be done now. They will read it", kind="words", required=True),
            Field("options", "Choice", kind="options", required=True, choices=kinds),
        ),
        icon="list",
        button="Offer it",
    )
