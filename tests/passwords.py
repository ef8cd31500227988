"""The passwords of accounts in tests: as long as a desk asks for, and guessed by nobody soon."""

PASSWORD = "tre-xanh-rung-8842"  # noqa: S105 -- of desks that live for seconds
NEXT_PASSWORD = "song-bien-lau-9917"  # noqa: S105
THIRD_PASSWORD = "den-dom-nui-xa-5531"  # noqa: S105
WEAK_PASSWORD = "mat-khau-1234"  # noqa: S105 -- such as accounts of before had
CHEAP = (1, 8, 1)
"""What hashing costs in tests, `COST` of motcua/setup/passwords.py: a password of a desk that lives for seconds is
nobody's secret."""
