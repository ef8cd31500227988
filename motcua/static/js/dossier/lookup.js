/** The page of a dossier's look-up: it is whole without a script, which only counts the poster that led here. */
import { countPoster } from "../parts/poster.js";
import { ready } from "../parts/ready.js";

countPoster("dossiers");
ready();
