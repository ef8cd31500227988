"""Accounts, tokens, sign-ins and pairing offers as the journal tells them; seals cover what it cannot hold in words."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import ADDED, CHANGED, REMOVED, Book, Row, Table, TableDifference
from motcua.desk import Reader, seals
from motcua.staff import store

SESSION, DEVICE, TOKEN = "session", "device", "token"
SEAL = "seal"


class PeopleBook(Book):
    """Who may do what."""

    def __init__(self) -> None:
        """Begin without anybody."""
        sealed = dict.fromkeys(("name", "full_name", "title", "counter", "password", "pin"), "the seal covers it")
        self.accounts = Table("accounts", ["id"], ["role", "disabled"], untold=sealed)
        moments = {
            "created_at": "the journal row's own time",
            "revoked_at": "as a yes or no",
            "expires_at": "none of a token",
            "locked_at": "as a yes or no",
        }
        self.credentials = Table(
            "credentials", ["id"], ["kind", "role", "account", "counter", "is_revoked", "is_lasting", "is_locked"],
            "(SELECT *, revoked_at IS NOT NULL AS is_revoked, expires_at IS NULL AS is_lasting, locked_at IS NOT "
            "NULL AS is_locked"
            " FROM credentials)",
            untold={"name": "what people call it", "secret": "the seal covers it", **moments},
            may_lack=lambda columns: columns.get("kind") == SESSION,
        )  # fmt: skip
        self.start_passwords = Table("start_passwords", ["account"], [])
        self.tables = [self.accounts, self.credentials, self.start_passwords]
        self._account_seals: dict[int, str | None] = {}
        self._credential_seals: dict[int, str | None] = {}
        self._photos: dict[int, tuple[str, int]] = {}
        self._offers: set[str] = set()
        self._unsealed_offers: list[tuple[str, int | None]] = []

    def _role(self, account: int) -> Any:
        return self.accounts.rows.get((account,), {}).get("role")

    def _end(self, row: Row, account: int | None = None) -> None:
        for (number,), credential in self.credentials.rows.items():
            if (
                credential.get("kind") == SESSION
                and not credential.get("is_revoked")
                and account in {None, credential.get("account")}
            ):
                credential["is_revoked"] = 1
                self.credentials.seqs[number,] = row["seq"]

    def on_account_saved(self, row: Row, data: dict[str, Any]) -> None:
        """An account is made or changed; another role ends its sign-ins."""
        account, before = data["account"], self._role(data["account"])
        if data["disabled"] or (before is not None and before != data["role"]):
            self._end(row, account)
        self.accounts.tell(row["seq"], account, role=data["role"], disabled=int(data["disabled"]))
        self._account_seals[account] = data.get("seal")
        if data["disabled"]:
            self._photos.pop(account, None)

    def on_account_photo_set(self, row: Row, data: dict[str, Any]) -> None:
        """A person shows a photo, or another one."""
        self._photos[data["account"]] = data["photo"], row["seq"]

    def on_account_photo_removed(self, _row: Row, data: dict[str, Any]) -> None:
        """It is gone."""
        self._photos.pop(data["account"], None)

    def on_account_added(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody else chose the password of a new account."""
        self.on_account_saved(row, data)
        self.start_passwords.tell(row["seq"], data["account"])

    def on_account_start_password(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody else chose a new password."""
        self.on_account_password(row, data)
        self.start_passwords.tell(row["seq"], data["account"])

    def on_account_password(self, row: Row, data: dict[str, Any]) -> None:
        """A new password ends its sign-ins."""
        self._end(row, data["account"])
        self.start_passwords.forget(data["account"])
        self._account_seals[data["account"]] = data.get("seal")

    def on_account_pin(self, _row: Row, data: dict[str, Any]) -> None:
        """A PIN for the counter is new or gone."""
        self._account_seals[data["account"]] = data.get("seal")

    def on_account_signed_in(self, row: Row, data: dict[str, Any]) -> None:
        """A sign-in begins."""
        number, account = data["credential"], data["account"]
        columns = {
            "kind": SESSION,
            "account": account,
            "counter": None,
            "is_revoked": 0,
            "is_lasting": 0,
            "is_locked": 0,
        }
        self.credentials.tell(row["seq"], number, **columns, role=self._role(account))
        self._credential_seals[number] = data.get("seal")
        if data.get("account_seal") is not None:
            self._account_seals[account] = data["account_seal"]

    def on_account_signed_out(self, row: Row, data: dict[str, Any]) -> None:
        """A sign-in ends."""
        self.credentials.tell(row["seq"], data["credential"], is_revoked=1)

    on_account_idle_ended = on_account_pin_refused = on_account_signed_out

    def on_account_locked(self, row: Row, data: dict[str, Any]) -> None:
        """A sign-in waits for the PIN."""
        self.credentials.tell(row["seq"], data["credential"], is_locked=1)

    def on_account_unlocked(self, row: Row, data: dict[str, Any]) -> None:
        """It goes on."""
        self.credentials.tell(row["seq"], data["credential"], is_locked=0)

    def on_day_closed(self, row: Row, _data: dict[str, Any]) -> None:
        """Every sign-in ends."""
        self._end(row)

    def on_token_added(self, row: Row, data: dict[str, Any]) -> None:
        """A device or a program may come in."""
        columns = {"kind": DEVICE if data["paired"] else TOKEN, "role": data["role"], "counter": data["counter"]}
        self.credentials.tell(row["seq"], data["credential"], **columns, is_revoked=0, is_lasting=1, is_locked=0)
        self._credential_seals[data["credential"]] = data.get("seal")

    def on_token_revoked(self, row: Row, data: dict[str, Any]) -> None:
        """It may no longer."""
        self.credentials.tell(row["seq"], data["credential"], is_revoked=1)

    def on_pairing_offered(self, _row: Row, data: dict[str, Any]) -> None:
        """A link or a code is open for some minutes."""
        if data.get("seal") is not None:
            self._offers.add(data["seal"])
        else:
            self._unsealed_offers.append((data["role"], data["counter"]))

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the tables, then what only seals know of."""
        yield from super().list_differences(db)
        salts = seals.get_salts(db)
        for account in store.list_account_numbers(db):
            journal_seal = self._account_seals.get(account)
            stored = seals.compute_digest(
                store.list_sealed_of_account(db, account), salts.get(f"account:{account}", "")
            )
            if journal_seal is not None and journal_seal != stored:
                yield TableDifference(
                    "accounts", str(account), CHANGED, SEAL, journal_seal, stored, self.accounts.seqs.get((account,))
                )
        for number in store.list_credential_numbers(db):
            journal_seal = self._credential_seals.get(number)
            if journal_seal is not None and journal_seal != (
                stored := seals.compute_digest(store.list_sealed_of_credential(db, number))
            ):
                yield TableDifference(
                    "credentials",
                    str(number),
                    CHANGED,
                    SEAL,
                    journal_seal,
                    stored,
                    self.credentials.seqs.get((number,)),
                )
        yield from self._compare_photos(db)
        for secret, role, counter in store.list_offers(db):
            is_told = (
                seals.compute_digest(store.list_sealed_of_offer(db, secret)) in self._offers
                or (role, counter) in self._unsealed_offers
            )
            if not is_told:
                yield TableDifference("pairings", f"{role}/{counter}" if counter is not None else role, ADDED)

    def _compare_photos(self, db: Reader) -> Iterator[TableDifference]:
        for account, commitment, salt, image in store.list_photos(db):
            promised, seq = self._photos.pop(account, (None, None))
            if promised is None:
                yield TableDifference("account_photos", str(account), ADDED)
            elif promised != commitment or store.commit_photo(salt, image) != promised:
                yield TableDifference("account_photos", str(account), CHANGED, "image", None, None, seq)
        for account, (_promised, seq) in self._photos.items():
            yield TableDifference("account_photos", str(account), REMOVED, seq=seq)
