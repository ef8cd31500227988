"""A bank made of software pays the code of a fee over real HTTP, and the counter hears of it at once."""

import json
from typing import Any

import pytest

from tests.server.dossier_calls import call, lodge
from tests.server.hall import Client, served
from tests.server.programs import command

pytestmark = pytest.mark.process
ACCOUNT = {"bank": "970415", "account": "0011001932418", "account_name": "UBND PHUONG MAU", "notices": True}


def enter_account(admin: Client) -> None:
    section = admin.get("settings/fees").json
    section["data"]["fees"].update(ACCOUNT)
    body = json.dumps({"version": section["version"], "data": section["data"]}).encode()
    answer = admin.send("PUT", "settings/fees", body)
    assert answer.status == 200, answer


def test_the_emulated_bank_pays_a_code_and_nothing_is_paid_twice_or_by_others() -> None:
    with served() as desk:
        admin, place = desk.client("admin"), desk.place()
        assert desk.client().post("bank/notices", {"id": "x"}).status == 404
        enter_account(admin)
        assert desk.client().post("bank/notices", {"id": "x"}).status == 503
        secret = admin.post("bank/secret").json["secret"]
        call(place)
        code = lodge(place)["code"]
        assert place.client.post(f"dossiers/{code}/fee", {"amount": 15000, "counter": place.number}).status == 200
        shown = place.client.get(f"/state/counter/{place.number}").json["fee"]
        assert (shown["state"], shown["amount"], shown["transfer"]["account"]) == ("due", 15000, ACCOUNT["account"])
        qr = place.client.get(f"dossiers/{code}/fees").json["fees"]["transfer"]["text"]
        file = desk.folder / "keys" / "bank.secret"
        assert file.read_text().strip() == secret
        other = desk.folder / "other.secret"
        other.write_text("another")

        def pay(*more: Any, key: Any = file) -> int:
            server = f"http://127.0.0.1:{desk.port}"
            return command("bank", "pay", "--server", server, "--secret-file", key, "--qr", qr, *more).returncode

        assert pay(key=other) == 1
        assert pay("--amount", 14999) == 0
        assert place.client.get(f"/state/counter/{place.number}").json["fee"]["state"] == "due"
        assert pay("--transaction", "FT1") == 0
        assert place.client.get(f"/state/counter/{place.number}").json["fee"]["state"] == "paid"
        assert pay("--transaction", "FT1", "--words", "khac") == 1
        fees = place.client.get(f"dossiers/{code}/fees").json["fees"]
        assert [(one["number"], one["means"], one["reference"]) for one in fees["payments"]] == [
            (f"000001/{fees['payments'][0]['day'][:4]}", "transfer", "FT1")
        ]
        assert command("bank", "pay", "--server", "x", "--secret-file", file, "--qr", "no code").returncode == 2
        for body, status in ((b"{", 400), (b"[]", 403), (b'{"type":"credit"}', 403)):
            assert desk.client().send("POST", "bank/notices", body).status == status
