"""Booking a time on a phone, and the page of a booking, which its code alone opens."""

from typing import Any

from flask import Blueprint

from motcua.bookings import rules, store
from motcua.bookings.model import BookingState
from motcua.catalogue import store as catalogue_store
from motcua.desk import stamp
from motcua.queue import store as queue_store
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.views.bookings import describe_booking
from motcua.views.hall import describe_hall
from motcua.views.shapes import describe_service as named
from motcua.web.codes import throttle_codes
from motcua.web.language import mark, translate_into_each
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages for booking."""

    def clock() -> dict[str, Any]:
        """Return what a page sets its clock by: the desk's time in ms, and how fast it goes."""
        return {"at": int(site.desk.clock.now().timestamp() * 1000), "speed": site.desk.clock.speed}

    @screens.get("/book", endpoint="book")
    def book() -> str:
        day, behind = site.get_today()
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            services = catalogue_store.list_services(db)
            is_open = rules.is_open(settings, services)
            state = describe_hall(db, settings, site.desk.clock.now(), day, clock_behind=behind)
        first = {
            "title": translate_into_each(mark("Book a time")),
            "words": translate_into_each(
                mark("This page is loading… You can also book at the information desk or by telephone.")
            ),
        }
        return render_page(
            site,
            "book.html",
            first,
            open=is_open,
            services=[named(item, item.code) for item in services if item.bookable] if is_open else [],
            email=bool(settings.notices.smtp_host),
            kept_days=settings.retention.booking_days,
            hall_open=state["open"],
            next_opening=state["next_opening"],
            **clock(),
        )

    @screens.get("/b/<code>", endpoint="booking")
    def booked(code: str) -> str:
        day, _behind = site.get_today()
        now = stamp(site.desk.clock.now())
        with throttle_codes(site), site.desk.read() as db:
            current_booking = store.get_by_code(db, rules.clean_booking_code(code))
            booking_view: dict[str, Any] = describe_booking(
                db, current_booking, settings_store.get_settings(db), day, now
            )
            ticket = (
                queue_store.find(db, current_booking.ticket)
                if current_booking.ticket and current_booking.state is BookingState.CHECKED_IN
                else None
            )
        follow = f"/t/{ticket.code}" if ticket is not None and ticket.day == day else None
        return render_page(site, "booking.html", booking=booking_view, follow=follow, **clock())
