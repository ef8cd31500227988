"""The browser that the tests drive, and how it is started: whole, but without what only a person at a desk sees."""

import os
import shutil

import pytest
from playwright.sync_api import Browser, Playwright

SHELL = "chromium-headless-shell"
WHOLE_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The shell is the same browser without windows and notices: a page costs it half of the processor's time."""
OFF_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "msForceBrowserSignIn,msEdgeUpdateLaunchServicesPreferredVersion"
)
"""What Playwright turns off in Chromium: of several such lists a browser reads the last alone."""
OFF_BY_US = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess"
"""Pages of the address bar, loaded for each window, which nobody sees without a screen: two thirds of the work of a
window."""
CHROMIUM_ARGS = (
    f"--disable-features={OFF_BY_PLAYWRIGHT},{OFF_BY_US}",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--use-fake-device-for-media-stream",
    "--js-flags=--no-opt --no-maglev",
)
"""What draws has no process of its own: a page costs a fifteenth less. No script is compiled as one that runs for long:
a page lives for seconds, and to look through it costs a sixth less.
"""


def find_chromium() -> str | None:
    """Return the browser that the tests drive, None where there is none."""
    return os.environ.get("MOTCUA_CHROMIUM") or shutil.which(SHELL) or find_whole_chromium()


def find_whole_chromium() -> str | None:
    """Return a browser that also has what only people see, None where there is none."""
    return os.environ.get("MOTCUA_CHROMIUM") or next(filter(None, map(shutil.which, WHOLE_NAMES)), None)


def chromium_flags() -> list[str]:
    """Return what it is started with; root gets no sandbox."""
    return [*CHROMIUM_ARGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def launch(playwright: Playwright, path: str | None) -> Browser:
    """Start the browser at `path`; without one the test is skipped, in CI it fails."""
    if path is None:
        hint = "no Chromium found: install it (apt install chromium) or name one in MOTCUA_CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(hint)
        pytest.skip(hint)
    return playwright.chromium.launch(executable_path=path, args=chromium_flags())
