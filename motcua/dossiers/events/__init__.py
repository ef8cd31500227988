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
    DossierFileEvent,
    DossierHandedOver,
    DossierKeyReplaced,
    DossierLodged,
    DossierLookedUp,
    DossierLookupFailed,
    DossierNumbered,
    DossierOpened,
    DossierReady,
    DossierReturned,
    DossiersImported,
    DossierSlipPrinted,
    DossiersRemoved,
    DossierSupplementAsked,
    DossierSupplemented,
)

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
    "DossierReady",
    "DossierReturned",
    "DossierSlipPrinted",
    "DossierSupplementAsked",
    "DossierSupplemented",
    "DossiersImported",
    "DossiersRemoved",
]
