/** The help team's tablet: what was done for somebody, sent at once or when the network is back. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { follow, localDay, now } from "../parts/clock.js";
import { confirm } from "../parts/dialog.js";
import { byId } from "../parts/element.js";
import { render } from "../parts/html.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { setLanguage, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { Outbox } from "./outbox.js";
import { findLocally } from "./procedures.js";
import { teamView } from "./view.js";

const AGAIN_MS = 5_000;
const REST_MS = 200;
const RESULTS = 6;
/** @type {any} */
const EMPTY = { outcomes: [], procedure: null, number: "", minutes: null };

follow({ at: page.at, speed: page.speed });
await setLanguage(page.lang);

const app = byId("app");
const outbox = new Outbox();
/** @type {any} */
const state = {
  draft: { ...EMPTY },
  words: "",
  results: [],
  mistake: "",
  hindrance: "",
  today: page.today,
  outbox,
};
let timer = 0;
let latest = 0;

function draw() {
  render(teamView(state, page.choices, acts), app);
}

/** Sends what waits, then reads the list of today. */
async function send() {
  const waited = outbox.waiting.length;
  const problem = await outbox.flush(({ key, body }) => post("/api/v1/assistances", body, { key, tries: 1 }));
  state.hindrance = problem ? (problem.status === 0 ? "offline" : problem.detail) : "";
  if (!problem && waited) await load();
  draw();
}

async function load() {
  try {
    state.today = (await get("/api/v1/assistances")).body;
    state.hindrance = "";
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    state.hindrance = problem.status === 0 ? "offline" : problem.detail;
  }
  draw();
}

/** Looks for procedures: in the page's own list at once, then by everyday words at the desk. */
function search(words) {
  state.words = words;
  latest += 1;
  const turn = latest;
  state.results = findLocally(page.choices.procedures, words, RESULTS);
  draw();
  clearTimeout(timer);
  if (!words.trim()) return;
  timer = window.setTimeout(async () => {
    try {
      const query = new URLSearchParams({ q: words, ward: "true", limit: String(RESULTS) });
      const { body } = await get(`/api/v1/procedures?${query}`, { tries: 1 });
      if (turn !== latest) return;
      const codes = body.items.map((/** @type {any} */ item) => item.code);
      const items = page.choices.procedures.filter((/** @type {any} */ item) => codes.includes(item.code));
      if (items.length) state.results = items.sort((one, two) => codes.indexOf(one.code) - codes.indexOf(two.code));
      draw();
    } catch {
      // what the page found by itself stays
    }
  }, REST_MS);
}

function change(values) {
  Object.assign(state.draft, values);
  state.mistake = "";
  draw();
}

function save(event) {
  event.preventDefault();
  const { outcomes, procedure, number, minutes } = state.draft;
  if (!outcomes.length) {
    state.mistake = t("Choose what was done: at least one thing of the list.");
    announce(state.mistake, { urgent: true });
    draw();
    return;
  }
  const body = { outcomes, day: localDay(now()) };
  if (number.trim()) body.number = number.trim();
  if (procedure) body.procedure = procedure.code;
  if (minutes) body.minutes = minutes;
  outbox.add({ key: newKey(), body });
  Object.assign(state, { draft: { ...EMPTY }, words: "", results: [], mistake: "" });
  toast(t("Entered. Thank you."), { seconds: 3 });
  draw();
  window.scrollTo(0, 0);
  send();
}

/** Puts what the desk did not take back into the form. */
function mend(entry) {
  outbox.remove(entry.key);
  const { outcomes, number = "", procedure = "", minutes = null } = entry.body;
  const item = page.choices.procedures.find((/** @type {any} */ one) => one.code === procedure) ?? null;
  Object.assign(state, { draft: { outcomes, procedure: item, number, minutes }, mistake: entry.refusal });
  draw();
}

async function takeBack(item) {
  const text = t("It then counts no more.");
  if (!(await confirm({ title: t("Take this entry back?"), text, yes: t("Take back"), danger: true }))) return;
  try {
    await post(`/api/v1/assistances/${item.id}/withdraw`);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    toast(problem.detail, { kind: "danger" });
  }
  await load();
}

const acts = { search, change, save, mend, takeBack, drop: (entry) => (outbox.remove(entry.key), draw()) };

addEventListener("online", send);
setInterval(() => outbox.waiting.length && send(), AGAIN_MS);
draw();
ready();
send();
