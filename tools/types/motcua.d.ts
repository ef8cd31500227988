/** What the server sends, for the pages' scripts. `server.d.ts` is written by `make lint` from the server's own description. */
import type { components, paths } from "./server";

declare global {
  namespace Motcua {
    type Schemas = components["schemas"];
    type Language = "vi" | "en";
    type Both = Schemas["Both"];
    /** A time in ms since 1970, or as RFC 3339. */
    type Moment = number | string;

    /** The state of each stream, by its namespace. */
    interface Streams {
      "/wall": Schemas["WallStream"];
      "/kiosk": Schemas["KioskStream"];
      "/counter": Schemas["CounterStream"];
      "/pad": Schemas["PadStream"];
      "/follow": Schemas["FollowStream"];
      "/leaders": Schemas["LeadersStream"];
      "/preview": Schemas["PreviewStream"];
    }

    type WallState = Streams["/wall"];
    type KioskState = Streams["/kiosk"];
    type CounterState = Streams["/counter"];
    type PadState = Streams["/pad"];
    type FollowState = Streams["/follow"];
    type LeadersState = Streams["/leaders"];

    /** What every message of a stream has. */
    interface Stamped {
      epoch: string;
      revision: number;
    }

    interface Link<Namespace extends keyof Streams> {
      readonly state: Streams[Namespace] | null;
      readonly status: LineStatus;
      emit(event: string, data?: object): Promise<any>;
      refresh(): void;
      close(): void;
    }

    /** How a page's line to the server is; times in ms of the server's clock. */
    interface LineStatus {
      online: boolean;
      since: number;
      lastChange: number | null;
      via?: "socket" | "poll" | null;
      refused?: string | null;
    }

    /** The JSON answer to a call of the API, also where an address holds an id or a query; `any` for other addresses. */
    type Answer<Path extends string, Method extends string> = Pattern<Path> extends keyof Calls
      ? Calls[Pattern<Path>] extends Record<Method, { responses: infer Responses }>
        ? JsonOf<Responses[keyof Responses & (200 | 201)]>
        : any
      : any;
    type Calls = { [Path in keyof paths as Pattern<Path>]: paths[Path] };
    /** An address without its query, with `*` for each part that varies: `/api/v1/tokens/{id}` is `/api/v1/tokens/*`. */
    type Pattern<Path extends string> = Path extends `${infer Part}/${infer Rest}`
      ? `${PartPattern<Part>}/${Pattern<Rest>}`
      : PartPattern<Path>;
    type PartPattern<Part extends string> = "0" extends Part
      ? "*"
      : Part extends `{${string}}`
        ? "*"
        : Part extends `${infer Name}?${string}`
          ? Name
          : Part;
    type JsonOf<Response> = Response extends { content: { "application/json": infer Body } } ? Body : any;

    /** What every message of a stream has, and what sets the page's clock. */
    interface Message extends Stamped {
      at?: Moment | null;
      speed?: number;
    }

    /** Something that a camera needs before it may score smiles. */
    interface CameraStep {
      code: string;
      state: string;
      title: string;
      text: string;
      link?: { to: string; words: string };
    }

    /** The square in which a camera looks for a face: left of the width, top of the height, side of the shorter edge. */
    type Region = [number, number, number];
    type Corner = "nw" | "ne" | "sw" | "se";

    /** The dialog of a camera's region. `size` is that of the picture, null while none is shown. */
    interface RegionForm {
      name: string;
      isFixed: boolean;
      counter: number | null;
      size: { width: number; height: number } | null;
      region: Region | null;
      typed: string[] | null;
      isWrong: boolean;
      problem: string;
      complaint: string;
      isBusy: boolean;
    }

    type CheckItem = Schemas["CheckItem"];
    /** What an answer of the server about the morning check carries. */
    type CheckReply = { status: number; body: CheckState };
    type CheckState = Schemas["CheckAnswer"];
    type CheckSheet = Schemas["CheckSheet"];

    type RatingQuestion = Schemas["RatingQuestion"];
    type CameraQuestion = Schemas["CameraQuestion"];

    /** What a pad goes on with after a press. */
    type PadStep =
      | { step: "reasons"; ask: RatingQuestion; level: number; chosen: Set<string>; comment: string }
      | { step: "thanks"; ask: RatingQuestion };

    /** What touches on the pad do. */
    interface PadActs {
      write: (comment: string) => void;
      skip: (ask: RatingQuestion) => void;
      switchLanguage: (language: Language) => void;
      rate: (level: number, ask: RatingQuestion) => void;
      toggle: (code: string) => void;
      send: () => void;
    }

    /** How a press on the pad fares: whether it is on its way, and why the last one did not arrive. */
    interface PadSending {
      isSending: boolean;
      failure: string | null;
    }

    /** The rating that a citizen gives on the ticket's page. */
    interface FollowedAnswer {
      level: number | null;
      chosen: Set<string>;
      comment: string;
      isSending: boolean;
      sent: "" | "level" | "all";
      failure: string | null;
    }

    /** How saying a seat fares on the ticket's page. */
    interface FollowedChair {
      isOpen: boolean;
      isSending: boolean;
      failure: string;
    }

    /** What touches on the ticket's page do. */
    interface FollowActs {
      toggleSound: () => void;
      sit: (label: string) => void;
      openSeats: () => void;
      rate: (level: number) => void;
      toggleReason: (code: string) => void;
      write: (text: string) => void;
      sendMore: () => void;
      eraseSmile: () => void;
    }

    /** What the ticket's page shows beside the ticket. */
    interface FollowModel {
      code: string;
      smile: { isSending: boolean; failure: string };
      status: LineStatus;
      rating: FollowedAnswer;
      chair: FollowedChair;
      sound: { isOn: boolean };
      code: string;
    }

    /** A press of a key, as `KeyboardEvent` tells it. */
    type KeyPress = Partial<KeyboardEvent>;

    /** A press of a finger or the mouse: `at` in ms of the page's clock. */
    interface Press {
      at: number;
      x: number;
      y: number;
      type?: string;
    }

    /** A share in tenths of a percent, with its interval. */
    interface Share {
      percent_tenths: number;
      low_tenths: number;
      high_tenths: number;
    }

    /** A row of the server's table of device kinds. */
    interface DeviceKind {
      name: string;
      label: string;
      icon: string;
      default_name: string;
      place: string;
      tested: string;
      test_payload: Record<string, any>;
      profile_name: string;
      has_region: boolean;
      connections: { name: string; label: string }[];
    }

    /** A style sheet that `watch.js` waits for; `place` marks where it was, `half` is one that came in part. */
    interface WatchedSheet {
      link: HTMLLinkElement;
      since: number;
      tries: number;
      base: string;
      isWhole: boolean;
      isBroken: boolean;
      retryAt: number;
      half: HTMLLinkElement | null;
      place: Comment | null;
    }

    interface ToastOptions {
      seconds?: number;
      action?: { label: string; run: () => void } | null;
      kind?: string;
      countdown?: boolean;
    }

    /** What a field of the settings pages can be told. */
    interface FieldOptions {
      hint?: string;
      optional?: boolean;
      quiet?: boolean;
      below?: boolean;
      className?: string;
      readonly?: boolean;
      maxlength?: number;
      min?: number;
      max?: number;
      empty?: number | string | null;
      rows?: number;
      onEdit?: (to: any) => void;
      control?: (place: string, label: string, more?: FieldOptions) => unknown;
    }

    type Field = (place: string, label: string, options?: FieldOptions) => unknown;

    /** The lesson in which a keypad teaches its keys; `state` is the agent's. */
    interface Lesson {
      ports: { path: string; name: string }[] | null;
      given: { kind: string; port: string | null; protocol: string; baud: number; address: number; latched: boolean };
      state: { step: string; at: number; keys: number; [name: string]: any } | null;
      problem: string;
      busy: boolean;
      name: string;
      said: string;
    }

    /** A device as the form of its dialog has it; `known` is what its agent answered. */
    interface DeviceForm {
      known: {
        drivers: Record<string, any>;
        ports: any[];
        inputs: any[];
        cameras: any[];
        profiles: any[];
        names: string[];
      } | null;
      kind: string;
      driver: string;
      name: string;
      typed: Record<string, any>;
      wrong: string[];
      problem: string;
      busy: boolean;
    }

    /** What somebody looks up on the kiosk: what was found, the checklist so far, the answers, the ticked papers. */
    interface KioskFinding {
      results: any[] | null;
      checklist: any;
      choices: Record<string, string>;
      ticked: string[];
      paper: string;
    }

    /** What the kiosk shows, and what its citizen has chosen so far; `hall` is missing until the first state has come. */
    interface KioskModel {
      view: string;
      group: string | null;
      priority: Schemas["PriorityClass"] | null;
      wanted: Schemas["KioskService"] | null;
      seat: string | null;
      booking: any;
      ticket: any;
      back: any;
      card: any;
      paper: any;
      finding: KioskFinding;
      wish: { topic: string; letter: string; key: string; dueOn?: string } | null;
      step: string;
      sorry: string | null;
      entry: string;
      isStuck: boolean;
      isPrinting: boolean;
      isLooking: boolean;
      hall: KioskState;
      status: LineStatus;
      left: number | null;
    }

    /** What touches on the kiosk do, by name. */
    type KioskActs = Record<string, (...values: any[]) => any>;

    /** What `watchKeys` needs to know of a screen; the last three are the kiosk's own where they are left out. */
    interface KeyWatch {
      act: KioskActs;
      show: (changes: any) => void;
      scanned: (meaning: Scanned) => void;
      today: () => string;
      touched: () => void;
      hands?: string[];
      read?: (texts: string[], today: string) => Scanned;
      press?: (key: string, state: { isEnter: boolean }) => void;
    }

    /** What a scanner read: a card's age class, one of our codes, or why it was neither. */
    interface Scanned {
      age?: number;
      perhaps?: number;
      code?: string;
      refused?: string;
    }

    type CalledNumber = WallState["now"][number];

    /** What the wall needs of a call to have it heard. */
    interface Call {
      number: string;
      audio_url?: string | null;
      chime?: boolean;
      repeat?: number;
      volume?: number;
    }

    /** The calls that wait to be heard, the first one first. */
    interface CallQueue {
      waiting: { call: Call; atMs: number }[];
      isBusy: boolean;
    }

    /** A part of a call: the chime, a sound from an address, or a pause in seconds. */
    interface CallStep {
      chime?: boolean;
      say?: string;
      pause?: number;
    }

    /** What the wall shows. */
    interface WallModel {
      hall: Streams["/wall"] | null;
      status: LineStatus;
      [name: string]: any;
    }

    /** The data that the server wrote into a page; what only one page has is `any`. */
    interface PageData {
      lang?: Language;
      build?: string;
      pace?: number;
      languages?: Language[];
      csrf?: string;
      timezone?: string;
      unit: Schemas["UnitContact"];
      [name: string]: any;
    }
  }
}
