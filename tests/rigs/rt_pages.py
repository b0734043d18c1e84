"""An agent at Request Tracker's own web pages: one form, several fields, one click on “Save Changes”."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import httpx

from tests.rigs.rt import Person, RtRig
from tests.rigs.technician import Refused

Typed = Mapping[str, str | datetime]


class AgentPages:
    """The page “Jumbo” of a ticket, read and sent as a browser does; what is not typed stays as it is."""

    def __init__(self, rig: RtRig, person: Person) -> None:
        self._http = httpx.Client(base_url=rig.url, trust_env=False, timeout=60)
        self._http.post("/NoAuth/Login.html", data={"user": person.name, "pass": person.password})

    def __enter__(self) -> AgentPages:
        return self

    def __exit__(self, *_what: object) -> None:
        self._http.close()

    def save(
        self, ticket: str, fields: Typed, *, reply: str = "", status: str = "", due: datetime | None = None
    ) -> None:
        """Type into the form and save; raises Refused where a field does not have its value then."""
        page = f"/Ticket/ModifyAll.html?id={ticket}"
        shown = self._http.get(page).text
        form = {"id": ticket, "SubmitTicket": "Save Changes"}
        names = self._names(ticket)
        for name, value in fields.items():
            form |= _inputs(shown, ticket, names[name], _typed(value))
        if reply:
            form |= {"UpdateType": "response", "UpdateContent": reply}
        if status:
            form["Status"] = status
        if due is not None:
            form["Due_Date"] = _typed(due)
        self._http.post(
            "/Ticket/ModifyAll.html", data=form, headers={"Referer": f"{self._http.base_url}{page}"}
        )
        self._check(ticket, fields, status)

    def _names(self, ticket: str) -> dict[str, str]:
        listed = self._http.get(f"/REST/2.0/ticket/{ticket}").json()["CustomFields"]
        return {field["name"]: field["id"] for field in listed}

    def _check(self, ticket: str, fields: Typed, status: str) -> None:
        now = self._http.get(f"/REST/2.0/ticket/{ticket}").json()
        values = {field["name"]: (field["values"] or [""])[0] for field in now["CustomFields"]}
        for name, value in fields.items():
            wanted = value.strftime("%Y-%m-%dT%H:%M:00Z") if isinstance(value, datetime) else value
            if values[name] != wanted:
                raise Refused(f"{name} is {values[name]!r}, not {wanted!r}")
        if status and now["Status"] != status:
            raise Refused(f"The status is {now['Status']!r}, not {status!r}")


def backdate(rig: RtRig, ticket: str, by: timedelta) -> None:
    """Make all of a ticket that long ago, the promised dates included; it still counts as changed now."""
    shift = f"-{int(by.total_seconds())} seconds"
    with sqlite3.connect(rig.folder / "rt.sqlite", timeout=20) as database:
        database.execute(
            "UPDATE Transactions SET Created = datetime(Created, ?),"
            " NewValue = coalesce(datetime(NewValue, ?), NewValue)"
            " WHERE ObjectType = 'RT::Ticket' AND ObjectId = ? AND Type IN ('Create', 'CustomField')",
            (shift, shift, ticket),
        )
        database.execute("UPDATE Tickets SET Created = datetime(Created, ?) WHERE id = ?", (shift, ticket))
        database.execute(
            "UPDATE ObjectCustomFieldValues SET Content = datetime(Content, ?)"
            " WHERE ObjectType = 'RT::Ticket' AND ObjectId = ? AND datetime(Content) IS NOT NULL",
            (shift, ticket),
        )
    database.close()


def _inputs(page: str, ticket: str, field: str, value: str) -> dict[str, str]:
    """Give the inputs of a custom field as the page names them."""
    start = f"Object-RT::Ticket-{ticket}-CustomField-{field}-"
    names = re.findall(rf'name="({re.escape(start)}Values?)"', page)
    if not names:
        raise Refused(f"The page has no field {field}")
    return {names[0]: value, f"{names[0]}-Magic": "1"}


def _typed(value: str | datetime) -> str:
    return value if isinstance(value, str) else value.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
