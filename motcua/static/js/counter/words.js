/** Names of services and priority classes, as a counter's state has them. */
import { both, t } from "../parts/texts.js";

/** The name of a service, its code where the settings know it no more. */
export const serviceName = (state, code) => both(state.services.find((service) => service.code === code)?.name) || code;

/**
 * The words of a ticket's priority class, null for an ordinary one.
 * @param {Motcua.CounterState} state
 */
export function className(state, { priority }) {
  const priorityClass = state.priorities.find((item) => item.code === priority);
  if (!priorityClass) return t("Priority"); // a class that the settings had when the number was taken
  return priorityClass.has_priority ? both(priorityClass.label) : null;
}
