/**
 * The kinds of devices that agents drive, as the server's one table says:
 * `{name, label, icon, default_name, place, tested, …}`.
 */
import { page } from "./page.js";

/** @type {Motcua.DeviceKind[]} */
export const KINDS = page.kinds ?? [];
/** Those whose keys motcua can learn. */
export const LEARNT_KINDS = KINDS.filter((kind) => kind.profile_name);

/**
 * Return the kind that devices call `name`; one that this page does not know has its code as its name.
 * @param {string} name
 * @returns {Motcua.DeviceKind}
 */
export function kindOf(name) {
  return (
    KINDS.find((kind) => kind.name === name) ?? {
      name,
      label: name,
      icon: "settings",
      default_name: name,
      place: "hall",
      tested: "",
      test_payload: {},
      profile_name: "",
      has_region: false,
      connections: [],
    }
  );
}

/**
 * Return what people call the way in which a device is connected, "serial" of a keypad.
 * @param {string} kind
 * @param {string} way
 */
export function connectionWord(kind, way) {
  return kindOf(kind).connections.find(({ name }) => name === way)?.label ?? `${kind}.${way}`;
}
