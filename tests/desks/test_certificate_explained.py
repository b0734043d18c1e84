"""Saying who issued a certificate that is not believed: it keeps nobody waiting."""

from __future__ import annotations

import ssl
import threading

import anyio
import anyio.to_thread
import httpx
import pytest

from tracker.desks.http import DeskHttp

pytestmark = pytest.mark.anyio


async def test_whoever_goes_does_not_wait_until_a_certificate_is_explained(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looking, go_on = threading.Event(), threading.Event()

    def explain(*_words: object, **_more: object) -> str:
        looking.set()
        go_on.wait(10)
        return "Nobody is left to hear it."

    monkeypatch.setattr("tracker.desks.http.explain_failure", explain)
    http = DeskHttp("The desk", "https://desk.example")

    async def meet() -> None:
        async with http._plain_errors():
            raise httpx.ConnectError("no") from ssl.SSLCertVerificationError("unknown authority")

    try:
        with anyio.fail_after(5):
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(meet)
                await anyio.to_thread.run_sync(looking.wait)
                tasks.cancel_scope.cancel()
    finally:
        go_on.set()
