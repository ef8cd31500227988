import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const sheet = (name) => readFileSync(new URL(`../../motcua/static/css/${name}.css`, import.meta.url), "utf8");
const block = (css, start) => css.slice(css.indexOf(start), css.indexOf("}", css.indexOf(start)));
const read = (text) =>
  Object.fromEntries([...text.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));
const day = read(block(sheet("tokens"), ":root {"));
const night = { ...day, ...read(block(sheet("night"), ".night {")) };

function colour(tokens, name) {
  const value = tokens[name];
  return value.startsWith("var(--") ? colour(tokens, value.slice(6, -1)) : value;
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((n) => parseInt(hex.slice(n, n + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(tokens, one, other) {
  const [dark, bright] = [luminance(colour(tokens, one)), luminance(colour(tokens, other))].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

const hold = (tokens, least, pairs) => {
  for (const [text, area] of pairs) {
    assert.ok(ratio(tokens, text, area) >= least, `${text} on ${area}: ${ratio(tokens, text, area).toFixed(2)}`);
  }
};
const cross = (texts, areas) => texts.flatMap((text) => areas.map((area) => [text, area]));

test("every text reaches 7:1 on paper, card and soft areas", () => {
  const texts = ["ink", "ink-2", "jade-text", "warning-text", "indigo-text"];
  for (const tokens of [day, night]) {
    hold(tokens, 7, cross(texts, ["paper", "card", "gold-soft", "jade-soft", "indigo-soft"]));
  }
  for (const tokens of [day, night]) {
    hold(tokens, 7, cross(["bad-text"], ["paper", "card", "lacquer-soft"]));
    hold(tokens, 7, cross(["call-text"], ["paper", "card"]));
  }
});

test("figures reach 7:1 on every shade of a table, and lines of plots 3:1 on a card", () => {
  for (const tokens of [day, night]) {
    hold(tokens, 7, cross(["ink"], ["shade-1", "shade-2", "shade-3", "shade-4", "shade-5", "shade-6"]));
    hold(tokens, 4.5, cross(["ink-2"], ["shade-1", "shade-2", "shade-3", "shade-4", "shade-5"]));
    hold(tokens, 3, cross(["plot-0", "plot-1", "plot-2", "plot-3", "plot-quiet", "plot-range"], ["card"]));
  }
});

test("every text reaches 7:1 on the coloured areas", () => {
  hold(day, 7, [
    ["on-lacquer", "lacquer"],
    ["on-lacquer-2", "lacquer"],
    ["on-lacquer", "lacquer-deep"],
    ["on-jade", "jade"],
    ["on-gold", "gold"],
    ["on-jade", "indigo"],
  ]);
  hold(night, 7, [
    ["gold", "paper"],
    ["gold", "card"],
  ]);
});

test("edges of controls, focus rings and faces reach 3:1", () => {
  for (const tokens of [day, night]) {
    hold(
      tokens,
      3,
      cross(["line-strong", "focus", "face-1", "face-2", "face-3", "face-4", "face-5"], ["paper", "card"]),
    );
  }
});

/** The sheets of pages that are dark where the device asks for it, and which areas their text may stand on. */
const DARK_SHEETS = ["base", "parts", "forms", "settings", "counter", "dossiers", "leaders", "leaders_pages", "inbox"];
const rules = (css) => [...css.replaceAll(/\/\*.*?\*\//gs, "").matchAll(/([^{}]+)\{([^{}]*)\}/g)];
const token = (declarations, property) =>
  declarations.match(new RegExp(`(?:^|[;\\s])${property}:\\s*var\\(--([\\w-]+)\\)`))?.[1];

test("text of pages that are dark at night is readable by day and by night, on its own area or on any", () => {
  const wrong = [];
  for (const name of DARK_SHEETS) {
    for (const [, selector, declarations] of rules(sheet(name))) {
      const text = token(declarations, "color");
      if (!text) continue;
      const area = token(declarations, "background") ?? (/\.bar\b/.test(selector) ? "lacquer" : null);
      for (const [when, tokens] of Object.entries({ day, night })) {
        for (const one of area ? [area] : ["paper", "card"]) {
          const reached = ratio(tokens, text, one);
          if (reached < 4.5) {
            wrong.push(`${name} ${selector.trim()}: ${text} on ${one} by ${when}, ${reached.toFixed(2)}`);
          }
        }
      }
    }
  }
  assert.deepEqual(wrong, []);
});
