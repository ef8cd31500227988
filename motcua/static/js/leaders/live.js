/** The leaders' stream, which two pages read: the hall, its open alerts and calls for help, and how the line is. */
import { now } from "../parts/clock.js";
import { HelpCalls } from "../parts/help.js";
import { openLink } from "../parts/link.js";
import { AlertList } from "./alert_list.js";

export class LiveHall {
  /**
   * `onState(state)` hears each state before `onChange()`, which draws the page.
   * @param {{onChange: () => void, onState?: (state: Motcua.Streams["/leaders"]) => void}} options
   */
  constructor({ onChange, onState = () => {} }) {
    /** Whether a state has come; until then what the server wrote stands there. */
    this.isKnown = false;
    /** @type {Motcua.LineStatus} */
    this.status = { online: false, lastChange: null, since: now(), refused: null };
    this.help = new HelpCalls({ onChange });
    this.alerts = new AlertList({ onChange });
    this._onChange = onChange;
    this._onState = onState;
  }

  /** Whether whoever looks is out: signed out, and not only for a moment. */
  get isRefused() {
    return Boolean(this.status.refused && !this.status.online);
  }

  /** Begin to listen. */
  open() {
    openLink({
      namespace: "/leaders",
      statePath: "/state/leaders",
      onState: (state) => {
        this.isKnown = true;
        this.help.take(state.help);
        this.alerts.take(state.alerts, state.alerts_count);
        this._onState(state);
        this._onChange();
      },
      onStatus: (status) => {
        this.status = status;
        this._onChange();
      },
    });
  }
}
