"""The network cards as the system tells of them."""

import pytest

from motcua.run.network import Network, find_route_address, list_interfaces
from motcua.server import build
from motcua.web.reach import NONE, Interface
from tests.conftest import Hall


def test_every_address_of_this_computer_is_known_without_its_zone() -> None:
    found = list_interfaces()
    assert "127.0.0.1" in {item.address for item in found}
    assert not [item for item in found if "%" in item.address]
    assert find_route_address() in {"", *(item.address for item in found)}


@pytest.mark.thorough
def test_what_the_network_is_now_takes_the_place_of_what_it_was(hall: Hall) -> None:
    site = build(hall.desk)
    site.reach.listen("0.0.0.0", 8080)  # noqa: S104 -- as the hall does
    network = Network(site)
    before = site.addresses.find_without_request()
    site.reach.see([Interface("eth0", "203.0.113.7")], "")  # an address of nobody's
    assert site.addresses.find_without_request() == "http://203.0.113.7:8080"
    network.refresh()
    assert site.addresses.find_without_request() == before
    assert [fault.code for fault in hall.desk.faults.list_all()] == ([] if before else [NONE])
