"""The custom fields with a meaning: what they are called at a site, and what the words in two of them say."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from tracker.model.call import CallState
from tracker.model.visit import VisitState


@dataclass(frozen=True, slots=True)
class FieldNames:
    """The fields' names; a site that lacks one, or leaves its name empty, simply does without it.

    The usual names are those that resources/rt/tracker-initialdata.pl makes.
    """

    visit: str = "Technician visit"
    visit_end: str = "Visit until"
    visit_state: str = "Visit state"
    visit_agent: str = "Visit technician"
    eta_from: str = "Arrival from"
    eta_to: str = "Arrival until"
    visit_zone: str = "Visit time zone"
    prepare: str = "Visit preparation"
    visit_note: str = "Visit note"
    location: str = "Location"
    directions: str = "How to find me"
    next_update: str = "Next update by"
    promise_reason: str = "Reason for new date"
    wait_reason: str = "Waiting reason"
    wait_until: str = "Waiting until"
    wait_who: str = "Waiting for"
    meanwhile: str = "Meanwhile"
    call_state: str = "Call state"
    call_from: str = "Call from"
    call_until: str = "Call until"
    call_number: str = "Call number"
    call_windows: str = "Call windows"
    rating: str = "Satisfaction"
    rating_text: str = "Rating comment"
    client_id: str = "Client id"

    def items(self) -> Iterator[tuple[str, str]]:
        """Give each field's key in the options with its name."""
        return ((each.name, str(getattr(self, each.name))) for each in fields(self))

    def special(self) -> frozenset[str]:
        """Name those that are not questions on a form."""
        return frozenset(name for key, name in self.items() if key != "location") - {""}

    @property
    def of_visit(self) -> frozenset[str]:
        """Name those that together say what there is to say of a visit, but for its place."""
        return frozenset(
            {
                *(self.visit, self.visit_end, self.visit_state, self.visit_agent, self.eta_from, self.eta_to),
                *(self.visit_zone, self.prepare, self.visit_note, self.directions),
            }
        ) - {""}

    @property
    def of_call(self) -> frozenset[str]:
        """Name those that together say what there is to say of a call."""
        names = {self.call_state, self.call_from, self.call_until, self.call_number, self.call_windows}
        return frozenset(names) - {""}

    @property
    def of_wait(self) -> frozenset[str]:
        """Name those that say why a request waits."""
        return frozenset({self.wait_reason, self.wait_until, self.wait_who, self.meanwhile}) - {""}


FIELD_KEYS = frozenset(each.name for each in fields(FieldNames))

VISIT_WORDS = {state.value.replace("_", " "): state for state in VisitState} | {
    "booked": VisitState.SCHEDULED,
    "nobody in": VisitState.FAILED,
}
"""What the values of the field for the visit's state mean, where the site says nothing else."""

CALL_WORDS = {state.value: state for state in CallState}
"""The same for the call's."""
