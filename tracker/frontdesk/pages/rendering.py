"""Pages made of templates: everything put into them is escaped, and no browser may do more than show them."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tracker.frontdesk.pages.desk_time import DeskTime

TEMPLATES = Path(__file__).parent / "templates"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
GUARDED: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every page: nothing from elsewhere, no script in the page, no frame around it, no copy kept."""


class Press:
    """Makes pages of the templates beside this file."""

    def __init__(self) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, template: str, *, time: DeskTime, status: int = 200, **shown: object) -> Response:
        """Make a page, or a part of one."""
        text = self._templates.get_template(template).render(time=time, **shown)
        return HTMLResponse(text, status_code=status, headers=GUARDED)


def see_other(path: str) -> Response:
    """Send the browser to another page of the desk."""
    return RedirectResponse(path, status_code=303, headers=GUARDED)
