/** Shows the messages about dossiers that the desk sends to this phone, also when no page is open. A service worker. */
const phone = /** @type {any} */ (self); // the pages' types know windows only

phone.addEventListener("push", (/** @type {any} */ event) => {
  const message = event.data?.json() ?? { title: "motcua", text: "", tag: "" };
  const options = {
    body: message.text,
    tag: message.tag,
    lang: message.language,
    icon: "/static/img/mark.svg",
    data: message.path,
  };
  event.waitUntil(phone.registration.showNotification(message.title, options));
});

phone.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  const path = String(event.notification.data ?? "");
  event.waitUntil(phone.clients.openWindow(/^\/d(\/[\w-]+)?$/.test(path) ? path : "/d"));
});
