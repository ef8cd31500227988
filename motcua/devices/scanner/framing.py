"""What scanners put around a code: the symbology's mark, the encoding's mark, control characters. Pure.

`]Q1` is an AIM symbology identifier (ISO/IEC 15424), `\\000026` an extended channel interpretation (here UTF-8). The
kiosk's page does the same in `kiosk/reading.js`; both are tested with one table.
"""

import re
import unicodedata

_MARK = re.compile(r"\][A-Za-z][0-9A-Za-z]|\u00ef\u00bb\u00bf")
_CHANNEL = re.compile(r"\\\d{6}")


def remove_framing(line: bytes) -> str:
    """Return the code alone.

    What is no UTF-8 is replaced: nothing that is needed of a card or code is outside ASCII. Never raises.
    """
    text = line.decode("utf-8", "replace")
    printable = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf"})
    bare = _CHANNEL.sub("", printable).strip()
    while (mark := _MARK.match(bare)) is not None:
        bare = bare[mark.end() :].strip()
    return bare
