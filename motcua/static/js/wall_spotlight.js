/**
 * Who stands in the spotlight, when several are called at once. Pure: times are real seconds of the page. A call is shown for 20 s; up to
 * three share the light; a fourth waits until the one that has been shown longest has had its six seconds.
 */
export const SHOWN_S = 20;
export const SLOTS = 3;
export const AT_LEAST_S = 6;

/** Return `calls` [{number, counter, since: seconds or null while waiting}] in order of call, with one more; a recall takes the old one's place. */
export function called(calls, { number, counter, isRecall = false }) {
  const before = calls.find((one) => one.number === number && one.counter === counter);
  if (before && !isRecall) return calls;
  return [...calls.filter((one) => one.number !== number), { number, counter, isRecall, since: null }];
}

/** Return `calls` as of `now`: who has had the time leaves, who waits moves up. The same array when nothing changed. */
export function turn(calls, now) {
  const left = calls.filter(({ since }) => since === null || now - since < SHOWN_S);
  let isChanged = left.length !== calls.length;
  for (;;) {
    const shown = left.filter(({ since }) => since !== null);
    const next = left.findIndex(({ since }) => since === null);
    if (next < 0) break;
    if (shown.length >= SLOTS) {
      const oldest = shown.reduce((one, other) => (other.since < one.since ? other : one));
      if (now - oldest.since < AT_LEAST_S) break;
      left.splice(left.indexOf(oldest), 1);
      continue;
    }
    left[next] = { ...left[next], since: now };
    isChanged = true;
  }
  return isChanged ? left : calls;
}

/** Return `calls` without those that the hall no longer calls or serves at that counter. */
export function standing(calls, now) {
  const left = calls.filter((one) => now.some(({ number, counter }) => number === one.number && counter === one.counter));
  return left.length === calls.length ? calls : left;
}

/** Those in the light, the newest first. */
export function lit(calls) {
  return calls.filter(({ since }) => since !== null).reverse();
}
