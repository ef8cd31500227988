import assert from "node:assert/strict";
import { test } from "node:test";

import {
  absentPapers,
  bodyOf,
  choicesOf,
  emptyForm,
  feeBody,
  handedPapers,
  intakePath,
  localDay,
  writeDay,
  nextOther,
  paperOf,
  ticked,
} from "../../motcua/static/js/dossiers/model.js";
import { beginGroup, limitsBefore, linkedBody, setCommonPaper } from "../../motcua/static/js/dossiers/linked.js";

const ITEMS = [
  { code: "form", form: "form", count: 1, from_data: false, is_required: true },
  { code: "copies", form: "copy", count: 2, from_data: false, is_required: false },
  { code: "identity", form: "shown", count: 1, from_data: true, is_required: true },
];

function formOf() {
  return { ...emptyForm(), intake: { procedure: { code: "1.000656" }, checklist: { items: ITEMS } } };
}

test("what data replace counts as handed in, and nothing else does before it is ticked", () => {
  const form = formOf();
  assert.deepEqual(handedPapers(form), [{ code: "identity", originals: 0, copies: 0, from_data: true }]);
  assert.deepEqual(
    absentPapers(form).map((item) => item.code),
    ["form"],
  );
});

test("a paper that is ticked has as many sheets as the checklist says, in its form", () => {
  const form = formOf();
  form.papers = ticked(form, "110");
  form.others = [{ code: "x1", name: "Hộ chiếu", originals: 1, copies: 0 }];
  assert.deepEqual(handedPapers(form), [
    { code: "form", originals: 1, copies: 0, from_data: false },
    { code: "copies", originals: 0, copies: 2, from_data: false },
    { code: "identity", originals: 0, copies: 0, from_data: true },
    { code: "x1", name: "Hộ chiếu", originals: 1, copies: 0 },
  ]);
  assert.equal(paperOf(form, ITEMS[0]).isIn, true);
});

test("a scanned paper is told of, but not one that comes from data", () => {
  const form = formOf();
  form.papers = ticked(form, "100");
  form.papers.form.isScanned = true;
  form.papers.identity.isScanned = true;
  form.others = [{ code: "x1", name: "Hộ chiếu", originals: 1, copies: 0, isScanned: true }];
  assert.deepEqual(handedPapers(form), [
    { code: "form", originals: 1, copies: 0, from_data: false, is_scanned: true },
    { code: "identity", originals: 0, copies: 0, from_data: true },
    { code: "x1", name: "Hộ chiếu", originals: 1, copies: 0, is_scanned: true },
  ]);
});

test("the body leaves out what is empty", () => {
  const form = formOf();
  form.applicant.name = " An ";
  const body = bodyOf(form, "supplement", { missing: ["form"] });
  assert.deepEqual(body.applicant, { name: "An" });
  assert.deepEqual(Object.keys(body).sort(), [
    "applicant",
    "channel",
    "choices",
    "decision",
    "missing",
    "papers",
    "procedure",
    "sets",
  ]);
});

test("a situation comes from the ticket and goes into the address", () => {
  const choices = choicesOf("child:usual,filer:parent");
  assert.deepEqual(choices, { child: "usual", filer: "parent" });
  assert.deepEqual(choicesOf(""), {});
  const path = intakePath("1.000656", { choices, limit: { unit: "days", count: 3 } });
  assert.equal(path, "/api/v1/dossiers/intake/1.000656?choices=child%3Ausual%2Cfiler%3Aparent&unit=days&count=3");
});

test("other papers have codes of their own, and days are written as people write them", () => {
  assert.equal(nextOther([]), "x1");
  assert.equal(nextOther([{ code: "x1" }, { code: "x4" }]), "x5");
  assert.deepEqual(["1990-05-04", "1948", ""].map(localDay), ["04/05/1990", "1948", ""]);
});

test("a day of birth is written as the language does, however it was typed", () => {
  const days = ["1960-11-29", "29.11.1960", " 9 / 1 / 1960", "29-11-1960", "1948", "", "x", "1960-13"];
  const written = ["29/11/1960", "29/11/1960", "09/01/1960", "29/11/1960", "1948", "", "x", "1960-13"];
  assert.deepEqual(days.map(writeDay), written);
});

test("a fee is that of the catalogue, or another amount however it was typed", () => {
  const read = (values) => feeBody(new Map(Object.entries(values)), 3);
  assert.deepEqual(read({ line: "0", units: "5", relief: "", amount: "", reason: "", holds: "on" }), {
    lines: [{ place: 0, units: 5 }],
    relief: "",
    reason: "",
    holds: true,
    counter: 3,
  });
  const other = read({ line: "", units: "", relief: "halved", amount: "15.000", reason: " Hộ nghèo ", holds: null });
  assert.deepEqual([other.lines, other.amount, other.reason, other.holds], [[], 15000, "Hộ nghèo", false]);
});

const PAPER = (code, name) => ({
  code,
  name: { vi: name, en: "" },
  form: "original",
  count: 1,
  from_data: false,
  is_required: true,
});

function linkedForm() {
  const form = emptyForm();
  beginGroup(form, {
    code: "birth",
    is_in_turn: true,
    procedures: [{ code: "1.001193" }, { code: "1.004222" }, { code: "1.010402" }],
    common: [
      [
        ["1.001193", "notice"],
        ["1.010402", "birth-notice"],
      ],
    ],
  });
  const checklists = [[PAPER("notice", "Giấy chứng sinh")], null, [PAPER("birth-notice", "Giấy chứng sinh")]];
  form.parts.forEach((part, n) => {
    part.intake = {
      procedure: { code: part.code },
      usual: { unit: n ? "working_days" : "same_day", count: n ? 3 : 0 },
      checklist: checklists[n] && { items: checklists[n] },
    };
  });
  form.applicant.name = " An ";
  return form;
}

test("a paper that two linked procedures need is ticked once", () => {
  const form = linkedForm();
  const [first, , third] = form.parts;
  setCommonPaper(form, first, first.intake.checklist.items[0], { isIn: true, originals: 2 });
  assert.deepEqual(
    linkedBody(form).dossiers.map(({ papers }) => papers),
    [
      [{ code: "notice", originals: 2, copies: 0, from_data: false }],
      [],
      [{ code: "birth-notice", originals: 2, copies: 0, from_data: false }],
    ],
  );
  third.isIn = false;
  assert.deepEqual(
    linkedBody(form).dossiers.map(({ procedure }) => procedure),
    ["1.001193", "1.004222"],
  );
  assert.deepEqual(linkedBody(form).applicant, { name: "An" });
});

test("the time of a linked procedure begins after those before it that are taken in", () => {
  const form = linkedForm();
  const [first, second, third] = form.parts;
  assert.equal(limitsBefore(form, first), "");
  assert.equal(limitsBefore(form, third), "same_day:0,working_days:3");
  second.isIn = false;
  assert.equal(limitsBefore(form, third), "same_day:0");
  form.group.is_in_turn = false;
  assert.equal(limitsBefore(form, third), "");
});
