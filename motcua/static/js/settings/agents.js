/** Questions to a device program, through the desk. */
import { post } from "../parts/api.js";

const WAIT_MS = 10_000;
const SLOW_MS = 35_000;

/**
 * Ask the agent with this number; returns its answer, throws `Problem` with the agent's own words.
 * Never asked twice: a test prints a paper. What an answer holds depends on the question.
 * @param {string | number} agent
 * @param {string} what
 * @param {Record<string, unknown>} [more]
 * @returns {Promise<any>}
 */
export async function askAgent(agent, what, more = {}) {
  const timeoutMs = ["test", "put", "learn"].includes(what) ? SLOW_MS : WAIT_MS;
  return (await post(`/api/v1/agents/${agent}/ask`, { what, ...more }, { tries: 1, timeoutMs })).body;
}
