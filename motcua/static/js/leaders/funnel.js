/** Draws the funnel of each group of services whose comparison is open; the tables stand in the page already. */
import { page } from "../parts/page.js";
import { drawPlot } from "../parts/plot.js";
import { formatPercent, setLanguage, t } from "../parts/texts.js";
import { planFunnel } from "./officer_plots.js";

const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-funnel]"));
if (places.length) {
  await setLanguage(page.lang);
  const words = {
    title: t("Satisfied, in percent, by number of answers (n)"),
    inside: t("within the limits"),
    outside: t("outside the wide limits"),
    mean: t("mean"),
    inner: t("95 percent limits"),
    outer: t("99.8 percent limits"),
  };
  for (const place of places) {
    const group = page.figures.groups.find((one) => one.letter === place.dataset.funnel);
    drawPlot(
      place,
      planFunnel(group, words, (percent) => formatPercent(Math.round(percent * 10))),
    );
  }
}
