import assert from "node:assert/strict";
import { test } from "node:test";

import {
  canGoOn,
  contactFields,
  countPages,
  missingPapers,
  neighbour,
  newScans,
  typeInto,
} from "../../motcua/static/js/dropoff/steps.js";

const PAPERS = [
  { code: "form", is_required: true },
  { code: "photo", is_required: false },
  { code: "deed", is_required: true },
];
const SCANS = {
  name: "",
  papers: PAPERS,
  pages: [
    { n: 1, paper: "form" },
    { n: 3, paper: "form" },
  ],
};
const NOBODY = { name: " ", phone: "", email: "", birth: "" };

test("pages are counted by paper, and only what is needed is missing", () => {
  assert.equal(countPages(SCANS, "form"), 2);
  assert.deepEqual(
    missingPapers(SCANS).map((paper) => paper.code),
    ["deed"],
  );
});

test("papers come one after the other, and end", () => {
  assert.equal(neighbour(PAPERS, "form", 1), "photo");
  assert.equal(neighbour(PAPERS, "deed", 1), null);
  assert.equal(neighbour(PAPERS, "form", -1), null);
});

test("a name or a card, one way to be reached, and what a look-up asks for, are enough", () => {
  assert.equal(canGoOn({ ...NOBODY, name: "An" }, SCANS), false);
  assert.equal(canGoOn({ ...NOBODY, phone: "0912345678" }, SCANS), false);
  assert.equal(canGoOn({ ...NOBODY, name: "An", email: "an@example.vn" }, SCANS), false);
  assert.equal(canGoOn({ ...NOBODY, name: "An", email: "an@example.vn", birth: "1990" }, SCANS), true);
  assert.equal(canGoOn({ ...NOBODY, email: "an@example.vn" }, { ...SCANS, name: "N*** An", has_birth: true }), true);
  assert.equal(canGoOn({ ...NOBODY, phone: "0912345678" }, { ...SCANS, name: "N*** An" }), true);
});

test("a card that says the day of birth saves a field", () => {
  assert.deepEqual(contactFields(SCANS), ["name", "phone", "email", "birth"]);
  assert.deepEqual(contactFields({ ...SCANS, has_birth: true }), ["name", "phone", "email"]);
});

test("what the scanner brought is told once, and so is what was refused", () => {
  const before = { pages: [{ n: 1 }, { n: 2 }], scanner: { refusals: [] } };
  const bad = { vi: "hỏng", en: "bad" };
  const after = { pages: [{ n: 2 }, { n: 4 }, { n: 5 }], scanner: { refusals: [bad] } };
  assert.deepEqual(newScans(before, after), { pages: 2, refusal: bad });
  assert.deepEqual(newScans(after, after), { pages: 0, refusal: null });
});

test("a key of the screen types, and takes back", () => {
  assert.equal(typeInto("A", "n"), "An");
  assert.equal(typeInto("An", "back"), "A");
  assert.equal(typeInto("x".repeat(120), "y").length, 120);
});
