"""The beta distribution in closed form: logarithms of the beta function, and shares by a continued fraction."""

from math import exp, lgamma, log, log1p

STEPS_MAX = 300
TINY = 1e-300
CLOSE = 1e-15


def log_beta(a: float, b: float) -> float:
    """Return the logarithm of the beta function of `a`, `b` > 0."""
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def compute_beta_share(x: float, a: float, b: float) -> float:
    """Return how much of a beta distribution with `a`, `b` > 0 lies at or below `x`, as a fraction.

    Source: W. H. Press et al., Numerical Recipes, 3rd ed. (2007), section 6.4: Lentz's method for the continued
    fraction, on the side of the mean where it converges fast.
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(a * log(x) + b * log1p(-x) - log_beta(a, b))
    if x < (a + 1) / (a + b + 2):
        return min(1.0, front * _follow_fraction(x, a, b) / a)
    return max(0.0, 1 - front * _follow_fraction(1 - x, b, a) / b)


def _follow_fraction(x: float, a: float, b: float) -> float:
    ratio = 1.0
    inverse = 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = inverse
    for step in range(1, STEPS_MAX):
        twice = 2 * step
        even = step * (b - step) * x / ((a + twice - 1) * (a + twice))
        inverse, ratio = 1 / _away_from_zero(1 + even * inverse), _away_from_zero(1 + even / ratio)
        value *= inverse * ratio
        odd = -(a + step) * (a + b + step) * x / ((a + twice) * (a + twice + 1))
        inverse, ratio = 1 / _away_from_zero(1 + odd * inverse), _away_from_zero(1 + odd / ratio)
        value *= inverse * ratio
        if abs(inverse * ratio - 1) < CLOSE:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
