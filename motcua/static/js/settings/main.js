/** The settings pages: shows the section that the address names. */
import { html, nothing } from "../parts/html.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { setLanguage } from "../parts/texts.js";
import { alerts } from "./alerts.js";
import { appointments } from "./appointments.js";
import * as basics from "./basics.js";
import { camera } from "./camera.js";
import { counters } from "./counters.js";
import { daysOff } from "./days.js";
import { otherCards } from "./declared.js";
import { devices } from "./devices.js";
import { wholeDocument } from "./document.js";
import { dossiers } from "./dossiers.js";
import { openForm } from "./form.js";
import { indices } from "./indices.js";
import { monthly } from "./monthly.js";
import { people } from "./people.js";
import { posters } from "./posters.js";
import { printing } from "./printing.js";
import { queue } from "./queue.js";
import { seats } from "./seats.js";
import { services } from "./services.js";
import { suggestions } from "./suggestions.js";
import { voice } from "./voice.js";
import { web } from "./web.js";
import { work } from "./work.js";

/** Forms of their own. Other sections have plain fields only. */
const FORMS = {
  alerts,
  camera,
  hours: basics.openingHours,
  days_off: daysOff,
  services,
  counters,
  dossiers,
  priorities: basics.priorities,
  queue,
  seats,
  web,
  appointments,
  rating: basics.rating,
  monthly,
  indices,
  posters,
  suggestions,
  work,
  texts: basics.texts,
  voice,
  printing,
};
const PAGES = { people, devices, document: wholeDocument };

await setLanguage(page.lang);
document.querySelector(".side-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
const app = document.getElementById("app");
ready();
if (PAGES[page.section]) await PAGES[page.section](app);
else openForm(app, () => html`${FORMS[page.section]?.() ?? nothing}${otherCards()}`);
