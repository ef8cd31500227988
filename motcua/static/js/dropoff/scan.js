/** One paper before the camera. */
import { onward, problem, ways } from "./pieces.js";
import { alone, head, lost } from "../kiosk/pieces.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { both, t } from "../parts/texts.js";

/** One paper: what the camera sees, the picture that was taken, the pages so far. */
export function scan(m, act) {
  const paper = m.scans.papers.find((/** @type {any} */ one) => one.code === m.paper);
  const pages = m.scans.pages.filter((/** @type {any} */ one) => one.paper === m.paper);
  const { scanner } = m.scans;
  const isFull = m.scans.pages.length >= m.scans.pages_most;
  return html`${head(both(paper.name), both(paper.note) || t("Picture or scan each page. Never an identity card."))}
    ${lost(m)} ${problem(m)}
    <div class="dropoff-scan">
      ${
        m.picture
          ? html`<img
              class="dropoff-picture"
              src=${`data:image/jpeg;base64,${m.picture}`}
              alt=${t("Picture just taken")} />`
          : html`<video
                class="dropoff-picture"
                id="camera"
                muted
                playsinline
                ?hidden=${m.hasCamera === false}
                @playing=${act.seen}></video>
              ${m.hasCamera === false && !scanner.is_working ? noCamera() : nothing}`
      }
      ${scannerWords(scanner, { isFull, hasCamera: m.hasCamera })}
      <ul class="dropoff-pages" aria-label=${t("Pages")}>
        ${pages.map(
          (/** @type {any} */ one, /** @type {number} */ place) =>
            html`<li>
              <span>${t("Page %(n)s", { n: place + 1 })}</span>
              <button type="button" class="button" ?disabled=${m.isBusy} @click=${() => act.remove(one.n)}>
                ${icon("trash-2")}<span>${t("Remove")}</span>
              </button>
            </li>`,
        )}
      </ul>
    </div>
    <div class="kiosk-ways">${m.picture ? judge(m, act) : shutter(m, act, isFull)}</div>
    ${ways(
      m,
      act,
      act.before,
      m.picture
        ? nothing
        : onward(
            pages.length ? t("Next paper") : t("I do not have this paper here"),
            act.next,
            m.isBusy || !m.status.online,
          ),
    )}`;
}

/** What the document scanner is doing, or what to do with it. */
function scannerWords(scanner, { isFull, hasCamera }) {
  if (!scanner.is_there) return nothing;
  const words = scanner.receiving
    ? t("A page from the scanner is being read …")
    : !scanner.is_working
      ? t("The document scanner does not work now.")
      : isFull
        ? t("No more pages fit")
        : !scanner.is_ready
          ? t("One moment …")
          : hasCamera === false
            ? t("Lay this paper into the document scanner and press its key. Its pages come here by themselves.")
            : t("Or lay this paper into the document scanner and press its key. Its pages come here by themselves.");
  return html`<p class="dropoff-scanner" id="scanner" data-state=${scanner.receiving ? "receiving" : "waiting"}>
    ${icon(scanner.is_working ? "file-text" : "triangle-alert")}<span>${words}</span>
  </p>`;
}

const noCamera = () =>
  alone("camera-off", t("This kiosk's camera does not work"), t("Please come while the hall is open."));

function shutter(m, act, isFull) {
  if (m.hasCamera === false) return nothing;
  return html`<button
    type="button"
    class="way way-wide"
    id="picture"
    ?disabled=${!m.isSeeing || isFull || m.isBusy}
    @click=${act.picture}>
    ${icon("camera")}<span>${isFull ? t("No more pages fit") : t("Take a picture of the page")}</span>
  </button>`;
}

function judge(m, act) {
  return html`<button type="button" class="way" ?disabled=${m.isBusy} @click=${act.again}>
      ${icon("rotate-ccw")}<span>${t("Take it again")}</span>
    </button>
    <button type="button" class="way way-done" id="keep" ?disabled=${m.isBusy || !m.status.online} @click=${act.keep}>
      ${icon("check")}<span>${m.isBusy ? t("One moment …") : t("It can be read, keep it")}</span>
    </button>`;
}
