"""What an import would do, computed beside the writer; importing it then takes little time."""

from collections.abc import Sequence

from motcua.desk import Reader
from motcua.exchange.model.mappings import ExchangeMapping
from motcua.exchange.model.records import MergePlan, ProvincialRecord
from motcua.exchange.rules.merging import make_plan
from motcua.exchange.store import records


def plan_import(db: Reader, came: Sequence[ProvincialRecord], mapping: ExchangeMapping, digest: str) -> MergePlan:
    """Return what becomes of the records that came, in the face of what is stored now."""
    codes = [record.code for record in came]
    draft = MergePlan(mapping.system, mapping.name, digest, records.find_last_batch(db), 0, (), (), (), {})
    return make_plan(came, records.map_stored(db, codes), records.map_own(db, codes), draft)
