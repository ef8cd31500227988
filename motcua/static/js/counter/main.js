/** The counter's page: the ticket in hand, why it was called, what can be done with it, and who waits. */
import { eachSecond, formatTime } from "../parts/clock.js";
import { connectionBadge } from "../parts/connection.js";
import { HelpCalls } from "../parts/help.js";
import { byId } from "../parts/element.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { areKeysEnabled, bindKeys, setKeysEnabled } from "../parts/keys.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { both, currentLanguage, setLanguage, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { Commands, obstacle } from "./commands.js";
import { askCall, askClose, askHold, askPause, askTransfer } from "./dialogs.js";
import { Lock } from "./lock.js";
import { onChecklist } from "./matter.js";
import { accessProblem, announceChange } from "./notices.js";
import { resting, workPlace } from "./view.js";

await setLanguage(page.lang);
// the large figures' weight, before the server can go away
document.fonts.load('800 1em "Be Vietnam Pro"', "A0Ầ").catch(() => {});

const app = byId("app");
const nameplate = byId("counter-name");
nameplate.replaceChildren(); // what the server wrote there was for those without scripts
const SIGNED_OUT = new Set(["auth.required", "csrf.invalid"]);
/** Null until the first state has come; what reads it is drawn afterwards. */
let state = /** @type {Motcua.Streams["/counter"]} */ (/** @type {unknown} */ (null));
/** @type {Motcua.LineStatus} */
let status = { online: false, since: 0, lastChange: null, via: null, refused: null };
let signedOut = false;
let question = null; // the one being asked: {abort, ticket}

const commands = new Commands(page.counter, { stateOf: () => state, onBusy: () => draw() });

const lock = new Lock({
  onChange: () => draw(),
  onOpen: (waiting) => waiting && resume(waiting),
  onEnd: () => {
    signedOut = true;
  },
});

onChecklist(() => draw());
const help = new HelpCalls({ ownCounter: page.counter, onChange: () => draw() });

const QUESTIONS = {
  hold: (signal) => askHold(state, signal),
  transfer: (signal) => askTransfer(state, signal),
  call: (signal, item) => askCall(state, signal, item ? { number: item.number, reason: "returned" } : {}),
  pause: (signal) => askPause(state, signal),
  resume: (_signal, item) => ({ ticket: item.id }),
  open: () => ({ officer: chosenOfficer() }),
  close: (signal) => askClose(state, signal),
};

/** Do a command on a press of `source`: ask what has to be asked, send it once, say how it went. */
async function act(name, source = name, item = null) {
  if (!state || signedOut || question) return;
  const becomes = await commands.press(name, source);
  if (becomes === "drop" || question || signedOut) return;
  const why =
    becomes === "late"
      ? t("The server has not answered the last press yet. Please wait a moment, then press again.")
      : obstacle(name, state);
  if (why) {
    toast(why);
    return;
  }
  if (lock.isOn) return lock.ask({ name, source, item, place: place() });
  const body = await ask(name, item);
  if (body !== null && !commands.busy) await send(name, body);
}

/** What was pressed while the counter waited for its PIN, if the same number is still in hand. */
function resume({ name, source, item, body, place: was }) {
  if (was !== place()) return;
  if (body) send(name, body);
  else act(name, `${source} after the PIN`, item);
}

const place = () => JSON.stringify([state?.counter.state, state?.ticket?.id, state?.ticket?.state]);

async function send(name, body) {
  try {
    tell(name, await commands.send(name, body));
  } catch (problem) {
    if (!("code" in problem)) throw problem;
    if (problem.code === "auth.locked") return lock.ask({ name, body, place: place() });
    signedOut = SIGNED_OUT.has(problem.code);
    toast(problem.detail, { kind: "danger", seconds: 6 });
  }
  if (status.via !== "socket") link.refresh();
  draw();
}

/** A question about a ticket ends by itself when a keypad or another page has moved that ticket on meanwhile. */
async function ask(name, item) {
  question = { abort: new AbortController(), ticket: state.ticket?.id };
  try {
    return await (QUESTIONS[name]?.(question.abort.signal, item) ?? {});
  } finally {
    question = null;
  }
}

function tell(name, { status: code, body }) {
  if (code === 204) toast(t("Nobody is waiting for this counter any more."));
  else if (name === "next" && !body.ticket) {
    toast(t("%(number)s is done. Nobody is waiting for this counter any more.", { number: body.finished.number }));
  } else if (name === "recall") {
    toast(t("%(number)s is recalled.", { number: body.ticket.number }), { seconds: 3 });
  } else if (name === "transfer") toast(t("%(number)s was sent on.", { number: body.ticket.number }), { seconds: 3 });
}

/** A click handler; a mouse gives the focus back before a question takes it, so that the keys work again after it. */
const on =
  (name, source = name, item = null) =>
  (event) => {
    if (event.detail > 0) event.currentTarget.blur();
    act(name, source, item);
  };

function chosenOfficer() {
  if (page.me) return page.me.id;
  const chosen = byId("officer-choice", HTMLSelectElement);
  if (chosen) return chosen.value ? Number(chosen.value) : null;
  return state.counter.officer?.id ?? null;
}

const keys = {
  get enabled() {
    return areKeysEnabled();
  },
  toggle() {
    setKeysEnabled(!areKeysEnabled());
    announce(areKeysEnabled() ? t("Shortcut keys: on") : t("Shortcut keys: off"));
    draw();
  },
};

const isMine = () => !page.me || state.counter.officer?.id === page.me.id;

function closedCard() {
  const { counter } = state;
  const isBusy = commands.busy === "open";
  const button = (label) =>
    html`<button
      type="button"
      class="button button-primary button-huge"
      data-command="open"
      aria-busy=${isBusy}
      @click=${on("open")}>
      ${icon("door-open")}<span>${label}</span>
    </button>`;
  if (counter.state !== "closed" && !isMine()) {
    const name = counter.officer?.name ?? t("not signed in");
    return card(
      t("%(name)s works at this counter.", { name }),
      t("If you sit down here, you take this counter over. This is possible while it has no number in hand."),
      button(t("Sit down here")),
    );
  }
  if (counter.state === "paused") {
    const reason = both(state.reasons.pause.find((item) => item.code === counter.pause_reason)?.label);
    return card(
      t("The counter is paused."),
      reason,
      html`${button(t("Go on working"))}
        <button type="button" class="button button-quiet" data-command="close" @click=${on("close")}>
          ${t("Close the counter")}
        </button>`,
    );
  }
  const asWhom = page.me && t("You open it as %(name)s.", { name: page.me.name });
  const who = page.me
    ? html`<p>${asWhom}</p>`
    : html`<div class="field counter-officer">
        <label class="field-label" for="officer-choice">${t("Who works here?")}</label>
        <select class="input" id="officer-choice">
          <option value="">${t("not signed in")}</option>
          ${page.officers.map((item) => html`<option value=${item.id}>${item.name}</option>`)}
        </select>
      </div>`;
  const open = t("Open counter %(number)s", { number: counter.number });
  return card(
    t("The counter is closed."),
    counter.services.map((item) => both(item.name)).join(" · "),
    html`${who}${button(open)}`,
  );
}

const card = (title, text, more) =>
  html`<section class="card counter-closed">
    <h2>${title}</h2>
    ${text ? html`<p class="quiet">${text}</p>` : nothing}${more}
  </section>`;

function draw() {
  render(connectionBadge(status), document.getElementById("connection"));
  drawBar();
  const problem = accessProblem(status, signedOut);
  if (problem) return render(problem, app);
  if (!state) return undefined; // what the server wrote stands there
  const isWorking = state.counter.state === "open" && isMine();
  const shared = { on, busy: commands.busy, status, keys, help };
  return render(
    html`${lock.view()}${help.view()}
    ${isWorking ? workPlace(state, shared) : resting(state, { ...shared, content: closedCard() })}`,
    app,
  );
}

function drawBar() {
  const other = currentLanguage() === "vi" ? ["en", "English"] : ["vi", "Tiếng Việt"];
  const counter = state?.counter;
  const officer =
    counter && counter.state !== "closed" ? (counter.officer?.name ?? t("not signed in")) : (page.me?.name ?? "");
  const label = counter ? counter.label || counter.services.map((item) => both(item.name)).join(", ") : "";
  const name = t("Counter %(number)s", { number: page.counter });
  render(html`${name}${label ? html`<span class="counter-label"> · ${label}</span>` : nothing}`, nameplate);
  const account = page.me
    ? html`<a class="counter-language" id="own-account" href="/account?next=${location.pathname}"
          >${page.me.has_pin ? t("My account") : t("Set a PIN")}</a
        ><a class="counter-language" id="own-figures" href="/my/figures" target="_blank" rel="noopener"
          >${t("My figures")}</a
        >`
    : nothing;
  const work =
    page.me?.role === "officer"
      ? html`<a class="counter-language" id="own-work" href="/my/work">${t("My work")}</a>`
      : nothing;
  const dossiers = page.has_dossiers
    ? html`<a class="counter-language" id="dossiers" href="/counter/${page.counter}/dossiers">${t("Dossiers")}</a>`
    : nothing;
  render(
    html`<span id="officer">${officer}</span>${account}${work}${dossiers}
      <a class="counter-language" href="/y?c=${page.counter}" target="_blank" rel="noopener"
        >${t("Type in a suggestion")}</a
      ><span class="counter-time">${formatTime()}</span>
      <a
        class="counter-language"
        href="/language/${other[0]}?next=${location.pathname}"
        lang=${other[0]}
        hreflang=${other[0]}
        >${other[1]}</a
      >`,
    document.getElementById("who"),
  );
}

const link = openLink({
  namespace: "/counter",
  auth: { counter: page.counter },
  statePath: `/state/counter/${page.counter}`,
  isFree: () => !question && !commands.busy,
  onState(next) {
    announceChange(state, next);
    state = next;
    help.take(next.help);
    if (question && question.ticket !== next.ticket?.id) question.abort.abort();
    draw();
  },
  onStatus(next) {
    if (status.online && !next.online) announce(t("The connection to the server is lost."), { urgent: true });
    status = next;
    draw();
  },
  on: {
    locked: ({ locked: isOn }) => lock.set(isOn),
    keypad: ({ detail }) => toast(t("Keypad: %(detail)s", { detail: both(detail) }), { kind: "danger", seconds: 6 }),
  },
});

const pressed = (name) => (event) => act(name, `key:${event.code || event.key}`);
bindKeys({
  Space: pressed("next"),
  F2: pressed("next"),
  R: pressed("recall"),
  S: pressed("start"),
  F4: pressed("start"),
  Enter: pressed("finish"),
  Delete: pressed("absent"),
  H: pressed("hold"),
  T: pressed("transfer"),
  U: pressed("undo"),
  D: () => page.has_dossiers && location.assign(`/counter/${page.counter}/dossiers`),
  F9: () => state && !signedOut && help.call(),
});
eachSecond(draw);
ready();
