"""People who sign in, and the tokens of devices and programs.

What carries a password or answers with a secret takes no Idempotency-Key: nothing of either is kept with a key.
"""

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
from motcua.copies import replace
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
            return respond((200, {"items": [_shape(account) for account in store.list_accounts(db)]}))

    @api.post("/accounts", endpoint="add_account", summary="Add somebody", responses={201: AccountItem})
    def add_account(body: NewAccount) -> Response:
        role = rules.get_person_role(body.role)
        name = rules.read_sign_in_name(body.name)
        hashed = own.hash_new_password(site, body.password, name, body.full_name)
        new_account = Account(0, name, body.full_name, body.title, role, body.counter, hashed, disabled=False)

        def add(tx: Tx) -> Account:
            _known_counter(tx.db, body.counter)
            return actions.save_account(tx, new_account, is_start=True)

        return respond(site.open_door().do(add, answer=lambda _db, account: (201, _shape(account))))

    @api.patch(
        "/accounts/<int(max=999999999):id>",
        endpoint="change_account",
        summary="Change somebody's name, role or seat",
        responses={200: AccountItem},
    )
    def change_account(path: AccountPath, body: ChangeAccount) -> Response:
        changes = body.model_dump(exclude_unset=True, exclude={"role"})
        if body.role is not None:
            changes["role"] = rules.get_person_role(body.role)

        def change(tx: Tx) -> Account:
            _known_counter(tx.db, changes.get("counter"))
            return actions.save_account(tx, replace(store.get_account(tx.db, path.id), **changes))

        return respond(site.request_door().do(change, answer=_account))


def _passwords(api: APIBlueprint, site: Site) -> None:
    @api.post(
        "/accounts/<int(max=999999999):id>/password", endpoint="reset_password", summary="Give somebody a new password"
    )
    def reset_password(path: AccountPath, body: NewPassword) -> Response:
        with site.desk.read() as db:
            person = store.get_account(db, path.id)
        hashed = own.hash_new_password(site, body.password, person.name, person.full_name)
        credential = site.caller.credential
        is_start = credential is None or credential.account != person.id

        def change(tx: Tx) -> None:
            actions.change_password(tx, store.get_account(tx.db, path.id).name, hashed, is_start=is_start)

        return respond(site.open_door().do(change, answer=_nothing))


def _tokens(api: APIBlueprint, site: Site) -> None:
    @api.get("/tokens", endpoint="tokens", summary="The tokens of devices and programs", responses={200: Tokens})
    def tokens() -> Response:
        at = stamp(site.desk.clock.now())
        with site.desk.read() as db:
            names = store.list_full_names(db)
            return respond((200, {"items": [_token(credential, names) for credential in store.list_tokens(db, at)]}))

    @api.post(
        "/tokens", endpoint="add_token", summary="Make a token; its secret is shown once", responses={201: TokenMade}
    )
    def add_token(body: NewToken) -> Response:
        request = agents.TokenRequest(
            body.role, body.counter, body.name, None, agents.Serves(body.counters, body.kiosks)
        )

        def add(tx: Tx) -> actions.GrantedCredential:
            _known_counter(tx.db, body.counter)
            return agents.add_token(tx, request)

        return respond(
            site.open_door().do(
                add, answer=lambda _db, granted: (201, {"id": granted.credential.id, "token": granted.secret})
            )
        )

    @api.delete("/tokens/<int(max=999999999):id>", endpoint="revoke_token", summary="Let a token open nothing any more")
    def revoke_token(path: TokenPath) -> Response:
        def revoke(tx: Tx) -> None:
            if store.get_credential(tx.db, path.id).kind == "session":
                raise Unknown("token.unknown", "There is no such token.")
            actions.revoke_token(tx, path.id)

        return respond(site.request_door().do(revoke, answer=_nothing))

    @api.post(
        "/pairings",
        endpoint="offer_pairing",
        summary="Open a pairing link for one screen, for ten minutes",
        responses={201: Offered},
    )
    def offer_pairing(body: Offer) -> Response:
        address = site.addresses.find_for_hall() or site.addresses.get_request_base()

        def offer(tx: Tx) -> tuple[str, str]:
            _known_counter(tx.db, body.counter)
            until = stamp(parse(tx.at) + timedelta(minutes=rules.PAIRING_MIN))
            return agents.offer(
                tx, body.role, body.counter, body.name, agents.Serves(body.counters, body.kiosks)
            ), until

        def view(db: Reader, offer: tuple[str, str]) -> Answer:
            code, until = offer
            path, expires_at = f"/pair/{code}", format_local(until, settings_store.get_timezone(db))
            return 201, {"code": code, "path": path, "url": f"{address}{path}", "expires_at": expires_at}

        return respond(site.open_door().do(offer, answer=view))


def _known_counter(db: Reader, counter: int | None) -> None:
    if counter is not None and counter_store.find(db, counter) is None:
        raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=counter)


def _shape(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "full_name": account.full_name,
        "title": account.title,
        "role": account.role.value,
        "counter": account.counter,
        "disabled": account.disabled,
    }


def _token(credential: Credential, names: dict[int, str]) -> dict[str, Any]:
    person = names.get(credential.account) if credential.account is not None else None
    return {
        "id": credential.id,
        "kind": credential.kind,
        "role": credential.role.value,
        "counter": credential.counter,
        "name": credential.name,
        "person": person,
    }


def _account(_db: Reader, account: Account) -> Answer:
    return 200, _shape(account)


def _nothing(_db: Reader, _result: object) -> Answer:
    return 204, None
