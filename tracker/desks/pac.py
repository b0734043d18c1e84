"""Asks a company's proxy configuration (PAC) which way leads to a host, and never waits for it for long."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from subprocess import DEVNULL, PIPE
from typing import TYPE_CHECKING

import anyio
import httpx

from tracker.desks.certificates import make_plain_context
from tracker.desks.outside_words import printable
from tracker.desks.proxies import Route, read_pac_answer

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable

PATIENCE = 8.0
"""Seconds for fetching the configuration and as many for running it: one that hangs is as good as none."""

_LARGEST = 1024 * 1024
_SHOWN = 200


async def pac_route(
    pac_url: str, url: str, tls: Callable[[], Awaitable[ssl.SSLContext]], patience: float = PATIENCE
) -> Route:
    """Fetch the configuration, run it for `url`, and give the ways it names; never raises for what it does.

    Without a usable answer the way is straight, and the route's `trouble` says why. `tls` gives what is
    believed, where the configuration comes over https.
    """
    straight = "The proxy configuration could not be used, so the way is straight."
    try:
        with anyio.fail_after(patience):
            script = await _fetched(pac_url, tls)
        with anyio.fail_after(patience):
            answer = await _evaluated(script, pac_url, url)
        return Route(read_pac_answer(answer), f"The proxy configuration says “{_shown(answer)}”.")
    except TimeoutError:
        return Route((None,), straight, "The proxy configuration did not answer in time.")
    except httpx.HTTPError as error:
        told = str(error) or type(error).__name__
        return Route((None,), straight, f"The proxy configuration could not be fetched: {_shown(told)}.")
    except (OSError, ValueError) as error:
        return Route((None,), straight, _shown(str(error)))


async def _fetched(pac_url: str, tls: Callable[[], Awaitable[ssl.SSLContext]]) -> str:
    encrypted = pac_url.startswith("https:")
    context = await tls() if encrypted else make_plain_context()
    async with (
        # The way to the configuration itself is straight: it cannot say where it is.
        httpx.AsyncClient(
            verify=context, trust_env=False, follow_redirects=False, timeout=PATIENCE
        ) as client,
        client.stream("GET", pac_url) as response,
    ):
        if response.status_code != httpx.codes.OK:
            raise ValueError(f"The proxy configuration is not there (status {response.status_code}).")
        script = b""
        async for piece in response.aiter_bytes():
            script += piece
            if len(script) > _LARGEST:
                raise ValueError("The proxy configuration is larger than any should be (over 1 MB).")
        return _decoded(script, response.charset_encoding or "utf-8")


def _decoded(script: bytes, charset: str) -> str:
    try:
        return script.decode(charset, "replace")
    except LookupError:  # a server may name one that does not exist
        return script.decode("utf-8", "replace")


async def _evaluated(script: str, pac_url: str, url: str) -> str:
    # Browsers hide the path of what is fetched from the script; so do we.
    asked = httpx.URL(url)
    question = {
        "script": script,
        "url": f"{asked.scheme}://{asked.netloc.decode('ascii')}/",
        "host": asked.host,
        "from": pac_url,
    }
    async with await anyio.open_process(
        _command(), stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment()
    ) as process:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 - asked for
        try:
            await process.stdin.send(json.dumps(question).encode())
            await process.stdin.aclose()
            said = b""
            async for piece in process.stdout:
                said += piece
                if len(said) > _LARGEST:
                    raise ValueError("The proxy configuration gives an answer that has no end.")
            status = await process.wait()
        except anyio.BrokenResourceError as error:
            raise ValueError("The proxy configuration could not be run.") from error
        except BaseException:
            process.kill()
            raise
    answer = json.loads(said) if status == 0 else None
    if not isinstance(answer, str):
        raise ValueError("The proxy configuration has a fault: it gives no answer.")
    return answer


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, "--pac-helper"]
    # -P: what lies in the current folder must not be taken for one of our modules.
    return [sys.executable, "-P", "-m", "tracker.desks.pac_process"]


def _environment() -> dict[str, str]:
    here = str(Path(__file__).resolve().parents[2])
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")])),
    }


def _shown(text: str) -> str:
    return printable(text, _SHOWN).rstrip(".")
