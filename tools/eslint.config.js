/** What eslint holds the pages' scripts to. Layout is prettier's, types are TypeScript's. */
import js from "@eslint/js";
import globals from "globals";
import { plainNames } from "./plain_names.js";

const RULES = {
  curly: ["error", "multi-line"],
  eqeqeq: "error",
  "no-implicit-coercion": ["error", { boolean: true, number: false, string: true }],
  "no-param-reassign": "error",
  "no-shadow": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
  "no-useless-rename": "error",
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-arrow-callback": "error",
  "prefer-const": "error",
  "motcua/plain-names": "error",
};

export default [
  js.configs.recommended,
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    plugins: { motcua: { rules: { "plain-names": plainNames } } },
    rules: RULES,
  },
  {
    files: ["tests/js/**", "tools/*.js", "tools/*.mjs"],
    languageOptions: { globals: globals.node },
  },
  {
    // these two run in browsers that know neither modules nor ES2015
    files: ["motcua/static/js/parts/watch.js", "motcua/static/js/parts/awake.js"],
    languageOptions: { ecmaVersion: 5, sourceType: "script" },
    rules: {
      "no-var": "off",
      "object-shorthand": "off",
      "prefer-arrow-callback": "off",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
    },
  },
];
