/** Who signs in: add, change, give a new password, disable. */
import { get, post, Problem } from "../parts/api.js";
import { html, nothing, render } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { startPassword, suggestName } from "../parts/names.js";
import { page } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { ask } from "./asking.js";

let host = null;
let items = [];
let lost = "";

/** Draw the people into `element` and keep them up to date. */
export async function people(element) {
  host = element;
  await look();
}

async function look() {
  try {
    items = (await get("/api/v1/accounts")).body.items;
    lost = "";
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    lost = error.detail; // signed out elsewhere, or the desk is away
  }
  draw();
}

const ROLES = () => [
  ["officer", t("Officer")],
  ["leader", t("Leader")],
  ["admin", t("Administrator")],
];
const seats = () => [
  ["", t("no fixed counter")],
  ...page.counters.map(({ number, label }) => [
    number,
    [t("Counter %(number)s", { number }), label].filter(Boolean).join(" · "),
  ]),
];
const roleName = (role) => ROLES().find(([code]) => code === role)?.[1] ?? role;
const seatOf = (value) => (value === "" ? null : Number(value));

function draw() {
  const active = items.filter((item) => !item.disabled);
  const gone = items.filter((item) => item.disabled);
  render(
    html`<div class="stack">
      ${lost ? html`<p class="notice notice-warning" role="status">${lost}</p>` : nothing} ${newKeyNotice()}
      <div class="spread">
        <p class="quiet prose">
          ${t(
            "Officers call and serve, leaders see the hall and may open it or end the day, administrators change settings and people.",
          )}
        </p>
        <button type="button" class="button button-primary" @click=${add}>
          ${icon("plus")}<span>${t("Add a person")}</span>
        </button>
      </div>
      <section class="card">${table(active, t("People"))}</section>
      ${
        gone.length
          ? html`<section class="card stack">
              <h2>${t("Disabled")}</h2>
              ${table(gone, t("Disabled"))}
            </section>`
          : nothing
      }
      <section class="card stack">
        <h2>${t("My own password")}</h2>
        <p>
          <button type="button" class="button" @click=${ownPassword}>
            ${icon("key")}<span>${t("Change my password")}</span>
          </button>
        </p>
      </section>
    </div>`,
    host,
  );
}

/** The desk had to take a new signing key: an administrator looks at both and confirms. */
function newKeyNotice() {
  const key = page.journal_key;
  if (!key) return nothing;
  const old = key.old_public_key ?? t("unknown");
  return html`<section class="notice notice-danger" id="new-key">
    ${icon("key")}
    <div class="stack">
      <h2>${t("A new key signs the days")}</h2>
      <p class="prose">
        ${t(
          "The old signing key was lost and no copy of the desk had it. Days that were signed before stay as they are. Write the new public key down where you keep the old one, then confirm.",
        )}
      </p>
      <p>${t("Old public key:")} <code>${old}</code></p>
      <p>${t("New public key:")} <code>${key.public_key}</code></p>
      <p>
        <button type="button" class="button button-primary" @click=${confirmKey}>
          ${icon("check")}<span>${t("I have seen it")}</span>
        </button>
      </p>
    </div>
  </section>`;
}

async function confirmKey() {
  try {
    await post("/api/v1/journal-key/confirm", { public_key: page.journal_key.public_key });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.detail, { kind: "danger", seconds: 8 });
    return;
  }
  page.journal_key = null;
  draw();
  toast(t("The new key is confirmed."));
}

function table(rows, name) {
  return html`<div class="table-wrap">
    <table class="table people" aria-label=${name}>
      <thead>
        <tr>
          <th scope="col">${t("Name")}</th>
          <th scope="col">${t("Sign-in name")}</th>
          <th scope="col">${t("Their duties")}</th>
          <th scope="col">${t("Seat")}</th>
          <th scope="col"><span class="visually-hidden">${t("Actions")}</span></th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (item) =>
            html`<tr>
              <th scope="row">
                ${item.full_name}${
                  item.title ? html`<span class="small quiet item-note">${item.title}</span>` : nothing
                }
              </th>
              <td>${item.name}</td>
              <td>${roleName(item.role)}</td>
              <td>${item.counter === null ? "" : t("Counter %(number)s", { number: item.counter })}</td>
              <td class="cell-actions">
                <button
                  type="button"
                  class="button button-small"
                  aria-label=${t("Change %(name)s", { name: item.full_name })}
                  @click=${() => change(item)}>
                  ${icon("pencil")}<span>${t("Change")}</span>
                </button>
                <button
                  type="button"
                  class="button button-small"
                  aria-label=${t("New password for %(name)s", { name: item.full_name })}
                  @click=${() => reset(item)}>
                  ${icon("key")}<span>${t("New password")}</span>
                </button>
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

async function add() {
  const taken = items.map((item) => item.name);
  const account = await ask({
    title: t("Add a person"),
    yes: t("Add"),
    fields: [
      { name: "full_name", label: t("Full name"), maxlength: 80 },
      {
        name: "name",
        label: t("Sign-in name"),
        hint: t("Lower-case letters and digits, without spaces"),
        maxlength: 32,
      },
      {
        name: "title",
        label: t("Title"),
        required: false,
        hint: t("Shown to citizens on the rating pad, for example: Công chức tư pháp – hộ tịch"),
        maxlength: 80,
      },
      { name: "role", label: t("Their duties"), options: ROLES() },
      { name: "counter", label: t("Seat"), options: seats() },
      {
        name: "password",
        label: t("Start password"),
        value: startPassword(page.wish.least),
        minlength: page.wish.least,
        hint: `${page.wish.hint} ${t("Note it down now; it is not shown again.")}`,
      },
    ],
    onInput: (event, form) => {
      const name = form.elements.name;
      if (event.target === name) name.dataset.own = "1";
      if (event.target.name === "full_name" && !name.dataset.own) name.value = suggestName(event.target.value, taken);
    },
    send: async (answers) =>
      (await post("/api/v1/accounts", { ...answers, counter: seatOf(answers.counter) }, { tries: 1 })).body,
  });
  if (!account) return;
  toast(t("%(name)s was added.", { name: account.full_name }));
  await look();
}

async function change(item) {
  const account = await ask({
    title: t("Change %(name)s", { name: item.full_name }),
    yes: t("Save"),
    fields: [
      { name: "full_name", label: t("Full name"), value: item.full_name, maxlength: 80 },
      { name: "title", label: t("Title"), value: item.title, required: false, maxlength: 80 },
      {
        name: "role",
        label: t("Their duties"),
        value: item.role,
        options: ROLES(),
        hint: t("A new role ends all their sign-ins."),
      },
      { name: "counter", label: t("Seat"), value: item.counter ?? "", options: seats() },
      { name: "disabled", label: t("Disabled: may no longer sign in"), value: item.disabled, check: true },
    ],
    send: async (answers) =>
      (await post(`/api/v1/accounts/${item.id}`, { ...answers, counter: seatOf(answers.counter) }, { method: "PATCH" }))
        .body,
  });
  if (!account) return;
  toast(t("Saved."));
  await look();
}

async function reset(item) {
  const isDone = await ask({
    title: t("New password for %(name)s", { name: item.full_name }),
    yes: t("Set this password"),
    text: t("All their sign-ins end."),
    fields: [
      {
        name: "password",
        label: t("New password"),
        value: startPassword(page.wish.least),
        minlength: page.wish.least,
        hint: `${page.wish.hint} ${t("Note it down now; it is not shown again.")}`,
      },
    ],
    send: (answers) => post(`/api/v1/accounts/${item.id}/password`, answers, { tries: 1 }),
  });
  if (isDone) toast(t("The password was changed."));
}

async function ownPassword() {
  const isDone = await ask({
    title: t("Change my password"),
    yes: t("Change"),
    text: t("You sign in again afterwards."),
    fields: [
      { name: "current", label: t("Present password"), type: "password", autocomplete: "current-password" },
      {
        name: "password",
        label: t("New password"),
        type: "password",
        autocomplete: "new-password",
        minlength: page.wish.least,
        hint: page.wish.hint,
      },
    ],
    send: (answers) => post("/api/v1/me/password", answers, { tries: 1 }),
  });
  if (isDone) location.assign("/sign-in?next=/settings/people");
}
