"""A mail server that hangs up before it ends: nothing is left of a line whose client was slower than the test."""

import asyncio
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

TURNS = 5
"""So many turns of a loop end a line: it is ended, its protocol hears of it, and so does that of TLS below."""


class MailServer(Controller):
    """`Controller`, which by itself leaves lines that are open to the collector of garbage."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Begin without a line."""
        self._protocols: list[SMTP] = []
        super().__init__(*args, **options)

    def factory(self) -> SMTP:
        """Return the protocol of a new line."""
        protocol: SMTP = super().factory()  # type: ignore[no-untyped-call]
        self._protocols.append(protocol)
        return protocol

    def stop(self, no_assert: bool = False) -> None:
        """Hang up, then end the loop and its thread."""
        asyncio.run_coroutine_threadsafe(self._hang_up(), self.loop).result()
        super().stop(no_assert)

    async def _hang_up(self) -> None:
        for protocol in self._protocols:
            if isinstance(protocol.transport, asyncio.WriteTransport):
                protocol.transport.abort()
        for _turn in range(TURNS):
            await asyncio.sleep(0)  # waits: for the loop's next turn
