/**
 * What a counter prefers or must serve: names of groups (letters) or services (codes) in its
 * `prefer` and `must`. Pure but for the lists.
 */

/** Return how `counter` takes `name`: "may", "prefer", "must", or "first" (only here, and before others). */
export function laneOf(counter, name) {
  const isPreferred = counter.prefer.includes(name);
  if (counter.must.includes(name)) return isPreferred ? "first" : "must";
  return isPreferred ? "prefer" : "may";
}

/** Let `counter` take `name` so from now on. */
export function putLane(counter, name, lane) {
  const without = (list) => list.filter((one) => one !== name);
  counter.prefer = lane === "prefer" || lane === "first" ? [...without(counter.prefer), name] : without(counter.prefer);
  counter.must = lane === "must" || lane === "first" ? [...without(counter.must), name] : without(counter.must);
}

/** Drop the names of what `counter` serves no more. `groupOf(code)` gives a service's letter. */
export function pruneLanes(counter, groupOf) {
  const served = new Set(counter.services.flatMap((code) => [code, groupOf(code)]));
  counter.prefer = counter.prefer.filter((name) => served.has(name));
  counter.must = counter.must.filter((name) => served.has(name));
}

/** Let the lanes of `counters` follow a group or service that is called `to` from now on. */
export function renameLanes(counters, from, to) {
  for (const counter of counters) {
    counter.prefer = counter.prefer.map((name) => (name === from ? to : name));
    counter.must = counter.must.map((name) => (name === from ? to : name));
  }
}

/** "Ghế" from 1 to 3: ["Ghế 1", "Ghế 2", "Ghế 3"], without those that `labels` has; at most `most` in all. */
export function seatNames(name, from, to, labels, most) {
  const added = [];
  for (let number = from; number <= to && labels.length + added.length < most; number += 1) {
    const label = `${name.trim()} ${number}`.trim();
    if (!labels.includes(label)) added.push(label);
  }
  return added;
}
