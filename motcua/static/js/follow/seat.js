/** Where the citizen sits, on the ticket's page: shown, and changed while the number waits. */
import { html, nothing } from "../parts/html.js";
import { icon } from "../parts/icon.js";
import { t } from "../parts/texts.js";

/**
 * The card; nothing for a number that is called to a counter. `chair` is {isOpen, isSending, failure}.
 * @param {Motcua.FollowState} state
 * @param {Motcua.FollowedChair} chair
 * @param {Pick<Motcua.FollowActs, "openSeats" | "sit">} acts
 */
export function seatCard({ seat, seats, ticket }, chair, { openSeats, sit }) {
  const isWaiting = ticket.state === "waiting";
  if (!seats.length && !(seat && ["waiting", "called", "serving", "held", "absent"].includes(ticket.state))) {
    return nothing;
  }
  return html`<section class="card follow-seat" aria-labelledby="seat-title">
    <h2 id="seat-title">${seat ? t("The officer comes to your seat") : t("Do you sit in the hall?")}</h2>
    <p class="follow-chair" id="seat">
      ${icon("armchair")} <span>${seat ?? t("No seat said yet: you will be called to a counter.")}</span>
    </p>
    ${chair.failure ? html`<p class="notice notice-danger" role="alert">${chair.failure}</p>` : nothing}
    ${isWaiting && seats.length ? chooser(seat, seats, chair, { openSeats, sit }) : nothing}
  </section>`;
}

/**
 * @param {string | null} seat
 * @param {string[]} seats
 * @param {Motcua.FollowedChair} chair
 * @param {Pick<Motcua.FollowActs, "openSeats" | "sit">} acts
 */
function chooser(seat, seats, { isOpen, isSending }, { openSeats, sit }) {
  return html`<button
      type="button"
      class="button button-wide"
      id="change-seat"
      aria-expanded=${isOpen}
      aria-controls="seats"
      @click=${openSeats}>
      ${isOpen ? t("Leave it as it is") : seat ? t("I sit somewhere else now") : t("Say where I sit")}
    </button>
    <div class="follow-seats" id="seats" role="group" aria-labelledby="seat-title" ?hidden=${!isOpen}>
      ${
        isOpen
          ? seats.map(
              (label) =>
                html`<button
                  type="button"
                  class="button"
                  aria-pressed=${label === seat}
                  aria-disabled=${isSending}
                  @click=${() => sit(label)}>
                  ${label}
                </button>`,
            )
          : nothing
      }
    </div>`;
}
