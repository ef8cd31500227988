"""The key of what is encrypted: made once, brought back from a copy, missed in clear words, replaced by a person."""

import pytest

from motcua.checks import invariants
from motcua.desk import Unavailable
from motcua.desk.backup import make_copy
from motcua.desk.vault import Vault, VaultError
from motcua.dossiers import actions
from motcua.dossiers.store import applicants, secrets, vaults
from motcua.settings.model import DossierRules
from motcua.wiring import facts
from tests.unit.dossiers.taken import AN, Taken, arrange


def lodge(taken: Taken) -> str:
    taken.call()
    taken.vault = vaults.get_vault(taken.desk)
    return taken.lodge().code


def test_a_key_is_made_once_for_the_desk_alone_and_is_in_copies(taken: Taken) -> None:
    code = lodge(taken)
    path = taken.hall.folder / vaults.KEY_FILE
    assert path.stat().st_mode & 0o777 == 0o600
    assert vaults.get_vault(taken.desk) == taken.vault
    assert repr(taken.vault.key) not in repr(taken.vault)
    make_copy(taken.hall.folder, taken.hall.folder / "backups" / "2026-11-23.zip")
    path.unlink()
    assert vaults.get_vault(taken.desk) == taken.vault
    assert path.stat().st_mode & 0o777 == 0o600
    with taken.desk.read() as db:
        assert secrets.find_applicant(db, taken.vault, code) == AN


@pytest.mark.parametrize("content", [None, b"", b"\0" * 65, b"no key", b"00" * 32, b"ab" * 32, "ổ khóa".encode()])
def test_a_lost_key_is_said_in_clear_words(taken: Taken, content: bytes | None) -> None:
    lodge(taken)
    path = taken.hall.folder / vaults.KEY_FILE
    with taken.desk.read() as db:
        assert invariants.check_dossier_key(db, taken.hall.folder) == []
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Unavailable) as caught:
        vaults.get_vault(taken.desk)
    assert (caught.value.code, caught.value.message) == ("dossiers.key", vaults.KEY_LOST)
    facts.refresh_files(taken.desk, taken.hall.folder)
    assert "dossiers.key" in {fault.code for fault in taken.desk.faults.list_all()}
    with taken.desk.read() as db:
        assert [line.state for line in invariants.check_dossier_key(db, taken.hall.folder)] == ["down"]
    taken.desk.do(arrange, DossierRules())
    facts.refresh_files(taken.desk, taken.hall.folder)
    assert "dossiers.key" not in {fault.code for fault in taken.desk.faults.list_all()}


@pytest.mark.parametrize("content", [None, b"no key", b"ab" * 32])
def test_a_new_key_begins_and_what_the_old_one_wrote_stays_unreadable(taken: Taken, content: bytes | None) -> None:
    code = lodge(taken)
    path = taken.hall.folder / vaults.KEY_FILE
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    vault = vaults.begin_key(taken.desk)
    assert vaults.begin_key(taken.desk) == vault
    taken.desk.do(actions.tell_new_key, vault.name)
    assert vaults.get_vault(taken.desk) == vault
    taken.vault = vault
    second = taken.lodge()
    with taken.desk.read() as db:
        assert secrets.find_applicant(db, vault, code) is None
        assert secrets.find_applicant(db, vault, second.code) == AN


def test_a_row_can_be_read_only_in_its_own_place(taken: Taken) -> None:
    vault, other = Vault(b"a" * 32), Vault(b"b" * 32)
    body = vault.seal(b"An", b"n" * 12, "dossier:1")
    assert vault.unseal(body, b"n" * 12, "dossier:1") == b"An"
    for who, row, content in (
        (vault, "dossier:2", body),
        (other, "dossier:1", body),
        (vault, "dossier:1", body[:-1]),
        (vault, "dossier:1", b""),
    ):
        with pytest.raises(VaultError):
            who.unseal(content, b"n" * 12, row)
    assert vault.hash("number", "1") != other.hash("number", "1") != vault.hash("phone", "1")
    assert vault.name != other.name


def test_what_a_citizen_lets_the_unit_keep_is_found_replaced_and_erased(taken: Taken) -> None:
    vault = vaults.get_vault(taken.desk)
    door = taken.desk.by("officer:1")
    assert door.do(actions.open_kept, vault, 1, AN.number) is None
    assert door.do(actions.keep_applicant, vault, 1, AN) == "2028-11-22"
    assert door.do(actions.open_kept, vault, 1, "001 090 012 345") == AN
    kinds = [event.kind for event in taken.events]
    assert kinds == ["applicant.kept", "applicant.opened"]
    door.do(actions.keep_applicant, vault, 1, AN)
    with taken.desk.read() as db:
        assert len(applicants.list_kept_digests(db)) == 1
        row = applicants.find_kept(db, vault, AN.number)
        assert row is not None
    door.do(actions.erase_kept, vault, AN.number)
    taken.desk.scrub()
    taken.desk.fold()
    raw = b"".join(path.read_bytes() for path in taken.hall.folder.rglob("*") if path.is_file())
    assert row.body[:24] not in raw
    assert AN.number.encode() not in raw


def test_what_is_kept_ends_with_its_time(taken: Taken) -> None:
    vault = vaults.get_vault(taken.desk)
    taken.desk.do(arrange, DossierRules(is_on=True, applicant_days=10))
    taken.desk.do(actions.keep_applicant, vault, None, AN)
    taken.clock.advance(10 * 86400)
    assert taken.desk.do(actions.purge_kept) == 0
    assert taken.desk.do(actions.open_kept, vault, None, AN.number) == AN
    taken.clock.advance(86400)
    assert taken.desk.do(actions.open_kept, vault, None, AN.number) is None
    assert taken.desk.do(actions.purge_kept) == 1
    assert taken.events[-1].kind == "applicants.purged"
