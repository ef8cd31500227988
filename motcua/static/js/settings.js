/** The settings pages: shows the section that the address names. */
import { html, nothing } from "./parts/html.js";
import { page } from "./parts/page.js";
import { ready } from "./parts/ready.js";
import { setLanguage } from "./parts/texts.js";
import { appointments } from "./settings/appointments.js";
import * as basics from "./settings/basics.js";
import { counters } from "./settings/counters.js";
import { daysOff } from "./settings/days.js";
import { otherCards } from "./settings/declared.js";
import { devices } from "./settings/devices.js";
import { wholeDocument } from "./settings/document.js";
import { openForm } from "./settings/form.js";
import { people } from "./settings/people.js";
import { printing } from "./settings/printing.js";
import { queue } from "./settings/queue.js";
import { seats } from "./settings/seats.js";
import { services } from "./settings/services.js";
import { voice } from "./settings/voice.js";
import { web } from "./settings/web.js";

/** Forms of their own. Other sections have plain fields only. */
const FORMS = {
  hours: basics.openingHours, days_off: daysOff, services, counters, priorities: basics.priorities, queue, seats, web, appointments,
  rating: basics.rating, texts: basics.texts, voice, printing,
};
const PAGES = { people, devices, document: wholeDocument };

await setLanguage(page.lang);
document.querySelector(".side-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
const app = document.getElementById("app");
ready();
if (PAGES[page.section]) await PAGES[page.section](app);
else openForm(app, () => html`${FORMS[page.section]?.() ?? nothing}${otherCards()}`);
