/** The rating on a ticket's page. */
import { face, faceLabel, isLow, LEVELS } from "../parts/faces.js";
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { page } from "../parts/page.js";
import { reasonChips } from "../parts/reason_chips.js";
import { t } from "../parts/texts.js";

/**
 * Five faces; once one was chosen, why, and the form of questions where the service has it.
 * @param {Motcua.FollowState} state
 * @param {Motcua.FollowedAnswer} rating
 * @param {Pick<Motcua.FollowActs, "rate" | "toggleReason" | "write" | "sendMore">} acts
 */
export function ratingCard(state, rating, { rate, toggleReason, write, sendMore }) {
  const { level, isSending, failure, sent } = rating;
  const hasMore = level !== null && (sent || state.rating.level !== null);
  return html`<section class="card follow-rating" aria-labelledby="rating-title">
    <h2 id="rating-title">${t("Are you satisfied with this service?")}</h2>
    <p class="quiet">${t("The officer cannot see who rated how.")}</p>
    <ol class="follow-faces" role="list">
      ${[...LEVELS].reverse().map(
        (one) =>
          html`<li>
            <button
              type="button"
              class="follow-face"
              data-level=${one}
              aria-pressed=${one === level}
              aria-disabled=${isSending}
              @click=${() => rate(one)}>
              ${face(one)}<span>${faceLabel(one)}</span>
            </button>
          </li>`,
      )}
    </ol>
    ${failure ? html`<p class="notice notice-danger">${failure}</p>` : nothing}
    ${
      hasMore && !failure
        ? html`<p class="notice notice-good" id="rated">
            ${icon("circle-check")}<span>${t("Thank you. Your answer has been recorded.")}</span>
          </p>`
        : nothing
    }
    ${hasMore ? more(state, rating, { toggleReason, write, sendMore }) : nothing}
    ${
      hasMore && state.rating.has_form
        ? html`<a class="button button-wide" id="to-form" href="/t/${page.code}/form"
            >${t("Answer some questions about your visit")}</a
          >`
        : nothing
    }
  </section>`;
}

/**
 * @param {Motcua.FollowState} state
 * @param {Motcua.FollowedAnswer} rating
 * @param {Pick<Motcua.FollowActs, "toggleReason" | "write" | "sendMore">} acts
 */
function more({ reasons }, { level, chosen, comment, isSending, sent }, { toggleReason, write, sendMore }) {
  const asksWhy = level !== null && isLow(level);
  const hasNews = (asksWhy && chosen.size > 0) || comment.trim() !== "";
  return html`<div class="stack">
    ${
      asksWhy
        ? html`<div class="stack stack-small">
            <h3 id="reasons-title">${t("What could be better?")}</h3>
            <div class="chips" role="group" aria-labelledby="reasons-title">
              ${reasonChips(reasons, chosen, toggleReason)}
            </div>
          </div>`
        : nothing
    }
    <div class="field">
      <label class="field-label" for="comment"
        >${t("Your own words")} <span class="field-optional">(${t("optional")})</span></label
      >
      <span class="field-hint" id="comment-hint">${t("Please write no names or identity numbers.")}</span>
      <textarea
        class="input"
        id="comment"
        rows="3"
        maxlength="1000"
        aria-describedby="comment-hint"
        .value=${comment}
        @input=${/** @param {{target: HTMLTextAreaElement}} event */ (event) => write(event.target.value)}></textarea>
    </div>
    ${
      sent === "all"
        ? html`<p class="good" id="sent">${t("Sent. Thank you.")}</p>`
        : html`<button
            type="button"
            class="button button-primary button-large"
            id="send-more"
            aria-disabled=${!hasNews}
            aria-busy=${isSending}
            @click=${() => hasNews && sendMore()}>
            ${t("Send")}
          </button>`
    }
  </div>`;
}
