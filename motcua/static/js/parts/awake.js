/*
 * Within a page whose watch.js did not arrive: the desk answers again, so the page is loaded anew.
 * For the oldest browsers, as watch.js.
 */
if (parent !== window && !parent.document.documentElement.hasAttribute("data-watched")) parent.location.reload();
