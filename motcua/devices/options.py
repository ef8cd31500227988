"""How an option of a driver is explained to people: its label, hint, place in the form, words of its choices, and
what is offered for it.

A driver annotates the fields of its `Options` with these. They travel with its JSON Schema, so that no page lists
options.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from motcua.typed.sentences import mark

Offer = Mapping[str, str]
"""`{"value", "label"?}` is one value. `{"from": "ports" | "inputs" | "cameras" | "profiles", "as"?}` is what the
agent's computer has.

Each of those is written as `as` says, which holds `{path}`.
"""


def explain(
    label: str,
    hint: str = "",
    *,
    rank: int | None = None,
    choices: Mapping[str, str] | None = None,
    offers: Sequence[Offer] = (),
) -> Any:
    """Return the annotation of an option.

    `rank` is its place among those that everybody needs; without it the option is folded away.
    """
    extra: dict[str, Any] = {"rank": rank, "words": dict(choices or {}), "offers": [dict(offer) for offer in offers]}
    present = {name: value for name, value in extra.items() if value not in (None, {}, [])}
    return Field(title=label, description=hint or None, json_schema_extra=present)


def offer_values(*values: object) -> list[Offer]:
    """Return an offer for each of `values`."""
    return [{"value": str(value)} for value in values]


(
    PORT, HOST, FOLDER, CARD, CLIENT_ID, TOPIC, BAUD, ADDRESS, PROFILE, COUNTER, PAPER, WIDTH, DIGITS, REGISTER, REGION
) = range(15)  # fmt: skip
"""The order in which people need options, whatever the driver."""

SerialPort = explain(
    mark("Port"),
    mark(
        "Choose one of the list, or type it. In the network: socket://192.168.1.50:4001 or rfc2217://192.168.1.50:4001"
    ),
    rank=PORT,
    offers=[{"from": "ports"}],
)
InputPort = explain(mark("Port"), mark("Choose one of the list, or type it."), rank=PORT, offers=[{"from": "inputs"}])
Baud = explain(
    mark("Speed (baud)"),
    mark("The device's papers name it. 9600 is the most common."),
    rank=BAUD,
    offers=offer_values(1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200),
)
Parity = explain(mark("Parity"), choices={"N": mark("none (N)"), "E": mark("even (E)"), "O": mark("odd (O)")})
StopBits = explain(mark("Stop bits"))
DataBits = explain(mark("Data bits"))
AnswerTime = explain(mark("Waiting time for an answer (ms)"))
LocalEcho = explain(mark("The adapter repeats what is sent"))
Counter = explain(mark("Counter"), rank=COUNTER)
Several = explain(mark("Several on one line"), mark("Address = counter, for example: 1=3, 2=4"))
Address = explain(mark("Address on the line"), mark("1 where there is only one device."), rank=ADDRESS)
Folder = explain(mark("Folder"), mark("On the device program's computer."), rank=FOLDER)
Card = explain(mark("Sound card"), mark("Empty: the usual one."), rank=CARD)
Server = explain(mark("Address in the QR code"), mark("Empty: this desk's own."))
