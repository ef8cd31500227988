"""The stable codes of devices' problems in words, for programs without the pages' scripts. The pages say the same (`device_words.js`)."""

from motcua.web.language import mark

PROBLEMS = {
    "paper_low": mark("The roll of paper is nearly used up: keep a new one at hand."),
    "paper_out": mark("The paper has run out: put in a new roll."),
    "cover_open": mark("The cover is open: close it."),
    "offline": mark("The printer cannot be reached: is it switched on, is its cable in?"),
    "error": mark("The printer reports an error: look at its lamps, then switch it off and on."),
    "not_a_printer": mark(
        "This is not a printer: another program answers at its address, or nothing does. Correct the address or the port."
    ),
    "not_the_device": mark("This is not the device: another program answers at its address. Correct the address or the port."),
    "no_id": mark("Its messages carry no “id”, so a repeat cannot be told from a second press: switch that on in the keypad."),
    "wrong_setup": mark("Its settings have a mistake: correct them."),
    "port_taken": mark("Another device of this program has the same port: give it its own."),
    "device_down": mark("The device cannot be opened: is it switched on, is its cable in?"),
    "agent_gone": mark("Its device program is not connected: is that computer switched on?"),
    "sent_unconfirmed": mark("It was sent; this device cannot say whether it arrived."),
    "no_answer": mark("The device does not answer."),
    "lost": mark("The connection broke in the middle: nobody knows whether it was done."),
    "panel_silent": mark("A panel on the line does not answer: look at its power, its two wires and its address."),
    "garbage": mark("What arrives on the line makes no sense: look at the speed (baud) and the cable."),
    "defect": mark("The driver made a mistake: the device program's log says more."),
}


def problem_words(detail: str) -> str:
    """Return the sentence for a code, to be translated; whatever else it is (a sentence already, a newer code) stays."""
    return PROBLEMS.get(detail, detail)
