/** An eslint rule: the name of a variable says what the thing is, not that something happened to it. */
const VAGUE = new Set("found told said heard given kept wanted shown known mine own made".split(" "));

/** Reports each variable, parameter, function, class and import with a vague name. Keys and fields may be data. */
export const plainNames = {
  meta: {
    type: "suggestion",
    schema: [],
    messages: { vague: "`{{name}}` does not say what this is. Use its type or role: `ticket`, `answer`, `report`." },
  },
  create(context) {
    return {
      Program() {
        const variables = context.sourceCode.scopeManager.scopes.flatMap((scope) => scope.variables);
        const vague = variables.filter(({ name }) => VAGUE.has(name));
        // a class is a variable outside itself and within, with one identifier
        for (const node of new Set(vague.flatMap(({ identifiers }) => identifiers))) {
          context.report({ node, messageId: "vague", data: { name: node.name } });
        }
      },
    };
  },
};
