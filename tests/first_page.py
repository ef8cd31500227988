"""A desk that is opened, built and asked for pages before others are forked: what it computed, they have.

Each would apply the steps of the store, read the translations for its pages and their scripts, and read all files of
the pages for their build.
"""

import tempfile
from pathlib import Path

from motcua.server import build
from motcua.setup import actions, template
from motcua.setup.rooms import open_desk
from motcua.staff.model import Account, Role
from motcua.web import page_files
from tests import routes, schemas, templates
from tests.run_folder import MEMORY

PAGES = ("/sign-in", "/y", "/texts/vi.js", "/texts/en.js")


def compute_all() -> None:
    """Compute what is the same for each desk."""
    schemas.compute_all()
    routes.compile_once()
    templates.compile_once()
    for name in page_files.list_files():
        page_files.read_file(name)
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        desk = open_desk(Path(folder))
        admin = Account(0, "admin", "Admin", "", Role.ADMIN, None, "", False)
        desk.by("command").do(actions.set_up, template.load("ward"), admin, [])
        desk.stop()
        desk = open_desk(Path(folder))  # a store that has tables is compared with what it has to be
        client = build(desk).app.test_client()
        for page in PAGES:
            assert client.get(page).status_code == 200, page
        desk.stop()
