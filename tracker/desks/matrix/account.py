"""A Matrix server's calls around a sign-in, which need no session: versions, ways in, login, refresh."""

from dataclasses import replace

import msgspec

from tracker.desks.answer import Answer, decode
from tracker.desks.http import Call, DeskHttp
from tracker.desks.matrix import wire_account as wire
from tracker.desks.matrix.refusals import TROUBLE, MatrixRefused, read_refusal
from tracker.model.errors import DeskUnavailable, SignInRequired, UnexpectedAnswer

CLIENT = "/_matrix/client"
OLDEST = (1, 11)
"""The first version in which files are only given to whoever may see them."""

DEVICE_NAME = "Tracker"
_PATIENT = 120.0


class MatrixAccount:
    """Speaks with one server as nobody in particular. Errors are those of `DeskHttp` and `read_refusal`."""

    def __init__(self, http: DeskHttp) -> None:
        self.http = http

    async def versions(self) -> tuple[str, ...]:
        """Ask which versions of the specification it speaks. UnexpectedAnswer: none that we do."""
        answer = await self._ask(Call("GET", f"{CLIENT}/versions"))
        told = decode(answer, wire.Versions).versions
        if max(map(_number, told), default=(0, 0)) < OLDEST:
            raise UnexpectedAnswer(
                f"{self.http.desk} is too old: Tracker needs Matrix 1.11 or later. Tell IT."
            )
        return told

    async def flows(self) -> tuple[wire.Flow, ...]:
        """Ask in which ways one can sign in."""
        return decode(await self._ask(Call("GET", f"{CLIENT}/v3/login")), wire.Flows).flows

    async def login(self, user: str, password: str, *, device: str = "") -> wire.SignedIn:
        """Sign in with a password; `device` is the one of an earlier sign-in, else the server makes one."""
        form = wire.Login(
            "m.login.password", identifier=wire.UserName(user), password=password, device_id=device
        )
        wrong = f"{self.http.desk} does not know this name with this password. Check both and try again."
        return await self._login(form, wrong)

    async def login_with_token(self, token: str, *, device: str = "") -> wire.SignedIn:
        """Sign in with the one-time token that the browser brought back."""
        form = wire.Login("m.login.token", token=token, device_id=device)
        return await self._login(form, f"{self.http.desk} did not take the answer of the browser. Try again.")

    async def refresh(self, token: str) -> wire.Refreshed:
        """Get a new access token. SignInRequired when this session is over.

        The old refresh token stays good until one of the new tokens is used for the first time.
        """
        call = Call("POST", f"{CLIENT}/v3/refresh", body=msgspec.json.encode(wire.Refresh(token)))
        try:
            return decode(await self._ask(call), wire.Refreshed)
        except MatrixRefused as error:
            raise SignInRequired(f"{self.http.desk} asks you to sign in again.") from error

    async def _login(self, form: wire.Login, wrong: str) -> wire.SignedIn:
        full = msgspec.structs.replace(form, initial_device_display_name=DEVICE_NAME, refresh_token=True)
        call = Call("POST", f"{CLIENT}/v3/login", body=msgspec.json.encode(full))
        try:
            return decode(await self._ask(call), wire.SignedIn)
        except MatrixRefused as error:
            if error.code in ("M_FORBIDDEN", "M_INVALID_USERNAME", "M_NOT_FOUND"):
                raise SignInRequired(wrong) from error
            raise
        except DeskUnavailable as error:
            if error.after and error.after > 1:
                raise DeskUnavailable(self._wait_first(error.after), error.after) from error
            raise

    def _wait_first(self, seconds: float) -> str:
        span = f"{seconds / 60:.0f} minutes" if seconds > _PATIENT else f"{seconds:.0f} seconds"
        return f"{self.http.desk} allows only a few sign-ins at a time. Try again in {span}."

    async def _ask(self, call: Call) -> Answer:
        answer = await self.http.ask(replace(call, limit=1024 * 1024), accept=TROUBLE)
        if answer.status in TROUBLE:
            raise read_refusal(answer)
        return answer


def _number(version: str) -> tuple[int, int]:
    major, _, minor = version.removeprefix("v").partition(".")
    whole = major.isdecimal() and minor.isdecimal() and len(version) < 20
    return (int(major), int(minor)) if whole else (0, 0)
