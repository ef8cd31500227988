"""What happens to dossiers and what is kept of applicants; beside it flows, fees, cash sheets and letters.

Never a name, a number or a text of a person.
"""

from motcua.dossiers.events.applicants import (
    ApplicantErased,
    ApplicantEvent,
    ApplicantKept,
    ApplicantOpened,
    ApplicantsPurged,
)
from motcua.dossiers.events.dossiers import (
    AllDossiersEvent,
    DossierBookRead,
    DossierEnded,
    DossierErased,
    DossierEvent,
    DossierExtended,
    DossierHandedOver,
    DossierKeyReplaced,
    DossierLodged,
    DossierLookedUp,
    DossierLookupFailed,
    DossierNumbered,
    DossierOpened,
    DossierPromiseMissed,
    DossierReady,
    DossierReturned,
    DossierSlipPrinted,
    DossierSupplementAsked,
    DossierSupplemented,
)
from motcua.dossiers.events.files import DossierFileEvent, DossiersImported, DossiersRemoved

__all__ = [
    "AllDossiersEvent",
    "ApplicantErased",
    "ApplicantEvent",
    "ApplicantKept",
    "ApplicantOpened",
    "ApplicantsPurged",
    "DossierBookRead",
    "DossierEnded",
    "DossierErased",
    "DossierEvent",
    "DossierExtended",
    "DossierFileEvent",
    "DossierHandedOver",
    "DossierKeyReplaced",
    "DossierLodged",
    "DossierLookedUp",
    "DossierLookupFailed",
    "DossierNumbered",
    "DossierOpened",
    "DossierPromiseMissed",
    "DossierReady",
    "DossierReturned",
    "DossierSlipPrinted",
    "DossierSupplementAsked",
    "DossierSupplemented",
    "DossiersImported",
    "DossiersRemoved",
]
