"""The morning check: a button that has every device show that it works, and the sheet that the ward keeps."""

from flask import Blueprint

from motcua.screens.forms import describe_user
from motcua.screens.kinds import list_kinds
from motcua.screens.pages import render_page
from motcua.staff import store as staff_store
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the page of the morning check."""

    @screens.get("/check", endpoint="check")
    def check() -> str:
        with site.desk.read() as db:
            people = {str(number): name for number, name in staff_store.list_full_names(db).items()}
        return render_page(site, "check.html", me=describe_user(site), people=people, kinds=list_kinds())
