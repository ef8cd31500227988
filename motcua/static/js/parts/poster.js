/** Tells the desk once that this page was opened by the code of a neighbourhood's poster. */
import { post } from "./api.js";

/**
 * Count this page for the poster in the address (`?p=`), which is then taken out of it: what is
 * loaded again, or sent on, is not counted. A page that nobody sees yet waits until somebody does.
 * @param {"papers" | "dossiers"} name  the page
 */
export function countPoster(name) {
  const address = new URL(location.href);
  const poster = address.searchParams.get("p");
  if (!poster) return;
  if (document.visibilityState !== "visible") {
    document.addEventListener("visibilitychange", () => countPoster(name), { once: true });
    return;
  }
  address.searchParams.delete("p");
  history.replaceState(history.state, "", address);
  // nothing is shown for it, and a count that is lost is lost
  post("/api/v1/poster-uses", { poster, page: name }, { tries: 2 }).catch(() => undefined);
}
