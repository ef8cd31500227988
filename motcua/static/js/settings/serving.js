/** Which counters a device program serves, as figures. Pure. */

/** Return the numbers of counters as few words as they can be: "1–4, 7". */
export function numbersWords(numbers) {
  const runs = [];
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .map(([first, last]) =>
      first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}–${last}`,
    )
    .join(", ");
}

/** Return the counters at which `agent` has devices and to which it is not assigned, of those that the hall has. */
export function missingCounters(agent, numbers) {
  const declared = new Set(agent.devices.flatMap(({ counters }) => counters));
  return numbers.filter((number) => declared.has(number) && !agent.counters.includes(number));
}
