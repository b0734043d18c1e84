"""A browser without a screen for the pages of a sign-in: follows redirects, keeps cookies, sends forms."""

from __future__ import annotations

import html
import re
from types import TracebackType

import httpx

_MOST_MOVES = 10


class Surfer:
    """Goes from page to page as a browser does; `page` is the last one. Use it with `async with`.

    As browsers do on this computer, and httpx does not, it also sends back cookies that ask for encryption.
    """

    def __init__(self) -> None:
        self.page = httpx.Response(204)
        self._http = httpx.AsyncClient(trust_env=False, timeout=30)
        self._cookies: dict[str, str] = {}

    async def __aenter__(self) -> Surfer:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def go(self, url: str) -> None:
        """Open an address."""
        await self._follow(self._request("GET", url))

    async def submit(self, **fields: str) -> None:
        """Send the page's form to where the page came from."""
        await self._follow(self._request("POST", str(self.page.url), fields))

    async def press_link(self) -> None:
        """Press the first link of the page."""
        found = re.search(r'<a\b[^>]*\bhref="([^"]*)"', self.page.text)
        assert found, self.page.text
        await self.go(html.unescape(found[1]))

    def _request(self, method: str, url: str, fields: dict[str, str] | None = None) -> httpx.Request:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return self._http.build_request(
            method, url, data=fields, headers={"cookie": cookie} if cookie else {}
        )

    async def _follow(self, request: httpx.Request) -> None:
        for _ in range(_MOST_MOVES):
            self.page = await self._http.send(request)
            self._cookies |= {cookie.name: cookie.value or "" for cookie in self._http.cookies.jar}
            if not self.page.is_redirect:
                return
            request = self._request("GET", str(self.page.url.join(self.page.headers["location"])))
        raise AssertionError(f"sent round in circles: {request.url}")
