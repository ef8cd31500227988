"""Formulas of the figures, each with its source. Pure."""

from motcua.reports.measures.agreement import (
    BANDS,
    BANDS_SINCE,
    Coefficient,
    count_cells,
    find_band,
    measure_kappa,
    measure_rho,
)
from motcua.reports.measures.rates import (
    KEPT_TARGET_TENTHS,
    Z_95,
    compute_wilson_interval,
    count_kept,
    find_median,
    measure_kept,
    measure_rate,
    measure_satisfaction,
    round_to_tenths,
)
from motcua.reports.measures.spread import (
    MedianInterval,
    QuantileInterval,
    Quartiles,
    find_quartiles,
    measure_median,
    measure_quantile,
)

__all__ = [
    "BANDS",
    "BANDS_SINCE",
    "KEPT_TARGET_TENTHS",
    "Z_95",
    "Coefficient",
    "MedianInterval",
    "QuantileInterval",
    "Quartiles",
    "compute_wilson_interval",
    "count_cells",
    "count_kept",
    "find_band",
    "find_median",
    "find_quartiles",
    "measure_kappa",
    "measure_kept",
    "measure_median",
    "measure_quantile",
    "measure_rate",
    "measure_rho",
    "measure_satisfaction",
    "round_to_tenths",
]
