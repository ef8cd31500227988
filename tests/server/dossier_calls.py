"""Dossiers that a visit hands in over HTTP."""

from typing import Any

from tests.server.hall import Json, Place

AN: Json = {"name": "Nguyễn Văn An", "number": "001090012345", "birth": "04/05/1990", "sex": "male"}
DEATH = "1.000656"
PAPERS: Json = [{"code": "declaration", "originals": 1}, {"code": "x1", "copies": 2, "name": "Hộ chiếu của An"}]


def call(place: Place) -> None:
    """Call a citizen to a counter."""
    place.issue()
    assert place.do("call-next").status == 200
    assert place.do("start").status == 200


def lodge(place: Place, **more: Any) -> Any:
    """Hand a dossier in there."""
    answer = place.do(
        "dossiers",
        {"procedure": DEATH, "applicant": AN, "papers": PAPERS, **more},
        f"lodge-{sorted(more)}-{place.number}",
    )
    assert answer.status == 201, answer
    return answer.json["dossier"]
