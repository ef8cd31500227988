"""People who sign in, and the tokens of devices and programs.

What carries a password or answers with a secret takes no Idempotency-Key: nothing of either is kept with a key.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.staff import (
    AccountItem,
    AccountPath,
    Accounts,
    ChangeAccount,
    NewAccount,
    NewPassword,
    NewToken,
    Offer,
    Offered,
    TokenMade,
    TokenPath,
    Tokens,
)
from motcua.counters import store as counter_store
from motcua.desk import Invalid, Reader, Tx, Unknown, parse, stamp
from motcua.desk.keys import Answer
from motcua.settings import store as settings_store
from motcua.setup import agents
from motcua.staff import actions, rules, store
from motcua.staff.model import Account, Credential
from motcua.views.shapes import format_local
from motcua.web import own
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about people, tokens and pairing."""
    _people(api, site)
    _passwords(api, site)
    _tokens(api, site)


def _people(api: APIBlueprint, site: Site) -> None:
    @api.get("/accounts", endpoint="accounts", summary="Everybody who signs in", responses={200: Accounts})
    def accounts() -> Response:
        with site.desk.read() as db:
            return respond((200, {"items": [_shape(found) for found in store.list_accounts(db)]}))

    @api.post("/accounts", endpoint="add_account", summary="Add somebody", responses={201: AccountItem})
    def add_account(body: NewAccount) -> Response:
        role = rules.get_person_role(body.role)
        name = rules.read_sign_in_name(body.name)
        hashed = own.hashed(site, body.password, name, body.full_name)
        wanted = Account(0, name, body.full_name, body.title, role, body.counter, hashed, disabled=False)

        def add(tx: Tx) -> Account:
            _known_counter(tx.db, body.counter)
            return actions.save_account(tx, wanted)

        return respond(site.door().do(add, answer=lambda _db, made: (201, _shape(made))))

    @api.patch(
        "/accounts/<int(max=999999999):id>",
        endpoint="change_account",
        summary="Change somebody's name, role or seat",
        responses={200: AccountItem},
    )
    def change_account(path: AccountPath, body: ChangeAccount) -> Response:
        given = body.model_dump(exclude_unset=True, exclude={"role"})
        if body.role is not None:
            given["role"] = rules.get_person_role(body.role)

        def change(tx: Tx) -> Account:
            _known_counter(tx.db, given.get("counter"))
            return actions.save_account(tx, replace(store.get_account(tx.db, path.id), **given))

        return respond(site.request_door().do(change, answer=_account))


def _passwords(api: APIBlueprint, site: Site) -> None:
    @api.post("/accounts/<int(max=999999999):id>/password", endpoint="reset_password", summary="Give somebody a new password")
    def reset_password(path: AccountPath, body: NewPassword) -> Response:
        with site.desk.read() as db:
            person = store.get_account(db, path.id)
        hashed = own.hashed(site, body.password, person.name, person.full_name)

        def change(tx: Tx) -> None:
            actions.change_password(tx, store.get_account(tx.db, path.id).name, hashed)

        return respond(site.door().do(change, answer=_nothing))


def _tokens(api: APIBlueprint, site: Site) -> None:
    @api.get("/tokens", endpoint="tokens", summary="The tokens of devices and programs", responses={200: Tokens})
    def tokens() -> Response:
        at = stamp(site.desk.clock.now())
        with site.desk.read() as db:
            names = store.list_full_names(db)
            return respond((200, {"items": [_token(found, names) for found in store.list_tokens(db, at)]}))

    @api.post("/tokens", endpoint="add_token", summary="Make a token; its secret is shown once", responses={201: TokenMade})
    def add_token(body: NewToken) -> Response:
        request = agents.TokenRequest(body.role, body.counter, body.name, None, agents.Serves(body.counters, body.kiosks))

        def add(tx: Tx) -> actions.GrantedCredential:
            _known_counter(tx.db, body.counter)
            return agents.add_token(tx, request)

        return respond(site.door().do(add, answer=lambda _db, made: (201, {"id": made.credential.id, "token": made.secret})))

    @api.delete("/tokens/<int(max=999999999):id>", endpoint="revoke_token", summary="Let a token open nothing any more")
    def revoke_token(path: TokenPath) -> Response:
        def revoke(tx: Tx) -> None:
            if store.get_credential(tx.db, path.id).kind == "session":
                raise Unknown("token.unknown", "There is no such token.")
            actions.revoke_token(tx, path.id)

        return respond(site.request_door().do(revoke, answer=_nothing))

    @api.post(
        "/pairings", endpoint="offer_pairing", summary="Open a pairing link for one screen, for ten minutes", responses={201: Offered}
    )
    def offer_pairing(body: Offer) -> Response:
        address = site.addresses.hall() or site.addresses.here()

        def offer(tx: Tx) -> tuple[str, str]:
            _known_counter(tx.db, body.counter)
            until = stamp(parse(tx.at) + timedelta(minutes=rules.PAIRING_MIN))
            return agents.offer(tx, body.role, body.counter, body.name, agents.Serves(body.counters, body.kiosks)), until

        def view(db: Reader, made: tuple[str, str]) -> Answer:
            code, until = made
            path, expires_at = f"/pair/{code}", format_local(until, settings_store.timezone(db))
            return 201, {"code": code, "path": path, "url": f"{address}{path}", "expires_at": expires_at}

        return respond(site.door().do(offer, answer=view))


def _known_counter(db: Reader, counter: int | None) -> None:
    if counter is not None and counter_store.find(db, counter) is None:
        raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=counter)


def _shape(found: Account) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "full_name": found.full_name,
        "title": found.title,
        "role": found.role.value,
        "counter": found.counter,
        "disabled": found.disabled,
    }


def _token(found: Credential, names: dict[int, str]) -> dict[str, Any]:
    person = names.get(found.account) if found.account is not None else None
    return {"id": found.id, "kind": found.kind, "role": found.role.value, "counter": found.counter, "name": found.name, "person": person}


def _account(_db: Reader, found: Account) -> Answer:
    return 200, _shape(found)


def _nothing(_db: Reader, _result: object) -> Answer:
    return 204, None
