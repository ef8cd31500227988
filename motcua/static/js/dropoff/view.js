/** What the kiosk shows while somebody hands papers in: one idea a screen, and always the way out. */
import { canGoOn, contactFields, countPages, missingPapers } from "./steps.js";
import { find, situation } from "../kiosk/papers.js";
import { onward, problem, ways } from "./pieces.js";
import { scan } from "./scan.js";
import { alone, deleteKey, head, languageSwitch, lost, padKey } from "../kiosk/pieces.js";
import * as clock from "../parts/clock.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { both, t } from "../parts/texts.js";

const LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const DIGITS = "1234567890";

/** The whole screen; `m` is the page's model, `act` what touches do. */
export function screen(m, act) {
  return { find, situation, papers, consent, contact, scan, check, done, sorry }[m.view](m, act);
}

/** Which papers are needed, before anything is asked. */
function papers(m, act) {
  const { checklist } = m.finding;
  const items = (checklist.papers ?? []).filter((/** @type {any} */ paper) => !paper.from_data);
  return html`${head(both(checklist.names), t("Have these papers at hand:"), languageSwitch(act))} ${lost(m)}
  ${
    items.length
      ? html`<ul class="kiosk-list dropoff-list">
          ${items.map((/** @type {any} */ paper) => html`<li class="dropoff-item">${both(paper.name)}</li>`)}
        </ul>`
      : alone("info", t("There is no list with a source for this procedure yet"), t("Hand in what you have."))
  }
  ${ways(m, act, act.back, onward(t("Hand these papers in"), act.consent, !m.status.online))}`;
}

function consent(m, act) {
  const { keep_days: days, has_box: hasBox, phone } = page;
  return html`${head(t("Before you begin"), t("Please read this, and touch what you want."), languageSwitch(act))}
    ${lost(m)} ${problem(m)}
    <ul class="dropoff-text">
      <li>${t("You picture or scan your papers here. Officers of this unit look at them at the next opening.")}</li>
      <li>
        ${t("What is kept, encrypted: your name, your phone number or e-mail address, your year of birth, and the pictures.")}
      </li>
      <li>
        ${t("The pictures are erased as soon as an officer has taken them in, after %(days)s days at the latest.", {
          days,
        })}
      </li>
      <li><strong>${t("Never picture or scan an identity card: it is refused.")}</strong></li>
      <li>${t("It counts as received at the next opening: the days of settling begin then.")}</li>
      <li>
        ${hasBox ? t("The papers themselves go into the locked box.") : t("Keep the papers themselves with you.")}
      </li>
      <li>
        ${
          phone
            ? t("You can have everything erased at any time: %(phone)s.", { phone })
            : t("You can have everything erased at any time. Ask the desk.")
        }
      </li>
    </ul>
    ${ways(m, act, null, onward(t("I agree"), act.agree, !m.status.online || m.isBusy, "check"))}`;
}

function contact(m, act) {
  const names = {
    name: t("Full name"),
    phone: t("Phone number"),
    email: t("E-mail"),
    birth: t("Year of birth"),
  };
  const kinds = { name: "text", phone: "tel", email: "email", birth: "text" };
  const row = (keys) =>
    html`<div class="find-row">${[...keys].map((letter) => padKey(letter, () => act.type(letter)))}</div>`;
  return html`${head(
      t("How can we reach you?"),
      t("We need your phone number, or your e-mail address and your year of birth."),
      languageSwitch(act),
    )}
    ${lost(m)} ${problem(m)}
    <div class="dropoff-fields">
      ${contactFields(m.scans).map(
        (field) =>
          html`<label class="dropoff-field ${m.field === field ? "dropoff-chosen" : ""}"
            ><span>${names[field]}</span
            ><input
              class="input"
              id=${`dropoff-${field}`}
              type=${kinds[field]}
              inputmode="none"
              maxlength="120"
              autocomplete="off"
              placeholder=${field === "name" ? (m.scans?.name ?? "") : ""}
              .value=${m.contact[field]}
              @focus=${() => act.choose(field)}
              @input=${(event) => act.edit(field, event.target.value)}
          /></label>`,
      )}
      <label class="dropoff-field dropoff-whole-row"
        ><span
          >${m.scans?.name ? t("Card read: %(name)s", { name: m.scans.name }) : t("Or scan your identity card")}</span
        ><input
          class="input dropoff-card"
          id="dropoff-card"
          spellcheck="false"
          maxlength="4000"
          inputmode="none"
          autocomplete="off"
          placeholder=${t("Touch here, then scan")}
          @change=${(event) => {
            if (event.target.value.trim()) act.card(event.target.value);
            event.target.value = "";
          }}
      /></label>
    </div>
    <div class="find-keys" role="group" aria-label=${t("Letters")}>
      ${row(DIGITS)} ${LETTERS.map(row)}
      <div class="find-row">
        ${["@", ".", "-", "_"].map((letter) => padKey(letter, () => act.type(letter)))}
        <button type="button" class="pad-key find-space" @click=${() => act.type(" ")}>${t("Space")}</button>
        ${deleteKey(() => act.type("back"), !m.contact[m.field])}
      </div>
    </div>
    ${ways(m, act, null, onward(t("Next"), act.begin, !canGoOn(m.contact, m.scans) || m.isBusy || !m.status.online))}`;
}

function check(m, act) {
  const missing = missingPapers(m.scans);
  return html`${head(t("Is everything there?"), t("Touch a paper to add pages of it."))} ${lost(m)} ${problem(m)}
    <div class="kiosk-list">
      ${m.scans.papers.map((/** @type {any} */ paper) => {
        const count = countPages(m.scans, paper.code);
        return html`<button type="button" class="tile tile-wide" @click=${() => act.goTo(paper.code)}>
          <span class="tile-title">${both(paper.name)}</span
          ><span>${count ? t("%(n)s pages", { n: count }) : t("nothing")}</span>
        </button>`;
      })}
    </div>
    ${
      missing.length
        ? html`<p class="pad-sorry">
            ${icon("info")}<span
              >${t("Papers are missing. You can hand in now: the desk asks for what is missing, and the days of settling begin when it is there.")}</span
            >
          </p>`
        : nothing
    }
    ${ways(
      m,
      act,
      null,
      onward(
        m.scans.scanner.receiving ? t("One moment …") : t("Hand in"),
        act.handIn,
        m.isBusy || !m.scans.pages.length || m.scans.scanner.receiving || !m.status.online,
        "check",
      ),
    )}`;
}

function done(m, act) {
  const { code, path, counts_from: from, pages, due, has_box: hasBox, is_printed: isPrinted } = m.receipt;
  const day = (/** @type {string} */ iso) => iso.slice(0, 10).split("-").reverse().join("/");
  return html`${head(
      t("Handed in: %(n)s pages", { n: pages }),
      t("This is your code. Write it down or take the slip."),
    )}
    <p class="ticket-number dropoff-code" id="code">${code}</p>
    <p class="dropoff-line">
      ${t("It counts as received at %(time)s on %(date)s.", { time: from.slice(11, 16), date: day(from) })}
    </p>
    ${
      due
        ? html`<p class="dropoff-line">
            ${t("If nothing is missing, the result is there by %(time)s on %(date)s.", { time: due.at, date: day(due.on) })}
          </p>`
        : nothing
    }
    ${
      hasBox
        ? html`<p class="dropoff-line">
            <strong>${t("Write the code on the envelope and put it into the box.")}</strong>
          </p>`
        : nothing
    }
    ${isPrinted ? html`<p class="dropoff-line">${t("The slip is being printed.")}</p>` : nothing}
    ${
      m.hall.phones
        ? html`<figure class="ticket-qr">
            <img
              src="/qr.svg?path=${encodeURIComponent(path)}"
              alt=${t("Code that opens it on a phone")}
              width="300"
              height="300" />
            <figcaption>${t("Scan to look it up on a phone")}</figcaption>
          </figure>`
        : nothing
    }
    ${ways(m, act, null)}`;
}

function sorry(m, act) {
  const opening = m.hall.next_opening;
  const words = m.problem || (m.hall.open ? t("The hall is open: please take a number.") : "");
  const when = opening
    ? t("The hall opens at %(time)s on %(date)s.", { time: clock.formatTime(opening), date: clock.formatDate(opening) })
    : "";
  const title = t("Papers cannot be handed in here now");
  return html`${lost(m)} ${alone("info", title, words || when)} ${ways(m, act, null)}`;
}
