/**
 * The page of a dossier's look-up is whole without a script. This one counts the poster that led
 * here, and offers messages to this phone.
 */
import { offerMessages } from "./push.js";
import { page } from "../parts/page.js";
import { countPoster } from "../parts/poster.js";
import { ready } from "../parts/ready.js";
import { setLanguage } from "../parts/texts.js";

countPoster("dossiers");
await setLanguage(page.lang);
ready();
await offerMessages();
