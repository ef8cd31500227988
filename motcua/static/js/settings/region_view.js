/** How the dialog looks in which a camera's region is set, and how its square follows mouse and finger. */
import { html, live, nothing, svg } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";
import { FACE_SHARE, move, percents, pull, squareOf } from "./region.js";

/** A touch this near to a corner pulls it. */
const REACH_PX = 24;
const FACE_HEIGHT = 1.35;
const CORNERS = /** @type {const} */ ([
  ["nw", 0, 0],
  ["ne", 1, 0],
  ["sw", 0, 1],
  ["se", 1, 1],
]);

/**
 * @param {Motcua.RegionForm} form
 * @param {any} act
 */
export function regionView(form, act) {
  return html`<form class="form" novalidate @submit=${act.save}>
    <p class="prose">
      ${t("Put the square where the citizen's head is. Only inside it is a face looked for.")}
      <b>${t("The officer's place must be outside the square.")}</b>
    </p>
    <div
      class="region-stage ${form.size ? "" : "is-empty"}"
      tabindex=${form.size ? 0 : nothing}
      role="application"
      aria-label=${t("The camera's picture with the square")}
      aria-describedby="region-keys"
      @keydown=${act.key}>
      <canvas aria-hidden="true"></canvas>
      ${form.size && form.region ? outline(form.region, form.size) : waiting(form)}
    </div>
    <div role="alert">${form.problem ? notice("warning", "pause", form.problem) : nothing}</div>
    <p class="small quiet" id="region-keys">
      ${t("Drag the square or one of its corners. By keyboard: arrows move it, + and - change its size, with Shift in larger steps.")}
    </p>
    <p class="small region-scale">
      <svg viewBox="0 0 20 27" aria-hidden="true"><ellipse cx="10" cy="13.5" rx="8" ry="11.5" /></svg>
      <span
        >${t("The oval shows how large the face of a standing citizen must be at least. If it is smaller, make the square smaller or move the camera nearer.")}</span
      >
    </p>
    ${form.size ? numbers(form, act) : nothing} ${form.isFixed ? inFile(form) : nothing}
    <div role="alert">${form.complaint ? notice("danger", "circle-x", form.complaint) : nothing}</div>
    <div class="dialog-actions">
      <button type="button" class="button" @click=${act.leave}>${form.isFixed ? t("Close") : t("Cancel")}</button>
      ${
        form.isFixed
          ? nothing
          : html`<button class="button button-primary" ?disabled=${form.isBusy || !form.size}>
              ${icon("save")}<span>${t("Save")}</span>
            </button>`
      }
    </div>
    <p class="small quiet">
      ${icon("shield")} ${t("The picture is stored nowhere. The journal notes that you looked at it.")}
    </p>
  </form>`;
}

function notice(kind, image, words) {
  return html`<div class="notice notice-${kind}">
    ${icon(image)}
    <div>${words}</div>
  </div>`;
}

function waiting(form) {
  return html`<p class="region-waiting" role="status">
    ${form.problem ? nothing : t("Waiting for the camera's picture…")}
  </p>`;
}

function outline(region, size) {
  const { left, top, side } = squareOf(region, size);
  const [rx, knob] = [(FACE_SHARE / 2) * side, 0.02 * Math.min(size.width, size.height)];
  const around = `M0 0H${size.width}V${size.height}H0Z M${left} ${top}v${side}h${side}v${-side}Z`;
  return html`<svg class="region-outline" viewBox="0 0 ${size.width} ${size.height}" aria-hidden="true">
    <path class="region-outside" d=${around} fill-rule="evenodd"></path>
    <rect class="region-edge-dark" x=${left} y=${top} width=${side} height=${side}></rect>
    <rect class="region-edge" x=${left} y=${top} width=${side} height=${side}></rect>
    <ellipse
      class="region-face"
      cx=${left + side / 2}
      cy=${top + side * 0.45}
      rx=${rx}
      ry=${rx * FACE_HEIGHT}></ellipse>
    ${CORNERS.map(
      ([, x, y]) => svg`<circle class="region-corner" cx=${left + x * side} cy=${top + y * side} r=${knob}></circle>`,
    )}
  </svg>`;
}

function numbers(form, act) {
  const labels = [t("From the left, in percent"), t("From the top, in percent"), t("Side, in percent")];
  const texts = form.typed ?? percents(form.region);
  const wrong = t("The square must lie inside the picture, and its side must be 10 percent or more.");
  return html`<div class="region-numbers">
      ${labels.map(
        (label, n) =>
          html`<div class="field">
            <label class="field-label" for="region-${n}">${label}</label>
            <input
              class="input input-short"
              id="region-${n}"
              inputmode="decimal"
              maxlength="6"
              autocomplete="off"
              aria-invalid=${form.isWrong ? "true" : nothing}
              aria-describedby=${form.isWrong ? "region-wrong" : nothing}
              .value=${live(texts[n])}
              @input=${(event) => act.type(n, event.target.value)} />
          </div>`,
      )}
      <span class="row">
        <button type="button" class="button button-small" @click=${() => act.resize(-1)}>${t("Smaller")}</button>
        <button type="button" class="button button-small" @click=${() => act.resize(1)}>${t("Larger")}</button>
      </span>
    </div>
    ${
      form.isWrong
        ? html`<span class="field-error" id="region-wrong">${icon("triangle-alert")}<span>${wrong}</span></span>`
        : nothing
    }`;
}

/** A camera that agent.toml names is changed there: say what to write. */
function inFile(form) {
  const line = form.region ? `region = [${form.region.join(", ")}]` : "";
  return html`<p>
    ${t("This camera is set in agent.toml. Write this line into its entry there:")} <code>${line}</code>
  </p>`;
}

/**
 * Let the square follow mouse and finger on the stage in `host`; `put(region)` takes each new one.
 * Returns a function that ends it.
 * @param {HTMLElement} host
 * @param {Motcua.RegionForm} form
 * @param {(region: Motcua.Region) => void} put
 */
export function follow(host, form, put) {
  /** @type {null | {corner: Motcua.Corner | null, x: number, y: number, region: Motcua.Region}} */
  let grip = null;

  function pointOf(event) {
    const box = host.querySelector(".region-outline")?.getBoundingClientRect();
    if (!box?.width || !form.size) return null;
    const scale = form.size.width / box.width;
    return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale, scale };
  }

  function begin(event) {
    const point = pointOf(event);
    if (!point || !form.region || !form.size || event.button > 0 || !event.target.closest(".region-stage")) return;
    const { left, top, side } = squareOf(form.region, form.size);
    const reach = REACH_PX * point.scale;
    const near = CORNERS.find(([, x, y]) => Math.hypot(point.x - left - x * side, point.y - top - y * side) <= reach);
    const isInside = point.x >= left && point.x <= left + side && point.y >= top && point.y <= top + side;
    if (!near && !isInside) return;
    grip = { corner: near ? near[0] : null, x: point.x, y: point.y, region: form.region };
    event.target.closest(".region-stage").setPointerCapture(event.pointerId);
  }

  function drag(event) {
    const point = pointOf(event);
    if (!grip || !point || !form.size) return;
    event.preventDefault();
    put(
      grip.corner
        ? pull(grip.region, form.size, grip.corner, point)
        : move(grip.region, form.size, point.x - grip.x, point.y - grip.y),
    );
  }

  function end() {
    grip = null;
  }

  const doings = { pointerdown: begin, pointermove: drag, pointerup: end, pointercancel: end };
  for (const [name, doing] of Object.entries(doings)) host.addEventListener(name, doing);
  return () => {
    for (const [name, doing] of Object.entries(doings)) host.removeEventListener(name, doing);
  };
}
