"""Appeals and denunciations: recognised, for the head alone, never for whom they concern."""

import pytest

from motcua.counters import actions as counter_actions
from motcua.desk import Refused, Unknown
from motcua.suggestions import actions, rules
from motcua.suggestions.model import SuggestionKind
from tests.unit.suggestions.conftest import Written


@pytest.mark.parametrize(
    ("text", "kind", "read"),
    [
        ("Tôi khiếu nại quyết định số 5.", "suggestion", SuggestionKind.APPEAL),
        ("Tôi TỐ CÁO cán bộ nhận tiền.", "", SuggestionKind.DENUNCIATION),
        ("Tôi to\u0302\u0301 ca\u0301o ca\u0301n bo\u0323\u0302.", "report", SuggestionKind.DENUNCIATION),
        ("Góp ý về ghế.", "appeal", SuggestionKind.APPEAL),
        ("Không có gì để khiếu nạ.", "petition", SuggestionKind.PETITION),
    ],
)
def test_an_appeal_or_denunciation_is_recognised(written: Written, text: str, kind: str, read: SuggestionKind) -> None:
    assert written.write(text, kind=kind, may_publish=True).kind is read


def test_only_the_head_sees_a_denunciation_and_the_officer_concerned_never(written: Written) -> None:
    written.desk.do(counter_actions.open_counter, 1, written.ids["hoa"])
    item = written.write("Tôi tố cáo cán bộ ở quầy này.", counter=1, may_publish=True)
    assert (item.concerned, item.may_publish) == (written.ids["hoa"], False)
    seen = [name for name in written.ids if rules.can_see(written.viewer(name), item, written.ids["lan"])]
    assert seen == ["lan"]
    for name in ("binh", "hoa", "quan"):
        with pytest.raises(Unknown):
            written.desk.do(actions.open_part, written.viewer(name), item.id, "text")
    with pytest.raises(Refused) as refusal:
        written.desk.do(actions.assign, written.viewer("lan"), item.id, written.ids["minh"])
    assert refusal.value.code == "suggestion.restricted"
    written.desk.do(actions.classify, written.viewer("lan"), item.id, "report")
    with pytest.raises(Refused) as refusal:
        written.desk.do(actions.assign, written.viewer("lan"), item.id, written.ids["hoa"])
    assert refusal.value.code == "suggestion.concerned"


def test_without_a_named_head_each_leader_reads_a_denunciation_but_not_of_themselves(written: Written) -> None:
    written.rules(head="")
    written.desk.do(counter_actions.open_counter, 1, written.ids["binh"])
    item = written.write("Tôi tố cáo người ở quầy này.", counter=1)
    assert [name for name in written.ids if rules.can_see(written.viewer(name), item, None)] == ["lan"]


def test_an_assigned_report_that_turns_out_a_denunciation_is_taken_from_its_officer(written: Written) -> None:
    item = written.write()
    written.desk.do(actions.assign, written.viewer("lan"), item.id, written.ids["hoa"])
    written.desk.do(actions.classify, written.viewer("lan"), item.id, "denunciation")
    assert written.now(item).owner is None
    with pytest.raises(Unknown):
        written.desk.do(actions.answer, written.viewer("hoa"), item.id, "Xong")
