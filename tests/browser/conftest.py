"""A served desk and a real Chromium: what whole journeys through the screens need."""

import json
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from motcua.cli.door import change, reading
from motcua.setup.actions import current
from motcua.setup.document import write
from motcua.web.cookies import DEVICE, former_name

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = Path(__file__).parent / "screenshots"
PASSWORD = "mat-khau-1234"  # noqa: S105 -- of the halls made here
PHONES = "http://192.168.1.10:8080"
"""Where phones reach these desks, says their setting; the desks themselves answer this computer only."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ARGS = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
STARTS_S, STOPS_S, ANSWERS_S = 20, 10, 10
PATIENCE_MS = 8_000

Json = dict[str, Any]
OpenContext = Callable[..., BrowserContext]
Check = Callable[[Page], list[str]]
Shot = Callable[..., Path]


@dataclass
class Hall:
    """A desk served by its own process from `folder`; always open, with the administrator `admin`."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[str] | None = None
    tokens: dict[tuple[str, int | None], str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the desk's address without a slash at its end; it stays the same over a restart."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Serve, and return when the desk is ready."""
        command = [sys.executable, "-m", "motcua", "serve", "--data", str(self.folder), "--port", str(self.port)]
        with (self.folder / "serve.log").open("a") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)  # noqa: S603 -- our own program
        assert self.process.stdout is not None
        ready = self.process.stdout.readline()
        assert ready.startswith("ready http://"), (self.folder / "serve.log").read_text()
        self.port = int(ready.rsplit(":", 1)[1])

    def stop(self) -> None:
        """End the process and wait for it; nothing happens when it does not run."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.communicate(timeout=STOPS_S)
        self.process = None

    def restart(self) -> None:
        """Stop and serve again under the same address."""
        self.stop()
        self.start()

    def command(self, action: str, /, **given: Any) -> Json:
        """Run one of the command line's changes, e.g. `account.add`, in the served desk."""
        return change(self.folder, action, given)

    def token(self, role: str, counter: int | None = None) -> str:
        """Return a bearer token of `role`; the same one each time."""
        if (role, counter) not in self.tokens:
            self.tokens[role, counter] = str(self.command("token.add", role=role, counter=counter)["token"])
        return self.tokens[role, counter]

    def pair(self, context: BrowserContext, role: str, counter: int | None = None) -> None:
        """Make the browser of `context` a device of the hall."""
        cookie = {"name": former_name(DEVICE), "value": self.token(role, counter), "url": self.url, "httpOnly": True, "sameSite": "Lax"}
        context.add_cookies([cookie])  # type: ignore[list-item]

    def sign_in(self, context: BrowserContext, name: str = "admin", password: str = PASSWORD) -> None:
        """Sign a person in through the desk's own form."""
        answer = context.request.post(
            f"{self.url}/sign-in", form={"name": name, "password": password}, headers={"Origin": self.url}, max_redirects=0
        )
        assert answer.status in {302, 303}, f"{answer.status}: {answer.text()[:500]}"

    def add_person(self, name: str, role: str = "officer", full_name: str = "", title: str = "") -> int:
        """Add an account whose password is `PASSWORD`; return its number."""
        made = self.command("account.add", name=name, role=role, full_name=full_name or name, title=title, password=PASSWORD)
        return int(made["account"])

    def call(self, path: str, body: Json | None = None, *, role: str = "kiosk", counter: int | None = None) -> Json:
        """Send `body` to `/api/v1<path>` (or read it when there is no body) as a program of `role`; return the answer, {} when empty."""
        status, answer = self.ask(path, body, role=role, counter=counter)
        assert status < 400, answer
        return answer

    def ask(self, path: str, body: Json | None = None, *, role: str = "kiosk", counter: int | None = None) -> tuple[int, Json]:
        """As `call`, but return the status too and take a refusal for an answer."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token(role, counter)}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, headers)  # noqa: S310 -- our own desk
        try:
            with urllib.request.urlopen(request, timeout=ANSWERS_S) as answer:  # noqa: S310 -- our own desk
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())

    def issue(self, service: str = "certified-copy", priority: str | None = None) -> Json:
        """Take a number."""
        return self.call("/tickets", {"service": service, **({"priority": priority} if priority else {})})

    def at(self, counter: int, move: str, **body: Any) -> Json:
        """Do `move` (open, call-next, start …) at a counter as its own device."""
        return self.call(f"/counters/{counter}/{move}", body, role="counter", counter=counter)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set a desk up once; each hall is a copy of its folder."""
    folder = tmp_path_factory.mktemp("browser") / "desk"
    command = [sys.executable, "-m", "motcua", "init", "--data", str(folder), "--template", "ward", "--always-open"]
    command += ["--admin", "admin", "--password-stdin"]
    subprocess.run(command, cwd=ROOT, input=f"{PASSWORD}\n", text=True, check=True, capture_output=True)  # noqa: S603 -- our own program
    with reading(folder) as db:
        text = write(current(db))
    change(folder, "config.import", {"text": text.replace('base_url = ""', f'base_url = "{PHONES}"')})
    speak = [sys.executable, "-m", "motcua", "voice", "make", "--data", str(folder)]  # once, not by every hall at its start
    subprocess.run(speak, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 -- as above
    return folder


@pytest.fixture
def hall(template: Path, tmp_path: Path) -> Iterator[Hall]:
    """Lend a served desk of its own to each test."""
    folder = tmp_path / "hall"
    shutil.copytree(template, folder)
    made = Hall(folder)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Lend Chromium: `MOTCUA_CHROMIUM`, else the one on the path. Without one the tests are skipped, in CI they fail."""
    path = os.environ.get("MOTCUA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        hint = "no Chromium found: install it (apt install chromium) or name one in MOTCUA_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(hint)
        pytest.skip(hint)
    flags = [*CHROMIUM_ARGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE_MS)
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[OpenContext]:
    """Lend a maker of browser contexts: `context(width=1280, height=800, locale="vi-VN", …)`.

    The test fails in the end if a page threw an error or broke the content policy.
    """
    opened: list[BrowserContext] = []
    wrong: list[str] = []

    def make(width: int = 1280, height: int = 800, locale: str = "vi-VN", **more: Any) -> BrowserContext:
        made = browser.new_context(viewport={"width": width, "height": height}, locale=locale, **more)
        made.set_default_timeout(PATIENCE_MS)
        made.on("weberror", lambda error: wrong.append(str(error.error)))
        made.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()
    assert wrong == []


@pytest.fixture
def axe() -> Check:
    """Lend `axe(page)`: the page's WCAG 2.2 AA violations, each as "rule: selector, …"; none is []."""
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", WCAG)
        return [f"{one['id']}: {', '.join(str(node['target'][0]) for node in one['nodes'])}" for one in found["violations"]]

    return check


@pytest.fixture
def shot() -> Shot:
    """Lend `shot(page, name, full=False)`: a picture in `tests/browser/screenshots`, which git does not see."""

    def take(page: Page, name: str, *, full: bool = False) -> Path:
        SCREENSHOTS.mkdir(exist_ok=True)
        (SCREENSHOTS / ".gitignore").write_text("*\n")
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=full)
        return path

    return take
