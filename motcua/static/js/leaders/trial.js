/** What a leader tries on past days, as plain values, and the request it makes. Pure. */

/** Return a trial of nothing but the day `from`. */
export function newTrial(from = "") {
  return {
    from,
    to: from,
    guardCalls: "",
    guardWaitMin: "",
    extra: [],
    map: new Map(),
    without: new Set(),
    settings: "",
  };
}

/** Return a counter more, for all services from eight to ten. */
export function newExtra() {
  return { from: "08:00", to: "10:00", all: true, services: [] };
}

/** Return what counter `number` serves in the trial; `now` is what it serves today. */
export function servedAt(trial, number, now) {
  return trial.map.get(number) ?? now;
}

/** Tick or untick `service` for a counter; back at what it is `now`, the counter counts as unchanged. */
export function toggle(trial, number, service, now) {
  const before = servedAt(trial, number, now);
  const after = before.includes(service) ? before.filter((code) => code !== service) : [...before, service];
  const same = after.length === now.length && after.every((code) => now.includes(code));
  if (same) trial.map.delete(number);
  else trial.map.set(number, after);
}

/** Return what changes, in the API's own words; null when nothing does. */
export function changesOf(trial) {
  const differences = {};
  if (trial.guardCalls !== "") differences.guard_calls = Number(trial.guardCalls);
  if (trial.guardWaitMin !== "") differences.guard_wait_min = Number(trial.guardWaitMin);
  if (trial.extra.length) {
    differences.extra_counters = trial.extra.map((more) => ({
      services: more.all ? "all" : more.services,
      from: more.from,
      to: more.to,
    }));
  }
  const counters = [...trial.map].filter(([number]) => !trial.without.has(number)).sort(([a], [b]) => a - b);
  if (counters.length) differences.counters = counters.map(([number, services]) => ({ number, services }));
  if (trial.without.size) differences.without_counters = [...trial.without].sort((a, b) => a - b);
  return Object.keys(differences).length ? differences : null;
}

/** Return the body of `POST /api/v1/replays`. */
export function requestOf(trial) {
  const changes = changesOf(trial);
  return {
    from: trial.from,
    to: trial.to,
    ...(trial.settings.trim() ? { settings: trial.settings } : {}),
    ...(changes ? { changes } : {}),
  };
}

/** Return the half-hours of both figures in order, each with both means in minutes (null where nobody came). */
export function overTheDay(happened, replayed) {
  const at = (figures) =>
    new Map(figures.half_hours.map((half) => [half.at, half.mean_s === null ? null : half.mean_s / 60]));
  const [before, after] = [at(happened), at(replayed)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((time) => ({ at: time, happened: before.get(time) ?? null, replayed: after.get(time) ?? null }));
}
