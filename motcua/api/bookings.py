"""Booking a time: what is free, taking it, looking at it, giving it up; and a day's list for the desk's own people."""

from collections.abc import Callable
from typing import Any

from flask import Request as WebRequest
from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.base import NoBody
from motcua.api.shapes.bookings import (
    BookingPath,
    Bookings,
    BookingShape,
    BookingsQuery,
    MadeBooking,
    NewBooking,
    Slots,
    SlotsQuery,
)
from motcua.bookings import actions, rules, store
from motcua.bookings.model import Booking, BookingRequest
from motcua.desk import Reader, stamp
from motcua.desk.keys import Answer
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.views.bookings import describe_booking, describe_listed_booking, describe_offer
from motcua.web.codes import throttle_codes
from motcua.web.cookies import BOOKED
from motcua.web.identity import STAFF_ROLES
from motcua.web.limits import Attempts
from motcua.web.site import Site

TRIES_A_MINUTE = 20
"""How often one address may try to book: enough for a family, not for filling a day."""
HELD_MAX = 24
"""How many bookings a browser is known by: more than may be missed."""


def list_held_codes(site: Site, web_request: WebRequest) -> tuple[str, ...] | None:
    """Return the codes of bookings that the browser which sends `web_request` made itself, the newest last; None for
    the desk's own people.

    A kiosk holds none: whoever stands before it is a stranger to the one before.
    """
    if site.caller.credential is not None:
        return None if site.caller.role in STAFF_ROLES else ()
    return tuple(
        rules.clean_booking_code(code)
        for code in site.cookies.get_value(web_request, BOOKED).split(".")[-HELD_MAX:]
        if code
    )


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about bookings."""
    tries = Attempts(site.desk.clock, TRIES_A_MINUTE)

    def build_view() -> Callable[[Reader, Booking], dict[str, Any]]:
        """Return what shows a booking as of now; inside a transaction nothing else may be read."""
        (day, _behind), now = site.get_today(), stamp(site.desk.clock.now())
        return lambda db, item: describe_booking(db, item, settings_store.get_settings(db), day, now)

    @api.get("/bookings/slots", endpoint="booking_slots", summary="What times can be booked", responses={200: Slots})
    def slots(query: SlotsQuery) -> Response:
        day, _behind = site.get_today()
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            return respond(
                (200, describe_offer(db, settings, day, stamp(site.desk.clock.now()), query.service, query.day))
            )

    @api.post("/bookings", endpoint="book", summary="Book a time", responses={201: MadeBooking})
    def book(body: NewBooking) -> Response:
        where = f"book:{request.remote_addr}"
        tries.check(where)
        tries.record_failure(where)
        holds = list_held_codes(site, request)
        booking_request = BookingRequest(body.service, body.slot_at, body.phone, body.email or "", body.language, holds)
        outside, view_booking = (
            site.addresses.get_setting() or site.addresses.find_for_phones() or site.addresses.get_request_base(),
            build_view(),
        )

        def view(db: Reader, new_booking: Booking) -> Answer:
            more = {
                "url": f"{outside}/b/{new_booking.code}",
                "cancel_url": f"{outside}/api/v1/bookings/{new_booking.code}/cancel",
            }
            return 201, {**view_booking(db, new_booking), **more}

        answer = site.request_door().do(actions.book, booking_request, queue_store.is_day_closed, answer=view)
        response = respond(answer)
        if site.caller.credential is None:
            codes = dict.fromkeys([*(holds or ()), answer[1]["code"]])
            site.cookies.vouch(response, BOOKED, ".".join(list(codes)[-HELD_MAX:]), is_secure=request.is_secure)
        return response

    @api.get("/bookings", endpoint="bookings", summary="A day's bookings", responses={200: Bookings})
    def of_day(query: BookingsQuery) -> Response:
        today, _behind = site.get_today()
        day = rules.read_day(query.day) if query.day else today
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            return respond(
                (
                    200,
                    {
                        "day": day,
                        "items": [describe_listed_booking(db, item, settings) for item in store.list_of_day(db, day)],
                    },
                )
            )

    @api.get("/bookings/<code>", endpoint="booking", summary="A booking", responses={200: BookingShape})
    def read(path: BookingPath) -> Response:
        view_booking = build_view()
        with throttle_codes(site), site.desk.read() as db:
            return respond((200, view_booking(db, store.get_by_code(db, rules.clean_booking_code(path.code)))))

    @api.post(
        "/bookings/<code>/cancel", endpoint="cancel_booking", summary="Cancel a booking", responses={200: BookingShape}
    )
    def cancel(path: BookingPath, body: NoBody) -> Response:
        view_booking = build_view()

        def view(db: Reader, cancelled_booking: Booking) -> Answer:
            return 200, view_booking(db, cancelled_booking)

        with throttle_codes(site):
            return respond(
                site.request_door(rules.clean_booking_code(path.code)).do(actions.cancel, path.code, answer=view)
            )
