/** Which calls for help a page has to make heard. Pure. */

/**
 * The calls that were not there before and come from elsewhere, and whether any such call still waits. Pure.
 * @param {Motcua.Schemas["HelpShape"][]} calls
 * @param {Set<number>} seenIds
 * @param {number | null} ownCounter
 */
export function hearCalls(calls, seenIds, ownCounter) {
  const others = calls.filter((call) => call.counter !== ownCounter && !call.answered_at);
  return { fresh: others.filter((call) => !seenIds.has(call.id)), isWaiting: others.length > 0 };
}
