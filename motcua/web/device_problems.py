"""Devices' problems that a bare code does not explain, in words for the terminal.

The pages say the same (`device_words.js`).
"""

from motcua.web.language import mark

PROBLEMS = {
    "not_a_printer": mark(
        "This is not a printer: another program answers at its address, or nothing does. Correct the address "
        "or the port."
    ),
    "not_the_device": mark(
        "This is not the device: another program answers at its address. Correct the address or the port."
    ),
    "no_id": mark("Its messages have no “id”, so a repeat looks like a second press. Switch that on in the keypad."),
    "wrong_setup": mark("Its settings have a mistake: correct them."),
    "files_left": mark(
        "Files lie in its folder that nobody has fetched. Look at them, then move them elsewhere or delete them."
    ),
    "not_deleted": mark(
        "A file in its folder could not be deleted. Give the device program the right to it, and delete it."
    ),
    "port_taken": mark("Another device of this program has the same port. Give each its own port."),
}


def find_problem_words(detail: str) -> str:
    """Return the sentence for a code, to be translated; whatever else it is (a sentence already, a newer code)
    stays.
    """
    return PROBLEMS.get(detail, detail)
