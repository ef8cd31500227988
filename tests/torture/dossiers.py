"""Dossiers under the torture: what is pressed, and what must be in the store after a kill."""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from motcua.desk import journal
from motcua.desk.database import Reader, open_reader
from motcua.dossiers.store import dossiers, secrets, vaults
from tests.torture.checks import KEPT, Kept, Wrong, require

PROCEDURE, PAPER, OTHER = "2.000815", "original", "copies"
"""One that is settled on the same day, the paper that it needs, and one that can be asked for as well."""
PAPERS: list[dict[str, Any]] = [{"code": PAPER, "originals": 1}]
STEPS: dict[str, tuple[str, dict[str, Any]]] = {
    "supplement-request": ("supplement_asked", {"missing": [PAPER, OTHER]}),
    "supplement": ("supplemented", {"papers": [*PAPERS, {"code": OTHER, "copies": 2}]}),
    "hand-over": ("handed_over", {"step": 2}),
    "fee": ("fee_demanded", {"amount": 10_000}),
    "fee-paid": ("fee_paid", {}),
    "ready": ("ready", {}),
    "return": ("returned", {}),
}
"""The call of each step, its line in the history, its body."""
WEIGHTS = (2, 4, 3, 2, 4, 1, 1)


def make_intake(dice: random.Random) -> dict[str, Any]:
    """Return a dossier of somebody who is nobody else."""
    digits = f"{dice.randrange(10**6):06d}"
    applicant = {"name": f"Nguyễn Mẫu {digits}", "number": f"003090{digits}", "birth": "1990", "phone": f"0900{digits}"}
    if dice.random() < 0.25:
        return {"procedure": PROCEDURE, "applicant": applicant, "decision": "supplement", "missing": [PAPER]}
    return {"procedure": PROCEDURE, "applicant": applicant, "papers": PAPERS}


def draw_step(dice: random.Random, codes: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Return a step with one of the dossiers `codes`: the path of its call and its body."""
    (name,) = dice.choices(tuple(STEPS), WEIGHTS)
    return f"dossiers/{dice.choice(codes)}/{name}", STEPS[name][1]


def check_dossiers(folder: Path, presses: Sequence[tuple[Kept, dict[str, Any] | None]]) -> None:
    """Raise `Wrong` unless each dossier that was answered is there whole, once, and nothing else is."""
    db = open_reader(folder / "desk.db")
    try:
        _check_intakes(db, folder, presses)
        _check_codes(db)
        _check_steps(db, [press for press, _body in presses])
    finally:
        db.close()


def _check_intakes(db: Reader, folder: Path, presses: Sequence[tuple[Kept, dict[str, Any] | None]]) -> None:
    lodged = [(press.json["dossier"]["code"], body) for press, body in presses if _is_done(press, "dossiers")]
    rows = [row[0] for row in db.execute("SELECT code FROM desk_dossiers")]
    require(Counter(code for code, _body in lodged) == Counter(rows), f"answered {sorted(lodged)}, stored {rows}")
    vault = vaults.find_vault(db, folder)
    require(vault is not None or not rows, "the key of the applicants is missing or another one")
    for code, body in lodged:
        if vault is None or body is None:
            raise Wrong(f"{code} cannot be read")
        dossier, applicant = dossiers.get_dossier(db, code), secrets.find_applicant(db, vault, code)
        wish = body["applicant"]
        require(
            applicant is not None
            and (applicant.name, applicant.number, applicant.birth, applicant.phone)
            == (wish["name"], wish["number"], wish["birth"], wish["phone"]),
            f"{code} is not of who handed it in",
        )
        papers = {paper.code for paper in dossier.papers}
        require({paper["code"] for paper in body.get("papers", [])} <= papers, f"{code} lost papers")


def _check_codes(db: Reader) -> None:
    """The codes of each day are 1 to n."""
    serials: dict[str, list[int]] = {}
    for day, serial, code in db.execute("SELECT received_on, serial, code FROM desk_dossiers ORDER BY 1, 2"):
        serials.setdefault(day, []).append(serial)
        require(code.endswith(f"-{serial:04d}"), f"{code} is the {serial}-th")
    for day, numbers in serials.items():
        require(numbers == list(range(1, len(numbers) + 1)), f"the codes of {day} have a hole: {numbers}")


def _check_steps(db: Reader, presses: Sequence[Kept]) -> None:
    """Each step that was answered is once in the history and once in the journal."""
    answered = Counter(
        (press.json["dossier"]["code"], line) for press in presses for name, (line, _body) in STEPS.items()
        if _is_done(press, name)
    )  # fmt: skip
    history = Counter(
        tuple(row) for row in db.execute("SELECT dossier, move FROM dossier_moves WHERE move != 'lodged'")
    )
    told = Counter(
        (row["data"]["dossier"], str(row["action"]).removeprefix("dossier."))  # type: ignore[index, call-overload]
        for row in journal.read_rows(db)
        if str(row["action"]).startswith("dossier.") and row["action"] != "dossier.lodged"
    )
    require(
        answered == history, f"answered and not done {answered - history}, done and not answered {history - answered}"
    )
    require(told == history, f"told and not done {told - history}, done and not told {history - told}")


def _is_done(press: Kept, step: str) -> bool:
    return press.step == step and press.status in KEPT
