"""How much a difference between officers, or between weeks, says. Pure, by closed forms; no figure without its n."""
