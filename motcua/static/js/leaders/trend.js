/** Draws the weeks of one officer as a p-chart; everything else stands in the page already. */
import { page } from "../parts/page.js";
import { drawPlot } from "../parts/plot.js";
import { formatPercent, setLanguage, t } from "../parts/texts.js";
import { planTrend } from "./officer_plots.js";

const place = document.getElementById("trend");
if (place && page.figures) {
  await setLanguage(page.lang);
  const words = {
    title: t("Satisfied by week, in percent"),
    rate: t("Satisfied"),
    mean: t("mean"),
    limits: t("Limits of chance"),
    signal: t("stands out"),
  };
  drawPlot(
    place,
    planTrend(page.figures, words, (percent) => formatPercent(Math.round(percent * 10))),
  );
}
