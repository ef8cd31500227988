/** Shows the messages that the desk sends to this browser, also when no page is open. A service worker. */
const worker = /** @type {any} */ (self); // the pages' types know windows only

worker.addEventListener("push", (/** @type {any} */ event) => {
  const message = event.data?.json() ?? { title: "motcua", text: "", tag: "" };
  const options = {
    body: message.text,
    tag: message.tag,
    lang: message.language,
    icon: "/static/img/mark.svg",
    requireInteraction: message.kind === "help.called",
  };
  event.waitUntil(worker.registration.showNotification(message.title, options));
});

worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(
    worker.clients.matchAll({ type: "window" }).then((/** @type {any[]} */ windows) => {
      const open = windows.find((client) => new URL(client.url).pathname.startsWith("/leaders"));
      return open ? open.focus() : worker.clients.openWindow("/leaders/alerts");
    }),
  );
});
