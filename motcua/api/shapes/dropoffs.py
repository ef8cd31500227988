"""Bodies and answers of the calls by which kiosks take papers outside opening hours."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Int, Strict
from motcua.api.shapes.dossiers import WholeApplicant
from motcua.api.texts import Code, Line

PHOTO_MAX = 8_000_000
"""Characters of base64: six megabytes, four times a page of a camera."""

SCANNER_FILE_MAX = 14_000_000
"""Characters of base64: ten mebibytes."""


class ScansPath(ApiShape):
    """A session at a kiosk."""

    id: str = Field(description="the session, as the call that began it said")


class ScanPath(ScansPath):
    """A page of a session."""

    n: Int = Field(description="the page's number")


class DropOffPath(ApiShape):
    """Which drop-off."""

    code: str = Field(description="the code of what was handed in, like K7MQ-2RXT")


class NewScans(Strict):
    """What a citizen hands in: a procedure, and answers to its questions. `agrees`: they read what happens with it."""

    procedure: Code
    choices: dict[Code, Code] = Field(default={}, max_length=20)
    agrees: bool
    language: Literal["vi", "en"] = "vi"


class NewScan(Strict):
    """A page: which paper it belongs to (a code of the checklist, or `other`), and a JPEG, PNG or WebP in base64."""

    paper: Code
    photo: Annotated[str, Field(max_length=PHOTO_MAX)]


class ScannerPaper(Strict):
    """To which paper the pages of the document scanner belong from now on."""

    paper: Code


class ScannerFile(Strict):
    """A file that a document scanner wrote, in base64: a PDF, a TIFF or a picture.

    `watch` is what the desk has called the session, `key` the same for each try with one file. Of a file that
    `is_large` nothing else is sent.
    """

    device: Annotated[str, Field(max_length=40)]
    watch: Annotated[str, Field(max_length=40)]
    key: Annotated[str, Field(min_length=1, max_length=64)]
    file: Annotated[str, Field(max_length=SCANNER_FILE_MAX)] = ""
    is_large: bool = False


class CardScan(Strict):
    """What a keyboard scanner typed from the code on an identity card."""

    scan: Annotated[str, Field(max_length=4000)]


class NewHandIn(Strict):
    """Who hands in. Name and `birth` may be left out where a card was read.

    A phone number or an e-mail address is needed, and without a phone number the year of birth.
    """

    name: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    birth: Line | None = None


class PaperToScan(ApiShape):
    """A paper that the situation needs, or `other`."""

    code: str
    name: Both
    note: Both
    is_required: bool


class ScannedSheet(ApiShape):
    """A page that was scanned."""

    n: Int
    paper: str


class ScannerState(ApiShape):
    """The kiosk's document scanner.

    `is_there`: the kiosk has one; `is_working`: its program works; `is_ready`: what it writes now comes here.
    `receiving`: its pages are being read just now.
    `refusals` are all that was refused in this session, the newest last.
    """

    is_there: bool
    is_working: bool
    is_ready: bool
    receiving: bool
    refusals: list[Both]


class ScansAnswer(ApiShape):
    """A session: what is to be scanned, and what was.

    `name` is that of the card, masked; `has_birth`: the card says when its holder was born.
    """

    id: str
    papers: list[PaperToScan]
    pages: list[ScannedSheet]
    pages_most: Int
    name: str
    has_birth: bool
    scanner: ScannerState


class Promise(ApiShape):
    """Until when it is settled if nothing is missing."""

    on: str
    at: str


class HandInAnswer(ApiShape):
    """What was handed in. `code` is also written on the envelope; `path` is the end of its own address."""

    code: str
    path: str
    counts_from: str
    pages: Int
    due: Promise | None
    has_box: bool
    is_printed: bool


class DroppedPaperShape(ApiShape):
    """A paper and how many pages of it there are."""

    code: str
    pages: Int


class OpenedDropOff(ApiShape):
    """What was handed in, whole: what fills in the intake."""

    code: str
    procedure: str
    choices: dict[str, str]
    counts_from: str
    papers: list[DroppedPaperShape]
    applicant: WholeApplicant | None
