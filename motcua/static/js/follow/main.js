/** A ticket's page on a phone: how many are ahead, which counter calls, and what the citizen thought of it. */
import { newKey, post } from "../parts/api.js";
import { eachSecond } from "../parts/clock.js";
import { chime, isAudible, onAudible, prepareSound } from "../parts/chime.js";
import { connectionBadge } from "../parts/connection.js";
import { html, render } from "../parts/html.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { languageButton } from "../parts/phone_language.js";
import { preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { keepAwake } from "../parts/wakelock.js";
import { isLow } from "../parts/faces.js";
import { headline, ticketView } from "./view.js";
import { follow, followed } from "../parts/ticket_memory.js";

const REPEAT_MS = 4_000;
const RINGS = 3;
const BUZZ_MS = [500, 200, 500, 200, 500];

await setLanguage(page.lang);
preloadLanguages();
// the large figures' weight, before the server can go away
document.fonts.load('800 1em "Be Vietnam Pro"', "A0Ầ").catch(() => {});

const app = document.getElementById("app");
const tools = document.getElementById("tools");
/** Null until the first state has come; what reads it is drawn afterwards. */
let state = /** @type {Motcua.Streams["/follow"]} */ (/** @type {unknown} */ (null));
/** @type {Motcua.LineStatus} */
let status = { online: false, since: 0, lastChange: null, via: null, refused: null };
let wantsSound = false;
let rings = 0;
/** @type {Motcua.FollowedAnswer} */
const rating = { level: null, chosen: new Set(), comment: "", isSending: false, sent: "", failure: null };
const chair = { isOpen: false, isSending: false, failure: "" };
const smile = { isSending: false, failure: "" };
let unanswered = { content: "", key: "" };

/** Ring and shake three times, or until the ticket is no longer being called. */
async function ring() {
  const ringing = (rings += 1);
  for (let n = 0; n < RINGS; n += 1) {
    if (ringing !== rings || state?.ticket.state !== "called") return;
    globalThis.navigator.vibrate?.(BUZZ_MS);
    await chime(0.9);
    await new Promise((resolve) => setTimeout(resolve, REPEAT_MS));
  }
}

async function toggleSound() {
  wantsSound = !(wantsSound && isAudible());
  if (wantsSound) {
    prepareSound();
    keepAwake();
    globalThis.navigator.vibrate?.(100);
    chime(0.4);
    announce(t("The bell is on. Please keep this page open."));
  }
  draw();
}

/**
 * Send what stands in the form; the last one sent counts. The same content goes under the same key
 * until it was answered.
 * @param {"level" | "all"} step
 */
async function send(step) {
  if (rating.isSending) return;
  /** @type {{level: number | null, channel: string, token: string, reasons: string[], comment?: string}} */
  const body = {
    level: rating.level,
    channel: "qr",
    token: page.code,
    reasons: isLow(rating.level ?? 0) ? [...rating.chosen] : [],
  };
  if (rating.comment.trim()) body.comment = rating.comment.trim();
  const content = JSON.stringify(body);
  if (unanswered.content !== content) unanswered = { content, key: newKey() };
  Object.assign(rating, { isSending: true, failure: null });
  draw();
  try {
    await post("/api/v1/ratings", body, { key: unanswered.key });
    unanswered = { content: "", key: "" };
    rating.sent = step;
    announce(t("Thank you. Your answer has been recorded."));
  } catch (problem) {
    if (!("code" in problem)) throw problem;
    rating.failure = problem.detail;
    announce(problem.detail, { urgent: true });
  } finally {
    rating.isSending = false;
    if (status.via !== "socket") link.refresh();
    draw();
  }
}

/**
 * Say where the citizen sits; saying it again changes nothing, so every try may have a key of its own.
 * @param {string} label
 */
async function sit(label) {
  if (chair.isSending) return;
  Object.assign(chair, { isSending: true, failure: "" });
  draw();
  try {
    const { body } = await post("/api/v1/tickets/seat", { token: page.code, seat: label });
    state = { ...state, seat: body.seat };
    chair.isOpen = false;
    announce(t("The officer comes to %(seat)s.", { seat: body.seat }));
  } catch (problem) {
    if (!("code" in problem)) throw problem;
    chair.failure = problem.detail;
    announce(problem.detail, { urgent: true });
  } finally {
    chair.isSending = false;
    if (status.via !== "socket") link.refresh();
    draw();
    document.getElementById("change-seat")?.focus();
  }
}

/** Have the smile score erased: what the camera said of this visit is withdrawn. */
async function eraseSmile() {
  if (smile.isSending) return;
  Object.assign(smile, { isSending: true, failure: "" });
  draw();
  try {
    await post("/api/v1/tickets/smile/erase", { token: page.code });
    state = { ...state, has_smile: false };
    announce(t("The score is erased."));
  } catch (problem) {
    if (!("code" in problem)) throw problem;
    smile.failure = problem.detail;
    announce(problem.detail, { urgent: true });
  } finally {
    smile.isSending = false;
    if (status.via !== "socket") link.refresh();
    draw();
  }
}

/** @type {Motcua.FollowActs} */
const actions = {
  toggleSound,
  sit,
  eraseSmile,
  openSeats() {
    Object.assign(chair, { isOpen: !chair.isOpen, failure: "" });
    draw();
  },
  rate(level) {
    rating.level = level;
    rating.sent = "";
    send("level");
  },
  toggleReason(code) {
    rating.chosen.has(code) ? rating.chosen.delete(code) : rating.chosen.add(code);
    rating.sent = "";
    draw();
  },
  write(text) {
    rating.comment = text;
    if (rating.sent === "all") rating.sent = "level";
    draw();
  },
  sendMore: () => send("all"),
};

function draw() {
  render(html`${connectionBadge(status)}${languageButton(draw)}`, tools);
  if (status.refused && !status.online) {
    render(
      html`<div class="middle">
        <h1>${t("This ticket's page is no longer open.")}</h1>
        <p>${t("Please ask at the desk if you need help.")}</p>
      </div>`,
      app,
    );
    return;
  }
  if (!state) return; // what the server wrote stands there
  document.title = `${state.ticket.number} · ${headline(state)}`;
  render(
    ticketView(state, {
      code: page.code,
      status,
      rating,
      chair,
      smile,
      sound: { isOn: wantsSound && isAudible() },
      ...actions,
    }),
    app,
  );
}

/** @param {Motcua.FollowState} state */
const isOver = ({ ticket }) => ["served", "cancelled"].includes(ticket.state);

/**
 * @param {Motcua.FollowState | null} before
 * @param {Motcua.FollowState} after
 */
function announceChange(before, after) {
  const was = before?.ticket;
  const is = after.ticket;
  const isCall =
    is.state === "called" &&
    (was?.state !== "called" || was.called_at !== is.called_at || was.recalled_at !== is.recalled_at);
  if (isCall) {
    announce(headline(after), { urgent: true });
    if (before || isAudible()) ring();
  } else if (before && headline(before) !== headline(after)) announce(headline(after));
  if (rating.level === null) rating.level = after.rating.level;
}

const link = openLink({
  namespace: "/follow",
  auth: { token: page.code },
  statePath: `/state/follow/${page.code}`,
  isFree: () => !rating.isSending && !chair.isOpen && !rating.comment && !rating.chosen.size,
  onState(next) {
    const before = state;
    state = next;
    if (!isOver(next)) follow(page.code);
    else if (followed() === page.code) follow("");
    announceChange(before, next);
    draw();
  },
  onStatus(next) {
    if (status.online && !next.online) announce(t("The connection to the server is lost."), { urgent: true });
    status = next;
    draw();
  },
});

onAudible(() => draw());
eachSecond(draw);
ready();
