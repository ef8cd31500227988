"""What the workers of a run take up, one unit after the other: files whole, the long ones first, and the house in one
unit, where what it reads is parsed once; so too in the fast part what asks a served desk.
"""

from collections.abc import Sequence
from itertools import groupby

import pytest

HOUSE = "tests/house/"
SERVED = "tests/server/"
"""In the fast part they share one desk and have little to do but to wait for it."""
BROWSER = "tests/browser/"
"""Each of these takes seconds, so that a file of them would keep one worker busy while the others have nothing."""
LONG = (
    "tests/server/test_schemathesis.py",
    "tests/server/test_demo.py",
    "tests/server/test_kill.py",
    "tests/server/test_idle.py",
    "tests/server/test_bad_mornings.py",
    "tests/server/test_demo_devices.py",
    "tests/unit/reports/test_camera_gate.py",
    "tests/server/test_demo_weeks.py",
    "tests/unit/vision/test_analysis.py",
    "tests/unit/vision/test_search.py",
    "tests/unit/vision/test_offline.py",
    "tests/unit/vision/test_camera_command.py",
    "tests/unit/devices/camera/test_visit.py",
    "tests/unit/agent/test_camera_agent.py",
    "tests/server/test_screen_launcher.py",
    SERVED,
    HOUSE,
    "tests/server/test_settings_api.py",
    "tests/server/test_screen_profile.py",
    "tests/unit/views/test_counter_commands.py",
    "tests/unit/reports/test_word_forms.py",
    "tests/browser/test_settings.py::test_every_section_can_be_read_by_everybody[vi-VN]",
    "tests/browser/test_dossier_journey.py",
    "tests/browser/test_alerts.py::test_thresholds_and_receivers_are_set_and_a_mistake_is_named",
    "tests/browser/test_question_form.py::test_the_pad_leads_from_its_thanks_to_the_form_and_back",
    "tests/browser/test_camera_walk.py::test_a_smile_is_scored_from_the_settings_to_the_report",
    "tests/browser/test_report_pages.py",
    "tests/browser/test_pad.py::test_a_press_lands_with_its_reasons_and_the_pad_rests_again",
    "tests/browser/test_flow.py::test_a_flow_linked_procedures_and_the_note_of_a_visit",
    "tests/browser/test_dropoff.py",
    "tests/browser/test_look_up_places.py::test_by_a_poster_and_at_the_terminal",
    "tests/browser/test_settings.py::test_every_section_can_be_read_by_everybody[en-US]",
    "tests/browser/test_leaders_pages.py",
)
"""What takes many seconds, longest first: begun last, it would keep one worker busy while the others have nothing."""
SHARES = frozenset({"module", "class", "package"})

Unit = Sequence[pytest.Item]


def is_for_browser(unit: Unit) -> bool:
    """Say whether a unit is for a worker that has a browser: in its process no test can run a loop of its own."""
    return unit[0].nodeid.startswith(BROWSER)


def divide(items: Sequence[pytest.Item], expression: str) -> list[Unit]:
    """Return the units of a run of `-m expression`, in the order in which they are begun."""
    together = (HOUSE, SERVED) if expression.startswith("not ") else (HOUSE,)

    def find_scope(item: pytest.Item) -> str:
        path = item.nodeid.partition("::")[0]
        if scope := next((scope for scope in together if path.startswith(scope)), ""):
            return scope
        return item.nodeid if path.startswith(BROWSER) and not _shares(item) else path

    units = [(scope, list(unit)) for scope, unit in groupby(items, find_scope)]
    return [unit for _, unit in sorted(units, key=lambda one: LONG.index(one[0]) if one[0] in LONG else len(LONG))]


def _shares(item: pytest.Item) -> bool:
    """Say whether a test uses something that its file makes once."""
    fixtures = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return any(one[-1].scope in SHARES and one[-1].baseid.startswith(BROWSER) for one in fixtures.values())
