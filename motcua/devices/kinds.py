"""The one table of device kinds.

The server, the agent, the checks, the emulators and the pages read it; no other place lists kinds.

A row names classes as text, `module:Class`. `loading.py` imports them on first use: reading the table loads no
driver and no library. To add a kind: its folder, one `Kind` below, one section in `docs/DEVICES.md`, and `wiring/`
if it gets jobs.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from motcua.typed.sentences import mark

CHECK_SOUND = "/voice/check.wav"
"""The server's address of the sentence that a loudspeaker says when it is tested."""


class Connection(Struct, frozen=True):
    """One way to connect a device: its name in the settings (`driver`), its class `module:Class`, and what people
    call it.
    """

    name: str
    driver: str
    label: str


class Emulation(Struct, frozen=True):
    """How a device is made of software: `build` is a function `module:function` from an `EmulatorRequest` to an
    `Emulator`.

    `shows` says what the emulators' page puts into words. A networked one listens on TCP, any other on a
    pseudo-terminal. The text of a private one may be a citizen's card: it is never printed on a terminal.
    One that `is_rare` is part of an emulated hall only where somebody asks for it, one that `is_alone` never.
    """

    build: str
    shows: Literal["papers", "keys", "number", "picture", "text"] = "text"
    is_networked: bool = False
    is_private: bool = False
    is_rare: bool = False
    is_alone: bool = False


class Kind(Struct, frozen=True):
    """One kind of device. Texts for people are English, marked for translation.

    `place` says what such a device belongs to: the whole hall, its counters, or the kiosks that are assigned to its
    agent. `request` is what the morning check asks a person, `tested` what the settings page says after a test.
    `jobs` are those that its drivers do for the server; `sends` is what its drivers report that people did.
    A test gets `test_payload`, with files fetched as for `test_job`.
    `shared_ports` begin the ports that several devices may name.
    `profile_name` is offered as the name of a learnt profile; where it is empty, nothing can be learnt.
    `has_region`: its picture can be looked at, to set the part of it that counts.
    `stand_in` are the settings of a device that needs no hardware, for a kind without an emulator.
    """

    name: str
    label: str
    icon: str
    default_name: str
    place: Literal["hall", "counters", "kiosks"]
    request: str
    tested: str
    connections: tuple[Connection, ...] = ()
    emulation: Emulation | None = None
    stand_in: Mapping[str, Any] = field(default_factory=dict)
    jobs: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    test_job: str = ""
    test_payload: Mapping[str, Any] = field(default_factory=dict)
    shared_ports: tuple[str, ...] = ()
    profile_name: str = ""
    has_region: bool = False

    @property
    def need(self) -> Literal["press", "look"]:
        """Return what a check needs: a person uses a device that sends something, and looks at any other."""
        return "press" if self.sends else "look"


_SERIAL, _MODBUS = mark("Serial cable (RS-232, RS-485, USB)"), mark("Modbus panel (RS-485)")
_HID, _MQTT = mark("Number pad with USB plug"), mark("By network (MQTT)")

KINDS = (
    Kind(
        "printer",
        label=mark("Printer"),
        icon="printer",
        default_name="may-in",
        place="hall",
        request=mark("Was a ticket printed?"),
        tested=mark("The test went well: has a paper come out?"),
        connections=(
            Connection("escpos", "motcua.devices.printer.escpos:EscposPrinter", mark("Ticket printer (ESC/POS)")),
            Connection(
                "file", "motcua.devices.printer.text_file:FilePrinter", mark("Text files in a folder, for a trial")
            ),
        ),
        emulation=Emulation("motcua.devices.printer.emulated:build", shows="papers", is_networked=True),
        jobs=("print",),
        shared_ports=("tcp:", "socket:", "file:", "spool:"),
    ),
    Kind(
        "keypad",
        label=mark("Counter keypad"),
        icon="keyboard",
        default_name="ban-phim",
        place="counters",
        request=mark("Press any key on it now"),
        tested=mark("The line is open. Press a key to see whether it arrives."),
        connections=(
            Connection("serial", "motcua.devices.keypad.serial:SerialKeypads", _SERIAL),
            Connection("modbus", "motcua.devices.keypad.modbus:ModbusKeypads", _MODBUS),
            Connection("hid", "motcua.devices.keypad.hid:HidKeypad", _HID),
            Connection("mqtt", "motcua.devices.keypad.mqtt:MqttKeypads", _MQTT),
        ),
        emulation=Emulation("motcua.devices.keypad.emulated:build", shows="keys"),
        jobs=("lamp",),
        sends=("press",),
        profile_name="phim-quay",
    ),
    Kind(
        "pad",
        label=mark("Rating keypad"),
        icon="star",
        default_name="ban-danh-gia",
        place="counters",
        request=mark("Press any key on it now"),
        tested=mark("The line is open. Press a face to see whether it arrives."),
        connections=(
            Connection("serial", "motcua.devices.keypad.serial:SerialPads", _SERIAL),
            Connection("modbus", "motcua.devices.keypad.modbus:ModbusPads", _MODBUS),
            Connection("hid", "motcua.devices.keypad.hid:HidPad", _HID),
            Connection("mqtt", "motcua.devices.keypad.mqtt:MqttPads", _MQTT),
        ),
        emulation=Emulation("motcua.devices.keypad.emulated:build", shows="keys"),
        jobs=("ask",),
        sends=("rating",),
        profile_name="mat-danh-gia",
    ),
    Kind(
        "sign",
        label=mark("Counter sign"),
        icon="megaphone",
        default_name="bang-so",
        place="counters",
        request=mark("Does it light up?"),
        tested=mark("The test went well: does the sign light up?"),
        connections=(
            Connection("ascii", "motcua.devices.sign.ascii:AsciiSigns", mark("Text over a serial cable")),
            Connection("modbus", "motcua.devices.sign.modbus:ModbusSigns", mark("Modbus registers (RS-485)")),
        ),
        emulation=Emulation("motcua.devices.sign.emulated:build", shows="number"),
        jobs=("sign",),
    ),
    Kind(
        "speaker",
        label=mark("Speaker"),
        icon="volume-2",
        default_name="loa",
        place="hall",
        request=mark("Was a sentence heard?"),
        tested=mark("The test went well: was a sentence heard?"),
        connections=(
            Connection(
                "aplay", "motcua.devices.speaker.aplay:AplaySpeaker", mark("Sound card of this computer (Linux)")
            ),
            Connection(
                "sounddevice",
                "motcua.devices.speaker.portaudio:PortaudioSpeaker",
                mark("Sound card of this computer (PortAudio)"),
            ),
            Connection(
                "file", "motcua.devices.speaker.wav_file:WavFileSpeaker", mark("Sound files in a folder, for a trial")
            ),
        ),
        stand_in={"name": "loa", "kind": "speaker", "driver": "file", "folder": "am-thanh", "keep": 20},
        jobs=("say",),
        test_job="say",
        test_payload={"audio_path": CHECK_SOUND},
    ),
    Kind(
        "scanner",
        label=mark("Card scanner"),
        icon="id-card",
        default_name="may-quet",
        place="kiosks",
        request=mark("Hold a card before it now"),
        tested=mark("The line is open. Hold a card before it to see whether it arrives."),
        connections=(
            Connection("serial", "motcua.devices.scanner.serial:SerialScanner", mark("Serial or USB cable (COM port)")),
        ),
        emulation=Emulation("motcua.devices.scanner.emulated:build", is_private=True),
        sends=("scan",),
    ),
    Kind(
        "reader",
        label=mark("Card scanner at a counter"),
        icon="id-card",
        default_name="may-quet-quay",
        place="counters",
        request=mark("Hold a card before it now, at the page of dossiers"),
        tested=mark("The line is open. Hold a card before it to see whether it arrives."),
        connections=(
            Connection("serial", "motcua.devices.scanner.serial:SerialReader", mark("Serial or USB cable (COM port)")),
        ),
        emulation=Emulation("motcua.devices.scanner.emulated:build_reader", is_private=True, is_alone=True),
        sends=("card",),
    ),
    Kind(
        "document_scanner",
        label=mark("Document scanner"),
        icon="file-text",
        default_name="may-quet-giay-to",
        place="kiosks",
        request=mark("Is its folder there, and empty?"),
        tested=mark("The test went well: the folder is there, and files in it can be deleted."),
        connections=(
            Connection(
                "folder",
                "motcua.devices.document_scanner.folder:FolderScanner",
                mark("Folder into which the scanner writes"),
            ),
        ),
        stand_in={"name": "may-quet-giay-to", "kind": "document_scanner", "driver": "folder", "folder": "giay-to"},
    ),
    Kind(
        "camera",
        label=mark("Camera"),
        icon="eye",
        default_name="may-anh",
        place="counters",
        request=mark("Are size and rate of its pictures right? The picture itself is on the settings page alone."),
        tested=mark("The test went well: pictures come, and faces can be read."),
        connections=(
            Connection("mjpeg", "motcua.devices.camera.driver:NetworkCamera", mark("By network (MJPEG, RTSP)")),
            Connection("usb", "motcua.devices.camera.driver:UsbCamera", mark("Camera with USB plug")),
            Connection("file", "motcua.devices.camera.driver:VideoFileCamera", mark("Video file, for a trial")),
        ),
        emulation=Emulation("motcua.devices.camera.emulated:build", shows="picture", is_networked=True, is_rare=True),
        jobs=("look",),
        shared_ports=("http:", "https:", "rtsp:", "rtsps:"),
        has_region=True,
    ),
    Kind(
        "locker",
        label=mark("Locker"),
        icon="lock",
        default_name="tu-ket-qua",
        place="hall",
        request=mark("Are all its doors closed?"),
        tested=mark("The test went well: the locker answers. No door was opened."),
        connections=(
            Connection("modbus", "motcua.devices.locker.modbus:ModbusLocker", mark("Relay board with Modbus (RS-485)")),
        ),
        emulation=Emulation("motcua.devices.locker.emulated:build", is_rare=True),
        jobs=("unlock",),
    ),
)
_BY_NAME = {kind.name: kind for kind in KINDS}
DRIVEN = tuple(kind.name for kind in KINDS if kind.connections)
"""The kinds that an agent can drive. A kind without a driver exists as an emulator only."""
EMULATED = tuple(kind.name for kind in KINDS if kind.emulation)
LEARNT = tuple(kind.name for kind in KINDS if kind.profile_name)
SENDING = tuple(kind.name for kind in KINDS if kind.sends)
DRIVERS = {f"{kind.name}.{way.name}": way.driver for kind in KINDS for way in kind.connections}
"""Each driver's class by `kind.driver`, as the settings name it."""


def find_kind(name: str) -> Kind | None:
    """Return the kind that settings call `name`, None where there is no such kind."""
    return _BY_NAME.get(name)


def find_kind_for_job(job: str) -> Kind | None:
    """Return the kind whose drivers do `job`, None where there is no such kind."""
    return next((kind for kind in KINDS if job in kind.jobs), None)


def is_placed_at(name: str, place: str) -> bool:
    """Say whether a device of the kind `name` belongs to the `place`: `hall`, `counters` or `kiosks`."""
    kind = find_kind(name)
    return kind is not None and kind.place == place


def has_job(name: str, job: str) -> bool:
    """Say whether the drivers of the kind `name` do `job`."""
    kind = find_kind(name)
    return kind is not None and job in kind.jobs
