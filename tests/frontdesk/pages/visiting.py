"""An agent at the pages in a browser without script: follows no link by itself, sends forms as they stand."""

import html
import re
import ssl

import httpx

from tests.frontdesk.house import PASSWORD
from tests.frontdesk.pages.reading_forms import PageForm, forms_of

SENTENCE = re.compile(r'<p class="(?:was-done|refused)"[^>]*>(.*?)</p>', re.S)
TAG = re.compile(r"<svg.*?</svg>|<[^>]+>", re.S)


class PageVisitor:
    """A browser at a desk. `sign_in` first, then `open` and `send`."""

    def __init__(self, url: str, *, trust: ssl.SSLContext | None = None) -> None:
        trust = trust or ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=30, verify=trust)

    def close(self) -> None:
        """Close the browser."""
        self.http.close()

    def try_sign_in(
        self, name: str, password: str = PASSWORD, *, after: str = "/desk/sign-in"
    ) -> httpx.Response:
        """Fill in the sign-in form and send it; gives the answer, which leads on when it went well."""
        (form,) = forms_of(self.http.get(after).text)
        return self.http.post(form.action, data={**form.values, "user": name, "password": password})

    def sign_in(self, name: str) -> "PageVisitor":
        """Get in; gives the visitor back."""
        answer = self.try_sign_in(name)
        assert answer.status_code == 303, sentence(answer)
        return self

    def open(self, path: str) -> str:
        """Read a page that must be there."""
        answer = self.http.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.headers.get("location"))
        return answer.text

    def ticket(self, number: str) -> str:
        """Read a ticket's page."""
        return self.open(f"/desk/tickets/{number}")

    def form(self, number: str, deed: str) -> PageForm:
        """Give the first form on a ticket's page that does this."""
        return next(form for form in forms_of(self.ticket(number)) if form.action.endswith(f"/{deed}"))

    def send(self, form: PageForm, **typed: str) -> httpx.Response:
        """Send a form with something typed into it; gives the answer itself."""
        return self.http.post(form.action, data={**form.values, **typed})

    def do(self, number: str, deed: str, **typed: str) -> str:
        """Do something that must succeed; gives the sentence about it."""
        answer = self.send(self.form(number, deed), **typed)
        assert answer.status_code == 303, sentence(answer)
        return sentence(self.http.get(answer.headers["location"]))

    def fail(self, number: str, deed: str, **typed: str) -> tuple[int, str]:
        """Do something that must be refused; gives the status and the sentence."""
        answer = self.send(self.form(number, deed), **typed)
        assert answer.status_code >= 400, answer.status_code
        return answer.status_code, sentence(answer)


def sentence(answer: httpx.Response) -> str:
    """Give what a page says about what was sent."""
    found = SENTENCE.search(answer.text) or re.search(r'role="alert">(.*?)</p>', answer.text, re.S)
    return words(found.group(1)) if found else ""


def words(markup: str) -> str:
    """Give the text of some markup, as it is read."""
    return " ".join(html.unescape(TAG.sub("", markup)).split())
