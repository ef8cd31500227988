/** The settings pages: shows the section that the address names. */
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { setLanguage } from "../parts/texts.js";
import { appointments } from "./appointments.js";
import * as basics from "./basics.js";
import { counters } from "./counters.js";
import { daysOff } from "./days.js";
import { devices } from "./devices.js";
import { wholeDocument } from "./document.js";
import { openForm } from "./form.js";
import { people } from "./people.js";
import { printing } from "./printing.js";
import { queue, waits } from "./queue.js";
import { seats } from "./seats.js";
import { services } from "./services.js";
import { voice } from "./voice.js";
import { web } from "./web.js";

const FORMS = {
  unit: basics.unit,
  hours: basics.openingHours,
  days_off: daysOff,
  services,
  counters,
  priorities: basics.priorities,
  queue,
  waits,
  staff: basics.staff,
  seats,
  web,
  appointments,
  rating: basics.rating,
  texts: basics.texts,
  voice,
  printing,
};
const PAGES = { people, devices, document: wholeDocument };

await setLanguage(page.lang);
document.querySelector(".side-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
const app = document.getElementById("app");
ready();
if (FORMS[page.section]) openForm(app, FORMS[page.section]);
else await PAGES[page.section](app);
