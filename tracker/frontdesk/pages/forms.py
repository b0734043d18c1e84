"""Forms as browsers post them: read within limits, and proved to come from a page of the desk."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from tracker.frontdesk.refusals import Refused
from tracker.frontdesk.web.incoming import KEY, read_content

FORM = "application/x-www-form-urlencoded"
FIELDS = 100

STRANGE = "This did not come from a page of the desk, so nothing was done. Load the page again and repeat it."


@dataclass(frozen=True, slots=True)
class Form:
    """What was filled in, by the name of the field; spaces at the edges are cut."""

    values: Mapping[str, str]

    def get(self, name: str) -> str:
        """Give what a field holds, nothing where it is not there."""
        return self.values.get(name, "").strip()

    @property
    def key(self) -> str:
        """The key that this form may be carried out under once; raises `Refused` when it has none."""
        key = self.get("key")
        if KEY.fullmatch(key) is None:
            raise Refused("invalid", STRANGE)
        return key


async def read_form(request: Request) -> Form:
    """Read a posted form; raises `Refused`: not a form, or too large."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Refused("wrong_type", "The desk takes forms here.")
    content = await read_content(request)
    try:
        pairs = parse_qsl(
            content.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="replace"
        )
    except ValueError as error:
        raise Refused("invalid", STRANGE) from error
    return Form({name: value.replace("\r\n", "\n") for name, value in pairs})


def require_own(request: Request, form: Form, token: str) -> None:
    """Raise `Refused` unless the form was made for this session and sent from a page of this desk."""
    if not hmac.compare_digest(form.get("token").encode(), token.encode()):
        raise Refused("not_allowed", STRANGE)
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    if site not in ("same-origin", "none") or (origin is not None and not _is_here(request, origin)):
        raise Refused("not_allowed", STRANGE)


def _is_here(request: Request, origin: str) -> bool:
    return urlsplit(origin).netloc == request.headers.get("host", "")
