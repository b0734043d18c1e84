"""Who we are at the company's proxy: asked for when it wants to know, kept in the keyring, for it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.desks.network import ProxyLogin
from tracker.host.secrets import SecretRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.host.redaction import Redactor
    from tracker.host.secrets import Secrets

_ENTRY = "proxy"
_MARK = "\x1f"
_LONGEST_NAME = 200


class ProxySecret:
    """The name and the password for one proxy: a `ProxyLogins`. `asked` hears which proxy wants it."""

    def __init__(self, secrets: Secrets, redactor: Redactor, asked: Callable[[str], None]) -> None:
        self._secrets, self._redactor, self._asked = secrets, redactor, asked
        self.asked_by = ""
        """The proxy (`host:port`) that wants to know who we are, as long as nobody has said it."""

    async def __call__(self, proxy: str, tried: ProxyLogin | None) -> ProxyLogin | None:
        """Give who we are at this proxy, or note that it wants to know."""
        place, login = await self._kept()
        if place == proxy and login.name and login != tried:
            return login
        self.asked_by = proxy
        self._asked(proxy)
        return None

    async def hide(self) -> None:
        """Let the redactor know what is kept, for whatever proxy."""
        await self._kept()

    async def _kept(self) -> tuple[str, ProxyLogin]:
        place, _, rest = (await self._secrets.get(_ENTRY, or_given=False) or "").partition(_MARK)
        name, _, password = rest.partition(_MARK)
        self._redactor.hide(password)
        return place, ProxyLogin(name, password)

    @property
    def session_only(self) -> bool:
        """Whether it is kept in memory alone, so that the next start asks for it again."""
        return self._secrets.session_only

    async def keep(self, proxy: str, login: ProxyLogin) -> None:
        """Keep it for this proxy alone, in the keyring or for this session. Raises `HostError`."""
        # RFC 7617: a colon ends the name.
        if not login.name or len(login.name) > _LONGEST_NAME or ":" in login.name or not login.password:
            raise SecretRefused("A proxy wants a name (without a colon) and a password.")
        if not (login.name + login.password).isprintable():
            raise SecretRefused("The name and the password may hold no line breaks or the like.")
        self._redactor.hide(login.password)
        self._secrets.ask_again()
        await self._secrets.set(_ENTRY, _MARK.join((proxy, login.name, login.password)))
        self.asked_by = ""
        self._asked("")

    async def forget(self) -> bool:
        """Forget it; False when the keyring could not be reached and may still hold it."""
        return await self._secrets.delete(_ENTRY, others=True)
