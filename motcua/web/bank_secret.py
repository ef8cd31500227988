"""The secret by which a bank's messages are known: a file of the data folder, never a setting."""

from motcua.desk.files import write_whole
from motcua.desk.private import make_folder
from motcua.typed.files import decode_input
from motcua.web.site import Site

FILE, SECRET_BYTES = "bank.secret", 24


def find_secret(site: Site) -> bytes | None:
    """Return the secret, None where there is none yet."""
    try:
        text = decode_input((site.desk.path.parent / "keys" / FILE).read_bytes()).strip()
    except (OSError, ValueError):
        return None
    return text.encode() or None


def renew_secret(site: Site) -> str:
    """Make a new secret in the place of any that was there, and return it. Raises `OSError`."""
    secret = site.desk.entropy(SECRET_BYTES).hex()
    keys = make_folder(site.desk.path.parent / "keys")
    write_whole(keys / FILE, f"{secret}\n".encode())
    return secret
