"""Pages whose live line stands."""

from playwright.sync_api import Page, WebSocket

from tests.waiting import wait_until


def open_live(page: Page, url: str, namespace: str) -> None:
    """Open `url`, and return when its line to the desk has begun.

    On a busy computer a page has its state by HTTP first. What the desk says but once, a scan or a call, would be
    lost to it.
    """
    came: list[str] = []

    def listen(line: WebSocket) -> bool:
        line.on("framereceived", lambda frame: came.append(str(frame)))
        return True

    with page.expect_websocket(listen):
        page.goto(url)
    wait_until(lambda: page.evaluate("1") and any(frame.startswith(f'42{namespace},["snapshot"') for frame in came))
