"""The file of dossiers that the province's system would give for one week of the demo. Pure: the same for a seed."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO

from motcua.demo.chance import Chance
from motcua.demo.past.people import LEAVER
from motcua.dossiers.model.outcomes import DossierFile
from motcua.dossiers.rules.columns import COLUMNS
from motcua.dossiers.rules.files import read_rows
from motcua.dossiers.rules.reading import read_dossiers

A_DAY = (9, 15)
"""How many dossiers are settled on a day."""
PROCEDURES = ("2.000815", "1.001193", "2.000884", "1.004873", "1.001612")
TAKES_DAYS, LIMIT_DAYS = (1, 9), (7, 12)
AGENCY_TIMES = {"sớm": 55.0, "đúng": 38.0, "trễ": 7.0}
CONTACTS = {"0": 74.0, "1": 18.0, "2": 6.0, "3": 2.0}
AGENCIES = {"0": 88.0, "1": 9.0, "2": 3.0}
COMPLAINTS = {"không": 99.4, "có": 0.2, "sai": 0.4}
IS_DISLIKED, IS_ONLINE = 0.02, 0.45
YES, NO = "có", "không"


def make_dossiers(seed: int, since: date, days: Sequence[date], counters: Sequence[int]) -> DossierFile:
    """Return the file of what was settled from `since` to the last of `days`, on which people worked.

    It names the officers of `counters` by their sign-in names.
    """
    chance = Chance(f"{seed} {days[0]} dossiers")
    names = [f"canbo{number}" for number in counters if f"canbo{number}" != LEAVER]
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.vi for column in COLUMNS])
    for day in days:
        for place in range(chance.draw_whole(*A_DAY)):
            writer.writerow(_draw_row(chance, day, place, names))
    content = text.getvalue().encode("utf-8-sig")
    first, last = since.isoformat(), days[-1].isoformat()
    reading = read_dossiers(read_rows(content), first, last)
    if reading.mistakes:
        raise ValueError(reading.mistakes[0].message)
    return DossierFile(first, last, sha256(content).hexdigest(), reading.rows)


def _draw_row(chance: Chance, settled: date, place: int, names: Sequence[str]) -> list[str]:
    received = settled - timedelta(days=chance.draw_whole(*TAKES_DAYS))
    due = received + timedelta(days=chance.draw_whole(*LIMIT_DAYS))
    return [
        f"H29.17-{settled:%y%m%d}-{place + 1:04d}",
        chance.pick(PROCEDURES),
        chance.pick(names),
        f"{received:%d/%m/%Y}",
        f"{due:%d/%m/%Y}",
        f"{settled:%d/%m/%Y}",
        chance.pick_weighted(AGENCY_TIMES),
        chance.pick_weighted(CONTACTS),
        "0",
        chance.pick_weighted(AGENCIES),
        chance.pick_weighted(COMPLAINTS),
        YES if chance.share(IS_DISLIKED) else NO,
        YES if chance.share(IS_ONLINE) else NO,
    ]
