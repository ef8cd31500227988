"""Reports of the past month: made on the first working day, stored, journalled, and mailed once. All parts are real."""

import hashlib
import io
import json
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest

from motcua.audit.compare import list_differences
from motcua.copies import replace
from motcua.desk import ManualClock, Unavailable, get_zone, parse
from motcua.filing import store
from motcua.filing.model import DueReport
from motcua.planning.computing import compute_here
from motcua.reports import monthly as month_report
from motcua.reports import pdf
from motcua.reports.kinds import list_monthly
from motcua.reports.printing import LAYOUT
from motcua.settings import store as settings_store
from motcua.settings.model import MonthlyReports
from motcua.setup.rooms import open_desk
from motcua.wiring import erasing, monthly, report_notices
from motcua.wiring.monthly import MonthlyReporter
from motcua.wiring.ways import EMAIL
from tests.unit.queue.at_the_desk import Day
from tests.unit.wiring.notice_post import Post, finished

LAN, BINH = "lan@phuong.vn", "binh@phuong.vn"
DECEMBER = datetime(2026, 12, 1, 0, 29, tzinfo=UTC)
"""A minute before the hall opens on the first working day."""


class Month:
    """A hall whose reports are made by `tick`; `broken` fails the making of PDFs."""

    def __init__(self, post: Post) -> None:
        self.post, self.desk, self.clock, self.broken = post, post.desk, post.clock, False
        report_notices.install(self.desk)
        self.reporter = self.start()

    def start(self) -> MonthlyReporter:
        return MonthlyReporter(self.desk, self._compute, lambda work, item: work(item), lambda work, *more: work(*more))

    def _compute(self, task: Any, request: Any) -> Any:
        if self.broken:
            raise Unavailable("compute.down", "The helper does not answer.")
        return compute_here(task, request)

    def choose(self, **monthly_rules: Any) -> None:
        rules = MonthlyReports(**{"is_on": True, "reports": ("camera",), "receivers": (LAN, BINH), **monthly_rules})

        def save(tx: Any) -> None:
            settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), monthly=rules))

        self.desk.do(save)

    def pass_by(self, seconds: float = 60) -> None:
        self.clock.advance(seconds)
        self.reporter.chore.run(self.reporter.tick)

    def list_filed(self) -> list[tuple[str, str, bool]]:
        with self.desk.read() as db:
            return [(item.report, item.month, item.has_figures) for item in store.list_newest(db, 100)]

    def list_events(self) -> list[dict[str, Any]]:
        with self.desk.read() as db:
            query = "SELECT data FROM journal WHERE action = 'report.filed' ORDER BY seq"
            return [json.loads(row[0]) for row in db.execute(query)]

    def get_content(self, number: int = 1) -> bytes:
        with self.desk.read() as db:
            content = store.find_content(db, number)
        assert content is not None
        return content

    def mails(self) -> list[tuple[str, str]]:
        return [(mail["To"], mail["Subject"]) for mail in self.post.mailbox.mails]


@pytest.fixture
def month(post: Post) -> Month:
    post.set_up(webhook_url="")
    made = Month(post)
    made.choose()
    return made


def read_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def serve_somebody(month: Month) -> None:
    day = Day(month.post.hall).opened(1)
    day.issue()
    assert day.serve() is not None


@pytest.mark.thorough
def test_last_months_report_is_made_at_the_opening_of_the_first_working_day_and_mailed_to_each_once(
    month: Month,
) -> None:
    month.clock.set(DECEMBER)
    month.pass_by(30)
    assert month.list_filed() == []
    month.pass_by(60)
    assert month.list_filed() == [("camera", "2026-11", False)]
    month.post.pass_by()
    subject = "Chỉ số nụ cười tháng 11/2026: Phường Mỹ Đình"
    assert month.mails() == [(LAN, subject), (BINH, subject)]
    for _hour in range(30):
        month.pass_by(3600)
        month.post.pass_by()
    month.reporter = month.start()
    month.pass_by(3600)
    month.post.pass_by()
    assert (len(month.mails()), len(month.list_events())) == (2, 1)
    assert [(row["device"], row["state"], row["about"]) for row in finished(month.desk)] == [
        (EMAIL, "done", "filing:1")
    ] * 2


@pytest.mark.thorough
def test_the_mail_has_the_stored_file_and_the_journal_its_digest_and_no_address(month: Month) -> None:
    month.clock.set(DECEMBER)
    month.pass_by(90)
    month.post.pass_by()
    content = month.get_content()
    mail = month.post.mailbox.mails[0]
    [attached] = list(mail.iter_attachments())
    assert (attached.get_filename(), attached.get_content_type()) == ("camera-2026-11.pdf", "application/pdf")
    assert attached.get_content() == content
    digest = hashlib.sha256(content).hexdigest()
    made_at = "2026-12-01T00:30:30.000Z"
    assert month.list_events() == [
        {
            "filing": 1, "report": "camera", "month": "2026-11", "language": "vi", "made_at": made_at,
            "has_figures": False, "digest": digest,
        }
    ]  # fmt: skip
    body = mail.get_body()
    assert body is not None
    text = body.get_content()
    assert digest in text
    assert "tháng 11/2026" in text
    assert "không có số liệu" in text
    assert "Lập lúc 07:30 ngày 01/12/2026" in read_text(content)
    with month.desk.read() as db:
        tables = ("journal", "jobs")
        whole = json.dumps([[list(row) for row in db.execute(f"SELECT * FROM {name}")] for name in tables])  # noqa: S608
    assert "phuong.vn" not in whole


@pytest.mark.thorough
def test_every_report_of_several_days_is_made_where_none_is_chosen(month: Month) -> None:
    month.choose(reports=(), receivers=())
    month.clock.set(DECEMBER)
    reports = [report.id for report in list_monthly() if not report.needs]
    for _report in range(len(reports) + 2):
        month.pass_by(61)
    assert [report for report, _month, _has in month.list_filed()] == sorted(reports)
    assert "day" not in reports
    assert all(read_text(month.get_content(number + 1)) for number in range(len(reports)))


@pytest.mark.thorough
def test_a_month_in_which_nobody_came_says_so_on_its_pages(month: Month) -> None:
    month.choose(language="en")
    month.clock.set(DECEMBER)
    month.pass_by(90)
    assert "Nobody took a number in this month." in read_text(month.get_content())


@pytest.mark.thorough
def test_the_same_figures_and_time_give_the_same_bytes_and_only_the_time_makes_others(month: Month) -> None:
    serve_somebody(month)
    month.clock.set(DECEMBER)
    month.pass_by(90)
    [event] = month.list_events()
    assert event["has_figures"] is True

    def make(at: str) -> bytes:
        local = parse(at).astimezone(get_zone("Asia/Ho_Chi_Minh"))
        item = monthly.build(month.desk, DueReport("camera", "2026-11"), "2026-12-20")
        with month.desk.read() as db:
            unit = settings_store.get_settings(db).unit
        values = month_report.print_month(item.sheet, "vi", unit, local)
        return pdf.make_pdf(LAYOUT, values, values["at"])

    assert hashlib.sha256(make(event["made_at"])).hexdigest() == event["digest"]
    assert hashlib.sha256(make("2026-12-01T00:31:30.000Z")).hexdigest() != event["digest"]


@pytest.mark.thorough
def test_a_report_that_fails_is_a_fault_until_it_was_made(month: Month) -> None:
    month.broken = True
    month.clock.set(DECEMBER)
    month.pass_by(90)
    assert [(fault.code, fault.params) for fault in month.desk.faults.list_all()] == [
        ("reports.unfiled", {"problem": "The helper does not answer."})
    ]
    month.broken = False
    month.pass_by(30)
    assert month.list_filed() == []
    month.pass_by(60)
    assert (month.list_filed(), month.desk.faults.list_all()) == ([("camera", "2026-11", False)], [])


@pytest.mark.thorough
def test_a_report_that_the_program_does_not_have_is_told_and_hinders_no_other(month: Month) -> None:
    month.choose(reports=("nothing", "camera"))
    month.clock.set(DECEMBER)
    month.pass_by(90)
    month.pass_by()
    assert month.list_filed() == [("camera", "2026-11", False)]
    assert [fault.code for fault in month.desk.faults.list_all()] == ["reports.unfiled"]
    month.choose(reports=("camera",))
    month.pass_by()
    assert month.desk.faults.list_all() == []


@pytest.mark.thorough
def test_a_desk_that_has_just_started_trusts_its_clock_only_after_a_quarter_of_an_hour(month: Month) -> None:
    month.desk.stop()
    clock = ManualClock(DECEMBER)
    desk = open_desk(month.post.hall.folder, clock)
    reporter = MonthlyReporter(desk, compute_here, lambda work, item: work(item), lambda work, *more: work(*more))

    def count_after(seconds: float) -> int:
        clock.advance(seconds)
        reporter.chore.run(reporter.tick)
        with desk.read() as db:
            return len(store.list_newest(db, 100))

    assert (count_after(90), count_after(15 * 60)) == (0, 1)
    desk.stop()


@pytest.mark.thorough
def test_a_mail_server_that_is_off_for_days_gets_each_report_once_in_the_end(month: Month) -> None:
    month.post.mailbox.refusals = ["451 4.3.0 later"] * 40
    month.clock.set(DECEMBER)
    month.pass_by(90)
    for _hour in range(60):
        month.post.pass_by(3600)
    assert sorted(to for to, _subject in month.mails()) == [BINH, LAN]


@pytest.mark.thorough
def test_who_is_off_the_list_gets_nothing_more(month: Month) -> None:
    month.clock.set(DECEMBER)
    month.pass_by(90)
    month.choose(receivers=(BINH,))
    month.post.pass_by()
    assert [to for to, _subject in month.mails()] == [BINH]
    assert sorted(detail or "" for _way, _payload, _state, detail in month.post.jobs()) == ["", "notices.erased"]


@pytest.mark.thorough
def test_stored_reports_are_held_against_the_journal_and_erased_when_their_time_is_over(month: Month) -> None:
    month.clock.set(DECEMBER)
    month.pass_by(90)

    def list_changes() -> list[tuple[str, str | None]]:
        with month.desk.read() as db:
            return [(item.table, item.column) for item in list_differences(db) if item.table == "filed_reports"]

    assert list_changes() == []
    month.desk.do(lambda tx: tx.db.execute("UPDATE filed_reports SET content = x'00'"))
    assert list_changes() == [("filed_reports", "content")]
    month.clock.set(datetime(2031, 11, 30, 1, tzinfo=UTC))
    month.desk.do(erasing.purge_reports)
    assert (month.list_filed(), list_changes()) == ([("camera", "2026-11", False)], [("filed_reports", "content")])
    month.clock.set(datetime(2031, 12, 1, 1, tzinfo=UTC))
    month.desk.do(erasing.purge_reports)
    assert (month.list_filed(), list_changes()) == ([], [])
