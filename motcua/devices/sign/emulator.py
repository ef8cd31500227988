"""Signs made of software: they show what the line's bytes say, in red."""

from collections.abc import Mapping
from typing import Any

from motcua.devices.emulation import Handle
from motcua.devices.sign.ascii import AsciiOptions
from motcua.devices.sign.codec import TextReader, join_lines
from motcua.devices.sign.codec_digits import RegisterShape
from motcua.devices.sign.modbus import ModbusSignOptions
from motcua.devices.sign.picture import draw
from motcua.devices.sign.slave import RegisterSlave
from motcua.devices.transports.pseudo_terminal import PseudoTerminal
from motcua.typed.sentences import mark


class SignEmulator:
    """Signs at the addresses of `signs` (address to counter), on one line.

    `options` are those of the driver: `template`, `width` …

    `driver` is `ascii` or `modbus`; `link` is a path that stays the same over pulling and plugging.
    """

    kind = "sign"

    def __init__(
        self, name: str, signs: Mapping[int, int], driver: str = "ascii", *, link: str | None = None, **options: Any
    ) -> None:
        """Prepare the signs, dark. Raises `ValueError` for options that the driver would not take."""
        self.name, self._signs, self._driver, self._options = name, dict(signs), driver, options
        self._off: set[int] = set()
        self._texts: dict[int, str] = dict.fromkeys(self._signs, "")
        self.frames = 0
        line_options = {"port": "emulated", "signs": self._signs, **options}
        self._registers: RegisterShape | None = None
        self._reader: TextReader | None = None
        if driver == "modbus":
            checked = ModbusSignOptions(**line_options)
            self._registers = checked.to_shape()
            self._slave = RegisterSlave({address: {} for address in self._signs}, self._off)
            self._width = checked.width
        elif driver == "ascii":
            lines = AsciiOptions(**line_options)
            self._reader, self._width = TextReader(lines.to_shape()), lines.width
        else:
            raise ValueError(driver)
        self._line = PseudoTerminal(link, None, self._received)

    @property
    def path(self) -> str:
        """Return the port that an agent opens."""
        return self._line.path

    @property
    def texts(self) -> dict[int, str]:
        """Return what each sign shows; a dark one shows nothing."""
        return {address: "" if address in self._off else self._text_of(address) for address in self._signs}

    def start(self) -> None:
        """Plug it in. Raises `OSError`."""
        self._line.start()

    def stop(self) -> None:
        """Pull it out for good."""
        self._line.stop()

    def describe_entry(self) -> dict[str, Any]:
        """Return the agent's entry for this line."""
        signs = {str(address): counter for address, counter in self._signs.items()}
        return {
            "name": self.name,
            "kind": self.kind,
            "driver": self._driver,
            "port": self.path,
            "signs": signs,
            **self._options,
        }

    def list_handles(self) -> list[Handle]:
        """Return the switch of each sign, and what can happen to the cable."""
        off = [Handle(f"{address}/off", mark("Switch off or on")) for address in self._signs]
        return [*off, Handle("unplug", mark("Unplug")) if self._line.is_plugged else Handle("plug", mark("Plug in"))]

    def do(self, code: str) -> None:
        """Pull the cable (`unplug`), put it in (`plug`), or switch a sign off and on (`2/off`): it is dark then
        until it is told again.
        """
        address = (
            int(code.removesuffix("/off")) if code.endswith("/off") and code.removesuffix("/off").isdecimal() else None
        )
        if code == "unplug":
            self._line.unplug()
        elif code == "plug":
            self._line.plug()
        elif address in self._signs:
            self._off ^= {address}
            self._texts[address] = ""
            if self._registers is not None:
                self._slave.tables[address].clear()
        else:
            raise ValueError(code)

    def get_state(self) -> dict[str, Any]:
        """Return `plugged`, what the signs show as `text` (a sign a line) and `signs`, the frames heard so far, and
        `off`.
        """
        plugged, texts = self._line.is_plugged, self.texts
        signs = {str(address): text for address, text in texts.items()}
        text = next(iter(texts.values())) if len(texts) == 1 else join_lines(texts.items())
        fault = None if plugged else "unplugged"
        return {
            "plugged": plugged,
            "fault": fault,
            "text": text,
            "signs": signs,
            "frames": self.frames,
            "off": sorted(self._off),
        }

    def draw_picture(self) -> bytes | None:
        """Return the signs as a PNG, a sign below the other."""
        return draw(self.texts, self._width)

    def _text_of(self, address: int) -> str:
        if self._registers is None:
            return self._texts[address]
        table, shape = self._slave.tables[address], self._registers
        blank = shape.encode("")
        return shape.decode([table.get(shape.start + at, blank[at]) for at in range(shape.count)])

    def _received(self, data: bytes) -> None:
        if self._reader is None:
            for answer in self._slave.feed(data):
                self.frames += 1
                self._line.write(answer)
            return
        for address, text in self._reader.feed(data):
            self.frames += 1
            for one in [address] if address is not None else self._signs:
                if one in self._signs and one not in self._off:
                    self._texts[one] = text
