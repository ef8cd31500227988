"""The one door: transaction, journal, clock, jobs and refusals. Never a word of the domain."""

from motcua.desk.clock import Clock, Entropy, ManualClock, SeededEntropy, system_clock, system_entropy
from motcua.desk.command import Actor
from motcua.desk.database import DatabaseTooNewError, Reader, Room, Stamps, StoreError
from motcua.desk.desk import Desk, Door, Key, Tx
from motcua.desk.errors import Forbidden, Invalid, Refused, Throttled, Unavailable, Unknown, find_refusal
from motcua.desk.event import Entry, Event, Json
from motcua.desk.facts import count_changes, forget, read_once
from motcua.desk.faults import DeskFault, Faults
from motcua.desk.jobs import DeviceJob, Planned
from motcua.desk.moment import get_day_begin, get_local_day, get_zone, parse, parse_day, stamp
from motcua.desk.steps import ClockStepped

__all__ = [
    "Actor",
    "Clock",
    "ClockStepped",
    "DatabaseTooNewError",
    "Desk",
    "DeskFault",
    "DeviceJob",
    "Door",
    "Entropy",
    "Entry",
    "Event",
    "Faults",
    "Forbidden",
    "Invalid",
    "Json",
    "Key",
    "ManualClock",
    "Planned",
    "Reader",
    "Refused",
    "Room",
    "SeededEntropy",
    "Stamps",
    "StoreError",
    "Throttled",
    "Tx",
    "Unavailable",
    "Unknown",
    "count_changes",
    "find_refusal",
    "forget",
    "get_day_begin",
    "get_local_day",
    "get_zone",
    "parse",
    "parse_day",
    "read_once",
    "stamp",
    "system_clock",
    "system_entropy",
]
