/** The settings pages: shows the section that the address names. */
import { html, nothing } from "../parts/html.js";
import { page } from "../parts/page.js";
import { ready } from "../parts/ready.js";
import { setLanguage } from "../parts/texts.js";
import { otherCards } from "./declared.js";
import { openForm } from "./form.js";

/** Forms of their own, each loaded by the page that shows it. Other sections have plain fields only. */
const FORMS = {
  alerts: async () => (await import("./alerts.js")).alerts,
  camera: async () => (await import("./camera.js")).camera,
  hours: async () => (await import("./basics.js")).openingHours,
  days_off: async () => (await import("./days.js")).daysOff,
  services: async () => (await import("./services.js")).services,
  counters: async () => (await import("./counters.js")).counters,
  dossiers: async () => (await import("./dossiers.js")).dossiers,
  priorities: async () => (await import("./basics.js")).priorities,
  queue: async () => (await import("./queue.js")).queue,
  seats: async () => (await import("./seats.js")).seats,
  web: async () => (await import("./web.js")).web,
  appointments: async () => (await import("./appointments.js")).appointments,
  rating: async () => (await import("./basics.js")).rating,
  monthly: async () => (await import("./monthly.js")).monthly,
  indices: async () => (await import("./indices.js")).indices,
  posters: async () => (await import("./posters.js")).posters,
  suggestions: async () => (await import("./suggestions.js")).suggestions,
  work: async () => (await import("./work.js")).work,
  texts: async () => (await import("./basics.js")).texts,
  voice: async () => (await import("./voice.js")).voice,
  printing: async () => (await import("./printing.js")).printing,
};
const PAGES = {
  people: async () => (await import("./people.js")).people,
  devices: async () => (await import("./devices.js")).devices,
  document: async () => (await import("./document.js")).wholeDocument,
};

const [form, show] = await Promise.all([FORMS[page.section]?.(), PAGES[page.section]?.(), setLanguage(page.lang)]);
document.querySelector(".side-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
const app = document.getElementById("app");
ready();
if (show) await show(app);
else openForm(app, () => html`${form?.() ?? nothing}${otherCards()}`);
