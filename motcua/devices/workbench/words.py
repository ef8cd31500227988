"""What stands on the page, and what each state of an emulator is called there. English, marked for translation."""

from motcua.devices.contract import CLEAR, DIGIT, KEYS, RATE
from motcua.typed.sentences import mark

WORDS = {
    "title": mark("Emulated devices"),
    "intro": mark("They speak the same bytes as real ones. Use them, break them, and watch what the hall does."),
    "shared": mark("For the whole hall"),
    "counter": mark("Counter %(number)s"),
    "keys": mark("Keys"),
    "digits": mark("Digits"),
    "break": mark("Try a fault"),
    "scene": mark("What it sees"),
    "nothing_printed": mark("Nothing printed yet"),
    "papers": mark("Printed: %(count)s"),
    "paper": mark("The last ticket from %(name)s"),
    "picture": mark("What %(name)s shows"),
    "dark": mark("dark"),
    "asks": mark("Asks for a rating"),
    "last_key": mark("Last key: %(key)s"),
    "in_order": mark("In order"),
    "unheard": mark("No program listens"),
    "unplugged": mark("Unplugged"),
    "lost": mark("The emulators do not answer. Are they still running?"),
    "no_script": mark("This page needs JavaScript. Please switch it on in the browser and load the page again."),
    "skip": mark("Skip to content"),
    "language": mark("Language"),
}
HOST_WRONG = mark("This page is only for this computer.")
NOT_OURS = mark("Only the page itself may press these buttons.")
SHAPE_WRONG = mark('The request must be JSON: {"do": "…"}.')
NO_DEVICE = mark("There is no device %(name)s.")
NO_HANDLE = mark("%(name)s cannot do %(code)s now.")
NO_PAGE = mark("There is nothing at this address.")
FAILED = mark("%(name)s did not do it: %(problem)s")


def choose_group(code: str) -> str:
    """Return where a handle's button stands: `key`, `digit`, `rate`, `scene` (what a camera sees) or `other`.

    `3/next` is a key of the panel at address 3.
    """
    key = code.rpartition("/")[2].partition(":")[0]
    if key in {DIGIT, CLEAR}:
        return "digit"
    if key in {RATE, "scene"}:
        return key
    return "key" if key in KEYS else "other"
