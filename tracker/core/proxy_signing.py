"""Who we are at the company's proxy: asked for when it wants to know, kept in the keyring, for it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.desks.network import ProxyLogin
from tracker.host.secrets import SecretRefused
from tracker.model.errors import SignInRequired

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.core.program import Program
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
        kept = await self._secrets.get(_ENTRY, or_given=False) or ""
        place, _, rest = kept.partition(_MARK)
        name, _, password = rest.partition(_MARK)
        login = ProxyLogin(name, password)
        if place == proxy and name and login != tried:
            self._redactor.hide(password)
            return login
        self.asked_by = proxy
        self._asked(proxy)
        return None

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


async def sign_in_to_proxy(program: Program, login: ProxyLogin, proxy: str = "") -> str:
    """Keep who we are at a proxy and try it at once; give the proxy's `host:port`.

    Without `proxy`, it is the one that has asked, else the one that leads to the desk. Raises `HostError`,
    and `SignInRequired` where no proxy is known.
    """
    place = proxy or program.proxy_secret.asked_by or await _proxy_to_desk(program)
    await program.proxy_secret.keep(place, login)
    program.engine.check_now()
    return place


async def _proxy_to_desk(program: Program) -> str:
    from tracker.desks.certificates import make_tls_context
    from tracker.desks.passage import route_to
    from tracker.host.policy import keys

    choice = program.settings.desk
    url = choice.url if choice is not None else program.policy.value(keys.DESK_URL)
    route = await route_to(url, program.network, make_tls_context) if url else None
    hops = [hop for hop in route.hops if hop is not None] if route is not None else []
    if not hops:
        raise SignInRequired("No proxy has asked who you are. Name it, as host:port.")
    return hops[0].name
