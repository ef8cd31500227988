import assert from "node:assert/strict";
import { test } from "node:test";

import { choicesBefore, matterOf, NOTHING, situationOf } from "../../motcua/static/js/kiosk/finding.js";

const PAPERS = [{ code: "declaration" }, { code: "birth-notice" }];
const ANSWERS = [
  { question: "child", choice: "usual" },
  { question: "filer", choice: "parent" },
];

test("answers go into an address in their order", () => {
  assert.equal(situationOf({ child: "usual", filer: "parent" }), "child:usual,filer:parent");
  assert.equal(situationOf({}), "");
});

test("a number is taken with codes only, and papers in the order of the checklist", () => {
  const finding = {
    ...NOTHING,
    checklist: { code: "1.001193", papers: PAPERS, answers: ANSWERS },
    choices: { child: "usual" },
    ticked: ["birth-notice", "declaration", "gone"],
  };
  assert.deepEqual(matterOf(finding), {
    procedure: "1.001193",
    choices: { child: "usual" },
    papers: ["declaration", "birth-notice"],
  });
});

test("nothing goes with a number where nothing was looked up, and no answers where there is no checklist", () => {
  assert.equal(matterOf(NOTHING), null);
  const bare = { ...NOTHING, checklist: { code: "1.003677", papers: null, answers: [] }, choices: { a: "b" } };
  assert.deepEqual(matterOf(bare), { procedure: "1.003677", choices: {}, papers: [] });
});

test("a step back takes the last answer away", () => {
  assert.deepEqual(choicesBefore({ ...NOTHING, checklist: { answers: ANSWERS } }), { child: "usual" });
  assert.equal(choicesBefore({ ...NOTHING, checklist: { answers: [] } }), null);
  assert.equal(choicesBefore(NOTHING), null);
});
