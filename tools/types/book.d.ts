/** What the pages for booking a time hold, and what touches on them do. */
declare namespace Motcua {
  type Booking = Schemas["BookingShape"];
  type BookService = Schemas["BookableService"];
  type BookSlot = Schemas["BookableSlot"];
  type BookStep = "service" | "day" | "slot" | "contact";
  type ContactField = "phone" | "email";

  /** What a citizen sends to book a time; `email` is left out where none was typed. */
  type BookWish = Omit<Schemas["NewBooking"], "email"> & { email?: string };

  /** The search for a booking by its code. */
  interface BookSearch {
    code: string;
    failure: string;
    isBusy: boolean;
  }

  /** What the citizen has chosen and typed so far; `days` and `slots` are null until the server has sent them. */
  interface BookModel {
    step: BookStep;
    service: string;
    day: string;
    slot: BookSlot | null;
    days: Schemas["BookableDay"][] | null;
    slots: BookSlot[] | null;
    phone: string;
    email: string;
    failure: { code: string; detail: string; field: ContactField | null } | null;
    isBusy: boolean;
    find: BookSearch;
  }

  interface BookActs {
    pickService: (code: string) => void;
    pickDay: (day: string) => void;
    pickSlot: (slot: BookSlot) => void;
    send: (event: SubmitEvent) => void;
    find: (event: SubmitEvent) => void;
    back: (step: BookStep) => void;
    write: (name: ContactField, value: string) => void;
    writeCode: (value: string) => void;
  }

  /** What was typed into a field. */
  type TextEvent = InputEvent & { target: HTMLInputElement };

  type BookView = (state: BookModel, actions: BookActs) => unknown;

  /** How a field for phone number or e-mail is drawn. */
  interface ContactOptions {
    type: string;
    autocomplete: string;
    required?: boolean;
    hint: string;
  }

  type ContactFieldView = (
    name: ContactField,
    label: string,
    state: BookModel,
    write: BookActs["write"],
    options: ContactOptions,
  ) => unknown;

  /** The page of a booking; `follow` is the address of its ticket's page. */
  interface BookingModel {
    booking: Booking;
    follow: string | null;
    isNew: boolean;
    isBusy: boolean;
    failure: string;
  }

  interface BookingActs {
    cancel: () => void;
  }
}
