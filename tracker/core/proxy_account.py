"""Signing in at the company's proxy: at the one that has asked, or that leads to the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.errors import SignInRequired

if TYPE_CHECKING:
    from tracker.core.program import Program
    from tracker.desks.network import ProxyLogin


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
