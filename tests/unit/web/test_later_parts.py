"""A desk that has not imported all its parts answers like one that has."""

import pytest
from flask import url_for
from flask.testing import FlaskClient

from motcua.server import build
from motcua.web.site import Site
from tests.conftest import Hall


def list_addresses(site: Site) -> set[tuple[str, str, frozenset[str]]]:
    """Return the addresses that are served now."""
    return {(rule.rule, rule.endpoint, frozenset(rule.methods or ())) for rule in site.app.url_map.iter_rules()}


@pytest.fixture
def whole(hall: Hall) -> Site:
    return build(hall.desk)


@pytest.fixture
def site(hall: Hall) -> Site:
    return build(hall.desk, is_whole=False)


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return site.app.test_client()


@pytest.mark.thorough
def test_what_a_hall_needs_is_there_without_the_rest(site: Site, whole: Site, client: FlaskClient) -> None:
    few = list_addresses(site)
    for path in ("/kiosk", "/wall", "/counter", "/api/v1/health", "/sign-in", "/"):
        assert client.get(path).status_code != 404, path
    assert list_addresses(site) == few < list_addresses(whole)


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/procedures", "/api/v1/procedures", "/leaders/day", "/no-such-page", "/api/v1/none"])
def test_whoever_asks_for_another_page_gets_it_and_brings_all_of_them(
    site: Site, whole: Site, client: FlaskClient, path: str
) -> None:
    first, second = client.get(path), client.get(path)
    expected = whole.app.test_client().get(path)
    assert first.status_code == second.status_code == expected.status_code
    assert first.headers.get("Location") == expected.headers.get("Location")
    assert list_addresses(site) == list_addresses(whole)


@pytest.mark.thorough
def test_a_method_that_an_address_lacks_is_refused_as_by_a_whole_desk(whole: Site, client: FlaskClient) -> None:
    for path in ("/api/v1/health", "/api/v1/tickets", "/kiosk"):
        assert client.delete(path).status_code == whole.app.test_client().delete(path).status_code


@pytest.mark.thorough
def test_the_description_of_the_api_is_the_whole_one(whole: Site, client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert described == whole.app.test_client().get("/api/v1/openapi.json").json


def test_an_address_of_a_later_page_can_be_built(site: Site) -> None:
    with site.app.test_request_context("/kiosk"):
        assert url_for("screens.leaders_day") == "/leaders/day"
