/** A field with a list of words. */
import { html, live } from "../parts/html.js";
import { field } from "./fields.js";
import { edit, value } from "./form.js";

/**
 * A list of words, one on each line; what is wrong with one of them stands under the field.
 * @type {Motcua.Field}
 */
export function words(place, label, more = {}) {
  return field(
    place,
    label,
    ({ id, described, isWrong }) =>
      html`<textarea
        class="input"
        rows="5"
        id=${id}
        data-place=${place}
        data-label=${label}
        aria-describedby=${described}
        aria-invalid=${isWrong}
        .value=${live((value(place) ?? []).join("\n"))}
        @change=${(event) =>
          edit(
            place,
            event.target.value.split("\n").filter((word) => word.trim()),
          )}></textarea>`,
    { below: true, ...more },
  );
}
