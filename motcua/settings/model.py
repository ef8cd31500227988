"""What a hall can decide for itself, as one immutable value: the list of sections, nested and ordered as the
settings file is.
"""

# ruff: noqa: RUF009 -- sections are frozen, so a default may be shared

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from motcua.desk.messages import mark
from motcua.settings.fields import SettingsPage
from motcua.settings.sections.access import StaffRules, Web
from motcua.settings.sections.alerts import RECEIVERS, AlertReceiver, AlertRules
from motcua.settings.sections.bookings import Appointments, Notices
from motcua.settings.sections.callbacks import CallbackRules
from motcua.settings.sections.calls import CALL, Texts, Voice
from motcua.settings.sections.camera import CameraRules
from motcua.settings.sections.dossiers import DossierRules
from motcua.settings.sections.dropoffs import DropOffRules
from motcua.settings.sections.fees import FeeRules
from motcua.settings.sections.hours import Day, DayOff, OpeningHours, WorkingDay
from motcua.settings.sections.index_choices import USUAL, IndexChoices
from motcua.settings.sections.indices import IndexRules
from motcua.settings.sections.lockers import LockerRules
from motcua.settings.sections.monthly import MonthlyReports
from motcua.settings.sections.online import OnlineFiling
from motcua.settings.sections.places import Printing, Seats
from motcua.settings.sections.posters import Neighbourhood, PosterRules
from motcua.settings.sections.proposals import ProposalRules
from motcua.settings.sections.province import ProvinceRules
from motcua.settings.sections.queue import Priority, QueueRules, Waits
from motcua.settings.sections.ratings import QuarantineRules, RatingForm, RatingRules, Retention
from motcua.settings.sections.same_day import SameDayRules
from motcua.settings.sections.suggestions import Suggestions
from motcua.settings.sections.unit import Unit
from motcua.settings.sections.work import WorkRules
from motcua.settings.values import STRICT, Bilingual, Choice, Session, bound_length

__all__ = [
    "AlertReceiver", "AlertRules",
    "Appointments", "Bilingual", "CallbackRules", "CameraRules",
    "Choice", "Day", "DayOff", "DossierRules", "DropOffRules",
    "FeeRules", "IndexChoices", "IndexRules",
    "LockerRules", "MonthlyReports", "Neighbourhood", "Notices",
    "OnlineFiling", "OpeningHours", "PosterRules", "Printing",
    "Priority", "ProposalRules", "ProvinceRules",
    "QuarantineRules", "QueueRules", "RatingForm", "RatingRules",
    "Retention", "SameDayRules", "Seats", "Session", "Settings", "StaffRules", "Suggestions", "Texts",
    "Unit", "Voice", "Waits", "Web", "WorkRules", "WorkingDay",
]  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """Everything a hall decided about itself.

    A new section of plain fields is one line here and one in `PAGES`. File, checks, store, journal and page follow
    from both.
    """

    __pydantic_config__ = STRICT

    unit: Unit = Unit("", "Trung tâm Phục vụ hành chính công")
    day: Day = Day()
    hours: OpeningHours = OpeningHours(*((),) * 7)
    days_off: Annotated[tuple[DayOff, ...], bound_length(0, 400)] = ()
    working_days: Annotated[tuple[WorkingDay, ...], bound_length(0, 200)] = ()
    queue: QueueRules = QueueRules()
    priorities: Annotated[tuple[Priority, ...], bound_length(1, 20)] = ()
    seats: Seats = Seats()
    appointments: Appointments = Appointments()
    web: Web = Web()
    notices: Notices = Notices()
    staff: StaffRules = StaffRules()
    waits: Waits = Waits()
    rating: RatingRules = RatingRules()
    rating_form: RatingForm = RatingForm()
    quarantine: QuarantineRules = QuarantineRules()
    voice: Voice = Voice()
    printing: Printing = Printing()
    texts: Texts = Texts(call=CALL, ticket_footer=("", ""))
    retention: Retention = Retention()
    alerts: AlertRules = AlertRules()
    receivers: Annotated[tuple[AlertReceiver, ...], bound_length(0, 40)] = RECEIVERS
    suggestions: Suggestions = Suggestions()
    camera: CameraRules = CameraRules()
    monthly: MonthlyReports = MonthlyReports()
    indices: IndexRules = IndexRules()
    proposals: ProposalRules = ProposalRules()
    index_choices: Annotated[tuple[IndexChoices, ...], bound_length(1, 50)] = (USUAL,)
    work: WorkRules = WorkRules()
    dossiers: DossierRules = DossierRules()
    online: OnlineFiling = OnlineFiling()
    callbacks: CallbackRules = CallbackRules()
    same_day: SameDayRules = SameDayRules()
    province: ProvinceRules = ProvinceRules()
    dropoffs: DropOffRules = DropOffRules()
    lockers: LockerRules = LockerRules()
    posters: PosterRules = PosterRules()
    fees: FeeRules = FeeRules()

    @property
    def timezone(self) -> str:
        """Return the desk's time zone."""
        return self.day.timezone

    @cached_property
    def ordinary_rank(self) -> int:
        """Return the rank of those without priority: every class that has priority is called before it."""
        return max((item.rank for item in self.priorities), default=0)

    def has_priority(self, rank: int) -> bool:
        """Say whether a ticket of `rank` is called before an ordinary one."""
        return rank < self.ordinary_rank

    def find_priority(self, code: str) -> Priority | None:
        """Return the class with this code."""
        return next((priority for priority in self.priorities if priority.code == code), None)


PAGES = (
    SettingsPage("unit", mark("Unit"), "landmark", ("unit",)),
    SettingsPage("hours", mark("Opening hours"), "clock", ("day", "hours")),
    SettingsPage("days_off", mark("Days off"), "calendar", ("days_off", "working_days")),
    SettingsPage("services", mark("Services"), "list", ("groups", "services", "counters")),
    SettingsPage("counters", mark("Counters"), "armchair", ("counters",)),
    SettingsPage("priorities", mark("Priority classes"), "heart-handshake", ("priorities",)),
    SettingsPage("queue", mark("Queue"), "ticket", ("queue",)),
    SettingsPage("waits", mark("Waiting times"), "timer", ("waits",)),
    SettingsPage("seats", mark("Seats"), "map-pin", ("seats",)),
    SettingsPage("web", mark("Address for phones"), "link", ("web",)),
    SettingsPage("appointments", mark("Bookings and messages"), "calendar", ("appointments", "notices")),
    SettingsPage("rating", mark("Rating and retention"), "star", ("rating", "rating_form", "quarantine", "retention")),
    SettingsPage("alerts", mark("Alerts"), "bell", ("alerts", "receivers")),
    SettingsPage("suggestions", mark("Suggestions"), "message-square", ("suggestions",)),
    SettingsPage("camera", mark("Camera"), "eye", ("camera",)),
    SettingsPage("monthly", mark("Monthly reports"), "file-text", ("monthly",)),
    SettingsPage("indices", mark("Official indices"), "file-text", ("indices", "index_choices")),
    SettingsPage("proposals", mark("Proposals"), "file-text", ("proposals",)),
    SettingsPage("work", mark("Working hours"), "clock", ("work",)),
    SettingsPage(
        "dossiers", mark("Dossiers"), "file-text", ("dossiers", "same_day", "dropoffs", "lockers", "province")
    ),
    SettingsPage("posters", mark("Neighbourhoods"), "map-pin", ("posters",)),
    SettingsPage("fees", mark("Fees and bank"), "briefcase", ("fees",)),
    SettingsPage("online", mark("Filing online"), "link", ("online",)),
    SettingsPage("callbacks", mark("Call backs"), "phone-call", ("callbacks",)),
    SettingsPage("texts", mark("Texts"), "megaphone", ("texts",)),
    SettingsPage("voice", mark("Voice"), "volume-2", ("voice",)),
    SettingsPage("printing", mark("Printing"), "printer", ("printing",)),
    SettingsPage("people", mark("People"), "users"),
    SettingsPage("staff", mark("Signing in"), "lock", ("staff",)),
    SettingsPage("devices", mark("Screens and devices"), "monitor"),
    SettingsPage("document", mark("Settings file"), "file-text"),
)
"""The settings pages in the order of their menu. Services come with the counters: a new service needs one in the
same step.

`people`, `devices` and `document` are no parts of the file: accounts, pairing and tokens, the whole file.
"""
