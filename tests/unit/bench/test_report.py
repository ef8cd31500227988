import json
from pathlib import Path

from bench import limits, pairs
from bench.report import Report


def test_a_row_says_value_reference_ratio_goals_and_how_it_ended() -> None:
    report = Report()
    report.put(limits.ISSUE_EIGHT.judge(800, 1000))
    report.put(limits.ISSUE_ONE.judge(1.3, 1))
    report.put(limits.START.judge(0.9, 0.4))
    rows = [" ".join(line.split()) for line in report.table().splitlines()]
    assert rows == [
        "figure value unit reference ratio must aim",
        "issue, 8 clients 800 1/s 1,000 0.8 ≥ 0.6 times ≥ 0.75 times aim reached",
        "issue, 1 client, p50 1.3 ms 1 1.3 ≤ 1.4 times ≤ 1.2 times reached",
        "start to first answer 0.9 s 0.4 2.25 ≤ 0.8 ≤ 0.6 MISSED",
    ]
    assert not report.ok


def test_the_file_has_the_limit_in_the_unit_of_the_value(tmp_path: Path) -> None:
    report = Report()
    report.put(limits.ISSUE_EIGHT.judge(800, 1000))
    report.add("another", 2, "ms")
    report.write(file := tmp_path / "bench.json")
    assert json.loads(file.read_text(encoding="utf-8")) == [
        {
            "name": "issue, 8 clients", "value": 800, "unit": "1/s", "reference": 1000, "ratio": 0.8, "limit": 600.0,
            "ok": True,
        },
        {"name": "another", "value": 2, "unit": "ms", "reference": None, "ratio": None, "limit": None, "ok": True},
    ]  # fmt: skip


def test_each_of_two_comes_first_as_often_and_warming_up_does_not_count() -> None:
    order: list[str] = []

    def measure(name: str, figures: list[float]) -> float:
        order.append(name)
        return figures.pop(0)

    one, other = [90.0, 1.0, 3.0, 2.0], [80.0, 5.0, 4.0, 6.0]
    assert pairs.by_turns(3, lambda: measure("a", one), lambda: measure("b", other), warm_up=1) == (2.0, 5.0)
    assert "".join(order) == "abbaabba"
