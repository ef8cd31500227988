import assert from "node:assert/strict";
import test from "node:test";
import { both, counted, formatNumber, formatPercent, t } from "../../motcua/static/js/parts/texts.js";

test("placeholders are filled as Python does, unknown ones stay", () => {
  assert.equal(t("%(n)s of %(all)s, 100%%", { n: 3, all: 7 }), "3 of 7, 100%");
  assert.equal(t("%(n)s waiting"), "%(n)s waiting");
  assert.equal(t("%(n)s %(other)s", { n: 0 }), "0 %(other)s");
});

test("a text in two languages falls back to Vietnamese", () => {
  assert.equal(both({ vi: "Chứng thực", en: "Certification" }), "Chứng thực");
  assert.equal(both({ vi: "Chứng thực", en: "" }, "en"), "Chứng thực");
  assert.equal(both({ vi: "Chứng thực", en: "Certification" }, "en"), "Certification");
  assert.equal(both(null), "");
});

test("figures are written in Vietnamese fashion", () => {
  assert.deepEqual(
    [2914, 12, -1234567].map((n) => formatNumber(n)),
    ["2.914", "12", "−1.234.567"],
  );
  assert.equal(formatNumber(17.42, 1), "17,4");
  assert.equal(formatPercent(918), "91,8 %");
  assert.equal(counted(1, "%(n)s người", "%(n)s người"), "1 người");
});
