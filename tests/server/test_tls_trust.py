"""Who trusts a desk that speaks HTTPS: browsers for a year or for today, agents by the ward's own authority; and a
desk that is lost.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.desk.authority import AuthorityFiles
from tests.ports import free_port
from tests.server.certified import local, office, signed
from tests.server.client import Client
from tests.server.hall import Served, fresh_folder, wait_until
from tests.server.programs import agent, command, said

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """Lend a desk with a certificate of its own authority, which agents and screens trust."""
    with fresh_folder() as folder:
        options, authority = local(folder)
        made = Served(folder, options=options, trusts=authority)
        yield made
        made.close()
        assert "Traceback" not in made.complaints(), made.complaints()


def authority_of(desk: Served) -> Path:
    return AuthorityFiles(desk.folder).authority


# --- who keeps to TLS -------------------------------------------------------------------------------------------------

HSTS = "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(("more", "header"), [((), HSTS), (("--hsts", "off"), None)])
def test_a_certificate_that_strangers_trust_lets_browsers_keep_to_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], header: str | None
) -> None:
    pair, trusted = signed(tmp_path), office(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))  # so it is one of this computer's authorities
    guests = free_port()
    with fresh_folder() as folder:
        options = ("--cert", str(pair[0]), "--key", str(pair[1]), "--guests", f"127.0.0.1:{guests}", *more)
        made = Served(folder, options=options, trusts=trusted, contract=False)
        assert made.client().get("health").headers.get("strict-transport-security") == header
        phone = Client(guests, {}, None, made.context)  # phones trust it too, so their listener speaks TLS
        assert phone.get("/book").status == 200
        phone.close()
        made.close()


def test_an_authority_that_only_this_ward_trusts_may_still_be_made_strict(tmp_path: Path) -> None:
    with fresh_folder() as folder:
        options, authority = local(folder)
        made = Served(folder, options=(*options, "--hsts", "on"), trusts=authority, contract=False)
        assert made.client().get("health").headers["strict-transport-security"] == HSTS
        made.close()


# --- agents -----------------------------------------------------------------------------------------------------------


def test_an_agent_prints_over_https_with_the_wards_authority(desk: Served, tmp_path: Path) -> None:
    with agent(tmp_path, desk.url, desk.token("agent"), MOTCUA_CA=str(authority_of(desk))) as made:
        wait_until(lambda: "connected to https://" in made.log(), told=made.log)
        place = desk.place()
        ticket = place.issue()["id"]
        wait_until(lambda: f"{ticket}.txt" in made.papers(), told=made.log)


def test_the_settings_page_knows_that_agents_need_the_wards_authority(desk: Served, desk_served: Served) -> None:
    for served, needs_it in ((desk, True), (desk_served, False)):
        page = served.client("admin").get("/settings/devices", Accept="text/html").body.decode()
        assert f'"own_authority": {str(needs_it).lower()}' in page


@pytest.mark.parametrize(
    ("scheme", "words"),
    [("https", "is not trusted here"), ("http", "accepts https only")],
)
def test_an_agent_that_cannot_trust_the_desk_or_speaks_no_tls_says_so_once(
    desk: Served, tmp_path: Path, scheme: str, words: str
) -> None:
    with agent(tmp_path, f"{scheme}://127.0.0.1:{desk.port}", desk.token("agent")) as made:
        wait_until(lambda: words in made.log(), told=made.log)
        wait_until(lambda: made.log().count("no connection") > 2, told=made.log)
        assert (made.log().count(words), "connected to" in made.log()) == (1, False)


def test_an_agent_that_expects_tls_where_none_is_says_so(desk_served: Served, tmp_path: Path) -> None:
    server = f"https://127.0.0.1:{desk_served.port}"
    with agent(tmp_path, server, desk_served.token("agent")) as made:
        wait_until(lambda: "does not speak https" in made.log(), told=made.log)


@pytest.mark.parametrize("content", [None, b"", b"garbage"])
def test_an_agent_refuses_an_authority_that_is_none(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    code, out, err = said(command("agent", "--server", "https://127.0.0.1:1", "--ca", path))
    assert (code, out, str(path) in err, "tls.ca.pem" in err) == (1, "", True, True)


# --- a desk whose store is lost ---------------------------------------------------------------------------------------


def test_a_lost_desk_says_so_over_https_too() -> None:
    with fresh_folder() as folder:
        options, authority = local(folder)
        (folder / "desk.db").write_bytes(b"")
        made = Served(folder, options=options, trusts=authority, contract=False)
        made.is_told = False  # there is no journal to compare with
        assert made.client().get("health").json["problems"][0]["code"] == "store.empty"
        made.close()
