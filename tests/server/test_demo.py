"""The simulated hall: the same day for the same seed, nobody lost, and a hall that real people can walk into."""

import http.client
import json
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from motcua.cli.commands import run
from motcua.demo import citizens
from motcua.demo.chance import Chance
from motcua.settings.model import Session
from motcua.setup import template
from tests.server.demo_days import SEED, Day, days, motcua, said, usual_days
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
HOURS = (Session(450, 690), Session(780, 1020))
EIGHT, TEN = 8 * 3600, 10 * 3600
SOMETIMES = {
    "counter.paused", "rating.given", "rating.skipped", "ticket.absent", "ticket.held", "ticket.recalled",
    "ticket.returned",
    "ticket.transferred", "ticket.undone",
}  # fmt: skip


@pytest.fixture(scope="module")
def twins() -> list[Day]:
    """Lend the two days."""
    return usual_days()


def test_two_runs_of_a_seed_tell_the_same_day_byte_for_byte(twins: list[Day]) -> None:
    one, other = twins
    assert one.summary == other.summary
    assert one.export == other.export


def test_the_exported_journal_of_a_day_alone_gives_every_figure_of_its_reports(
    twins: list[Day], tmp_path: Path
) -> None:
    exported, copied = tmp_path / "journal.jsonl", tmp_path / "copied"
    exported.write_text(twins[0].export, encoding="utf-8")
    copied.mkdir()
    rebuild = ("journal", "rebuild", "--json", "--journal", str(exported), "--data")
    code, text = said(*rebuild, str(twins[1].folder))
    answer = json.loads(text)
    assert (code, answer["ok"], answer["differences"], answer["reports"] > 1) == (0, True, [], True)
    (copied / "desk.db").write_bytes((twins[1].folder / "desk.db").read_bytes())
    with closing(sqlite3.connect(copied / "desk.db", isolation_level=None)) as db:
        first = "SELECT min(id) FROM ratings WHERE level = 5 AND status = 'counted'"
        assert db.execute(f"UPDATE ratings SET level = 1 WHERE id = ({first})").rowcount == 1  # noqa: S608
    code, text = said(*rebuild, str(copied))
    assert (code, {item["report"] for item in json.loads(text)["differences"]} >= {"day", "officers"}) == (1, True)


def test_standard_output_is_the_summary_alone(twins: list[Day]) -> None:
    summary, aside = twins[0].summary, twins[0].aside
    assert summary.startswith(f"Phường Mẫu, 23/11/2026, seed {SEED}\n")
    assert summary.endswith(f"Journal: {len(twins[0].rows)} rows, head {twins[0].rows[-1]['hash']}\n")
    assert "http://" not in summary
    assert aside.startswith("http://127.0.0.1:")


def test_the_days_journal_and_its_digest_hold(twins: list[Day]) -> None:
    folder = twins[0].folder
    digest = folder / "digests" / "2026-11-23.json"
    assert json.loads(digest.read_text())["hash"] == twins[0].rows[-1]["hash"]
    assert said("journal", "verify", "--data", str(folder), "--digest", str(digest))[0] == 0


def test_nobody_is_lost_and_the_day_is_a_wards_monday(twins: list[Day]) -> None:
    rows = twins[0].rows
    kinds = Counter(str(row["action"]) for row in rows)
    total = next(line.split() for line in twins[0].summary.splitlines() if line.startswith("Total"))
    given, served, cancelled, absent, _by_closing = map(int, total[1:])
    assert given == served + cancelled + absent == kinds["ticket.issued"]
    assert 120 <= given <= 220
    assert served > given * 0.9
    printed = sum(row["action"] == "job.finished" and data_of(row)["job_kind"] == "print" for row in rows)
    assert printed == given + kinds["dossier.slip_printed"]
    assert kinds["dossier.lodged"] >= kinds["dossier.ready"] >= kinds["dossier.returned"] > 0
    assert set(kinds) >= SOMETIMES
    assert (kinds["day.closed"], rows[-1]["action"], rows[-1]["at"]) == (1, "day.closed", "2026-11-23T11:00:00.000Z")


def test_the_day_replays_exactly_as_it_happened(twins: list[Day]) -> None:
    code, out = said("replay", "--data", str(twins[0].folder), "--day", "2026-11-23", "--json")
    found = json.loads(out)
    rows = [json.loads(line) for line in twins[0].export.splitlines()]
    called = [(row["data"], row["at"]) for row in rows if row["action"] == "ticket.called"]
    calls = [{"ticket": data["ticket"], "counter": data["counter"], "at": at} for data, at in called]
    notes = [note["code"] for note in found["notes"]]
    assert (code, found["same_calls"], notes) == (0, True, ["smiles.excluded"])
    assert found["happened"]["calls"] == found["replayed"]["calls"] == calls
    assert found["happened"] == found["replayed"]


def test_about_half_agree_to_the_camera_and_most_of_them_are_scored(twins: list[Day]) -> None:
    rows = twins[0].rows
    last = {data_of(row)["visit"]: data_of(row)["answer"] for row in rows if row["action"] == "camera.consent"}
    answers = Counter(last.values())
    scores = sum(row["action"] == "expression.noted" and data_of(row)["kept"] for row in rows)
    looks = {data_of(row)["state"] for row in rows if row["action"] == "job.finished" and is_look(row)}
    assert set(answers) == {"yes", "no", "none", "withdrawn", "child"}
    assert 0.3 < answers["yes"] / sum(answers.values()) < 0.7
    assert answers["yes"] * 0.6 < scores <= answers["yes"]
    assert looks == {"done"}
    assert f"Camera: {sum(answers.values())} asked, {answers['yes']} agreed, {scores} smile scores" in twins[0].summary


def data_of(row: dict[str, object]) -> dict[str, Any]:
    return cast("dict[str, Any]", row["data"])


def is_look(row: dict[str, object]) -> bool:
    return bool(data_of(row)["job_kind"] == "look")


def test_the_wall_hears_every_call(twins: list[Day]) -> None:
    calls = sum(row["action"] in {"ticket.called", "ticket.recalled"} for row in twins[0].rows)
    assert f"The wall received {calls} of {calls} calls." in twins[0].aside


@pytest.mark.parametrize(("day", "least", "most"), [(MONDAY, 140, 220), (FRIDAY, 120, 190)])
def test_every_seed_brings_a_plausible_crowd(day: date, least: int, most: int) -> None:
    services = [service.code for service in template.load("ward").services]
    crowds = [citizens.draw_citizens(Chance(f"{seed} plan"), day, HOURS, services) for seed in range(60)]
    everybody = [citizen for crowd in crowds for citizen in crowd]
    shares = [sum(citizen.service in citizens.CERTIFICATION for citizen in crowd) / len(crowd) for crowd in crowds]
    peak = sum(EIGHT <= citizen.touches_s < TEN for citizen in everybody) / len(everybody)
    ordinary = sum(citizen.priority is None for citizen in everybody) / len(everybody)
    assert all(least <= len(crowd) <= most for crowd in crowds)
    assert len({len(crowd) for crowd in crowds}) > 20
    assert 0.45 < sum(shares) / len(shares) < 0.55
    assert 0.38 < peak < 0.55
    assert 0.75 < ordinary < 0.83
    assert all(any(s.start_min * 60 < citizen.touches_s < s.end_min * 60 for s in HOURS) for citizen in everybody)


def test_everything_the_ward_offers_has_a_time_of_serving() -> None:
    offered = {service.code for service in template.load("ward").services}
    assert set(citizens.MINUTES) == {*citizens.CERTIFICATION, *citizens.OTHER_MATTERS} == offered


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--seed", "x"], "--seed"),
        (["--speed", "0"], "--speed"),
        (["--speed", "fast"], "--speed"),
        (["--speed", "nan"], "--speed"),
        (["--port", "70000"], "--port"),
        (["--once", "--speed", "60"], "--speed"),
    ],
)
def test_wrong_options_are_named(given: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = run(["demo", *given])
    except SystemExit as error:
        code = int(error.code or 0)
    assert code == 2
    assert told in capsys.readouterr().err.splitlines()[-1]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "desk.db"
    kept.write_bytes(b"somebody's desk")
    assert run(["demo", "--once", "--data", str(tmp_path)]) == 1
    assert (list(tmp_path.iterdir()), kept.read_bytes()) == ([kept], b"somebody's desk")
    assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.slow
def test_another_seed_is_another_day() -> None:
    (one, other), *_ = days(2, 3)
    assert one.summary != other.summary
    assert one.export != other.export


@pytest.mark.slow
def test_a_real_person_at_the_kiosk_of_a_watched_hall_is_served(tmp_path: Path) -> None:
    process = motcua("demo", "--speed", "600", "--port", "0", "--data", str(tmp_path))
    assert process.stdout is not None
    try:
        home = process.stdout.readline().removeprefix("ready http://").strip()
        code, token = said("token", "add", "--data", str(tmp_path), "--role", "kiosk")
        assert code == 0
        connection = http.client.HTTPConnection(home, timeout=PATIENCE_S)
        headers = {"Authorization": f"Bearer {token.strip()}"}

        def ask(method: str, path: str, body: str | None = None) -> tuple[int, dict[str, object]]:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, json.load(answer)

        touched: list[tuple[int, dict[str, object]]] = []

        def is_open() -> bool:
            touched.append(ask("POST", "/api/v1/tickets", '{"service": "certified-copy"}'))
            return touched[-1][0] != 409

        wait_until(is_open)
        status, ticket = touched[-1]
        assert status == 201
        wait_until(lambda: ask("GET", f"/api/v1/tickets/{ticket['id']}")[1]["state"] == "served")
        assert ask("GET", "/state/wall")[1]["speed"] == 600
        connection.close()
        process.send_signal(signal.SIGTERM)
        _out, aside = process.communicate(timeout=PATIENCE_S)
        told = [line for line in aside.splitlines() if "motcua.run.voicing" not in line]
        assert (process.returncode, told) == (0, [])
    finally:
        process.kill()
        process.communicate()
    assert said("journal", "verify", "--data", str(tmp_path))[0] == 0
