/**
 * The page behind a seat's code: whoever follows a number on this phone says that they sit here;
 * others are told how that goes.
 */
import { get, newKey, post, Problem } from "../parts/api.js";
import { byId } from "../parts/element.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { languageButton } from "../parts/phone_language.js";
import { both, preloadLanguages, setLanguage, t } from "../parts/texts.js";
import { follow, followed } from "../parts/ticket_memory.js";

await setLanguage(page.lang);
preloadLanguages();

const app = document.getElementById("app");
const tools = document.getElementById("tools");
const key = newKey();
/** @type {{code: string, ticket: Motcua.Streams["/follow"] | null} & Record<string, any>} */
const state = { code: followed(), ticket: null, isAsking: true, isSending: false, failure: "" };

/** Ask for the number that this phone follows; one whose page is closed is followed no more. */
async function look() {
  if (state.code) {
    try {
      state.ticket = (await get(`/state/follow/${encodeURIComponent(state.code)}`)).body;
      state.failure = "";
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.status === 404) {
        follow("");
        Object.assign(state, { code: "", ticket: null });
      } else state.failure = problem.detail;
    }
  }
  state.isAsking = false;
  draw();
}

async function sit() {
  if (state.isSending) return;
  Object.assign(state, { isSending: true, failure: "" });
  draw();
  try {
    const { body } = await post("/api/v1/tickets/seat", { token: state.code, seat: page.seat }, { key });
    if (state.ticket) state.ticket = { ...state.ticket, seat: body.seat };
    announce(t("The officer comes to %(seat)s.", { seat: body.seat }), { urgent: true });
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    state.failure = problem.detail;
    announce(problem.detail, { urgent: true });
  } finally {
    state.isSending = false;
    draw();
    byId("state").focus();
  }
}

/** What this phone can do here: a heading, words, and a button if there is something to press. */
function offer() {
  const { ticket: seen } = state;
  if (state.isAsking) return [t("One moment, please…"), "", nothing];
  if (!seen) {
    if (state.failure) return [t("The server does not answer"), "", again()];
    return page.is_used
      ? [
          t("Take a number first"),
          t(
            "Take a number at the kiosk and scan the code on the paper with this phone. Then scan the code on this seat once more.",
          ),
          nothing,
        ]
      : [
          t("Numbers are called to the counters"),
          t("Officers do not come to the seats now. Take a number at the kiosk and look at the screen."),
          nothing,
        ];
  }
  const { number } = seen.ticket;
  if (seen.seat === page.seat && seen.ticket.state !== "served") {
    return [
      t("The officer comes to %(seat)s.", { seat: page.seat }),
      t("Please stay here until number %(number)s is called.", { number }),
      open(),
    ];
  }
  if (seen.ticket.state === "waiting" && seen.seats.includes(page.seat)) {
    const here = t("I sit at: %(seat)s", { seat: page.seat });
    const words = seen.seat
      ? t("Until now the officer would come to %(seat)s.", { seat: seen.seat })
      : t("Then the officer comes to you when your number is called.");
    return [
      t("Number %(number)s: do you sit here?", { number }),
      words,
      html`<button
        type="button"
        class="button button-primary button-huge button-wide"
        id="sit"
        aria-busy=${state.isSending}
        @click=${sit}>
        ${icon("armchair")}<span>${here}</span>
      </button>`,
    ];
  }
  if (seen.ticket.state === "waiting") {
    return [
      t("Number %(number)s is called to a counter", { number }),
      t("For %(service)s officers do not come to the seat. Please look at the screen.", {
        service: both(seen.service.name),
      }),
      open(),
    ];
  }
  return [t("Number %(number)s does not wait any more", { number }), t("Its seat cannot be changed now."), open()];
}

const open = () =>
  html`<a class="button button-large button-wide" href="/t/${state.code}"
    >${icon("bell")}<span>${t("Follow this number")}</span></a
  >`;
const again = () =>
  html`<button type="button" class="button button-large button-wide" @click=${look}>${t("Try again")}</button>`;

function draw() {
  render(languageButton(draw), tools);
  const [title, words, action] = offer();
  render(
    html`<div class="follow-page">
      <section class="card follow-ticket" aria-labelledby="state">
        <p class="follow-label">${t("This seat")}</p>
        <p class="follow-here">${page.seat}</p>
        <h1 id="state" class="follow-headline" tabindex="-1">${title}</h1>
        ${words ? html`<p class="quiet">${words}</p>` : nothing}
      </section>
      ${state.failure ? html`<p class="notice notice-danger" role="alert">${state.failure}</p>` : nothing} ${action}
    </div>`,
    app,
  );
}

draw();
ready();
await look();
document.addEventListener(
  "visibilitychange",
  () => document.visibilityState === "visible" && !state.isSending && look(),
);
