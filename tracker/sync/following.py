"""One account at a time at work: the one before is closed before the next begins."""

import anyio

from tracker.sync.account import Account


class Following:
    """Used on the sync thread; `account` is the one that is followed, if any."""

    def __init__(self) -> None:
        self.account: Account | None = None
        self._change = anyio.Event()
        self._at_work = anyio.Lock()

    async def run(self) -> None:
        """Let the account work until cancelled."""
        while True:
            self._change = anyio.Event()
            account = self.account
            if account is None:
                await self._change.wait()
                continue
            async with self._at_work, anyio.create_task_group() as work:
                work.start_soon(account.run)
                await self._change.wait()
                work.cancel_scope.cancel()

    def follow(self, account: Account | None) -> None:
        """Follow this one from now on, or none."""
        self.account = account
        self._change.set()

    async def leave(self) -> None:
        """Follow none; returns when nothing of the one before is at work any more."""
        self.follow(None)
        async with self._at_work:
            pass
