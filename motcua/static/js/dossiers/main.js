/** Taking in dossiers at a counter: procedure, papers, applicant, and what the desk decides. */
import { get, newKey, post, Problem } from "../parts/api.js";
import { connectionBadge } from "../parts/connection.js";
import { byId } from "../parts/element.js";
import { render } from "../parts/html.js";
import { bindKeys } from "../parts/keys.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { setLanguage, t } from "../parts/texts.js";
import { toast } from "../parts/toast.js";
import { askReason, askSupplement } from "./dialogs.js";
import { beginKey, eraseKept, keepApplicant, printSlip } from "./keeping.js";
import { absentPapers, bodyOf, choicesOf, emptyForm, intakePath, localDay, ticked } from "./model.js";
import { editing } from "./editing.js";
import { fillDropoff } from "./dropoff.js";
import { tellPaid } from "./fees.js";
import { sendByMail } from "./mailing.js";
import { beginGroup, limitsBefore, linkedBody } from "./linked.js";
import { doStep, findDossier } from "./steps.js";
import { wholePage } from "./view.js";

await setLanguage(page.lang);

const app = byId("app");
const PLACE = `/api/v1/counters/${page.counter}`;
const SEARCH_AFTER_MS = 150;
const PROCEDURE = /^\d\.\d{6}$/;
let desk = /** @type {Motcua.CounterState | null} */ (null);
/** @type {Motcua.LineStatus} */
let status = { online: false, since: 0, lastChange: null, via: null, refused: null };
let form = emptyForm();
let key = newKey();
let taken = /** @type {any[]} */ ([]); // the dossiers of the visit in hand
let last = /** @type {any} */ (null); // the dossier that was taken in last, and who handed it in
let finding = { query: "", current: /** @type {any} */ (null), problem: "" };
let isBusy = false;
let searching = 0;
let asked = 0;

function draw() {
  render(connectionBadge(status), byId("connection"));
  render(wholePage({ desk, status, form, taken, last, isBusy, finding }, acts), app);
}

/** Change the form; what is sent from then on is something else, so it has a key of its own. */
function edit(change) {
  change(form);
  key = newKey();
  form.problem = "";
  draw();
}

async function readVisit() {
  const visit = desk?.ticket?.id;
  try {
    taken = visit ? (await get(`/api/v1/dossiers?visit=${encodeURIComponent(visit)}`)).body.items : [];
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
  }
  draw();
}

async function search(query) {
  form.query = query;
  clearTimeout(searching);
  if (PROCEDURE.test(query.trim())) return choose(query.trim());
  searching = window.setTimeout(async () => {
    const number = (asked += 1);
    try {
      const path = `/api/v1/procedures?q=${encodeURIComponent(query.slice(0, 200))}&limit=8`;
      const items = query.trim() ? (await get(path)).body.items : [];
      if (number === asked) form.procedures = items;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      form.problem = problem.detail;
    }
    draw();
  }, SEARCH_AFTER_MS);
  return draw();
}

/** Read what is filled in for the procedure in the situation as it is entered. */
async function choose(code, { isFirst = false } = {}) {
  const number = (asked += 1);
  if (!isFirst && form.intake?.procedure.code !== code) Object.assign(form, { choices: {}, papers: {}, limit: null });
  try {
    const { body } = await get(intakePath(code, form));
    if (number !== asked) return;
    form.intake = body.intake;
    form.procedures = [];
    form.query = "";
    form.problem = "";
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    form.problem = problem.detail;
  }
  key = newKey();
  draw();
}

/** Begin with what the citizen looked up at the kiosk or on a phone, unless something has been entered already. */
async function prefill() {
  const matter = desk?.matter;
  if (!matter || form.intake || form.group || form.dropoff || taken.length) return;
  form.choices = choicesOf(matter.situation);
  await choose(matter.procedure, { isFirst: true });
  if (!form.intake) return;
  form.papers = ticked(form, matter.ticks);
  draw();
}

async function scan(text) {
  try {
    const { body } = await post(`${PLACE}/card`, { scan: text });
    const { doubts, ...applicant } = body.applicant;
    form.applicant = { ...applicant, birth: localDay(applicant.birth), sex: applicant.sex ?? "" };
    Object.assign(form, { doubts, isKept: body.is_kept, earlier: body.dossiers, cardProblem: "" });
    announce(t("The card was read."));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    form.cardProblem = problem.detail;
  }
  key = newKey();
  draw();
}

/** Begin with linked procedures, or read anew what follows from what was entered of each. */
async function readParts() {
  const number = (asked += 1);
  try {
    for (const part of form.parts) {
      const { body } = await get(intakePath(part.code, part, limitsBefore(form, part)));
      if (number !== asked) return;
      part.intake = body.intake;
    }
    form.problem = "";
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    form.problem = problem.detail;
  }
  key = newKey();
  draw();
}

/** Send what the desk decides, once; the answer has the dossiers that were taken in. */
async function send(path, content) {
  if (isBusy) return;
  isBusy = true;
  draw();
  try {
    const { body } = await post(`${PLACE}/${path}`, content, { key });
    const [dossier, ...more] = body.dossiers ?? [body.dossier];
    last = { dossier, more, applicant: form.applicant, keeps: null };
    if (form.dropoff) history.replaceState(null, "", location.pathname);
    form = emptyForm();
    key = newKey();
    announce(t("The dossier has the code %(code)s.", { code: last.dossier.code }));
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    form.problem = problem.detail;
    announce(problem.detail, { urgent: true });
  }
  isBusy = false;
  await readVisit();
  byId(last && !form.problem ? "taken-in" : "problem")?.focus();
}

async function decide(decision, more = {}) {
  if (form.group) await send("linked-dossiers", linkedBody(form));
  else if (form.intake) await send("dossiers", bodyOf(form, decision, more));
}

async function supplement() {
  if (!form.intake) return;
  const answer = await askSupplement(absentPapers(form), form.words);
  if (answer) await decide("supplement", answer);
}

async function refuse() {
  if (!form.intake) return;
  const answer = await askReason(page.reasons, form.words);
  if (answer) await decide("refused", answer);
}

/** Do what may be refused, and say so where it was. */
async function attempt(work) {
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    toast(problem.detail, { kind: "danger", seconds: 6 });
  }
  draw();
}

/** Keep what the citizen declared, or note that they do not want that: nothing is asked again for this dossier. */
const keep = (agrees) =>
  attempt(async () => {
    if (agrees) await keepApplicant(PLACE, last.applicant);
    last = { ...last, keeps: agrees };
  });

const forget = () =>
  attempt(async () => {
    if (await eraseKept(form.applicant.number)) form.isKept = false;
  });

async function find(query) {
  try {
    finding = { query, current: query.trim() ? await findDossier(query) : null, problem: "" };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    finding = { query, current: null, problem: problem.detail };
  }
  draw();
}

async function step(name) {
  try {
    const dossier = await doStep(finding.current, name);
    if (dossier) finding = { ...finding, current: await findDossier(dossier.code), problem: "" };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    finding = { ...finding, problem: problem.detail };
    announce(problem.detail, { urgent: true });
  }
  draw();
}

/** Ask for the fee of the dossier that was just taken in, or show where it stands. */
async function charge(code) {
  await find(code);
  if (finding.current?.possible.includes("fee")) await step("fee");
}

const acts = {
  ...editing(edit, () => choose(form.intake.procedure.code)),
  charge,
  mail: () => attempt(() => sendByMail(last.dossier, last.applicant)),
  search,
  choose,
  scan,
  supplement,
  refuse,
  keep,
  find,
  step,
  forget,
  beginKey: () => attempt(beginKey),
  printSlip: (code) => attempt(() => printSlip(code)),
  receive: () => decide("received"),
  chooseGroup: (group) => {
    beginGroup(form, group);
    return readParts();
  },
  ofParts: { edit, read: readParts },
  leave: () => edit((one) => Object.assign(one, emptyForm())),
};

openLink({
  namespace: "/counter",
  auth: { counter: page.counter },
  statePath: `/state/counter/${page.counter}`,
  isFree: () => !form.intake && !form.group && !isBusy,
  on: { card: ({ text }) => (text.includes("|") || !text ? scan(text) : find(text)) },
  onState(next) {
    const isSame = desk?.ticket?.id === next.ticket?.id;
    if (tellPaid(desk?.fee, next.fee) && finding.current?.code === next.fee?.code) find(finding.current.code);
    desk = next;
    if (isSame) draw();
    else readVisit().then(prefill);
  },
  onStatus(next) {
    status = next;
    draw();
  },
});

bindKeys({
  F2: () => byId("procedure")?.focus(),
  F4: () => byId("scan")?.focus(),
  F8: () => acts.receive(),
});
draw();
attempt(() => fillDropoff(form, choose));
ready();
