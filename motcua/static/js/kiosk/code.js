/** What codes are made of and how long they are, as the server says; nothing where there is no page (tests). */
import { page } from "../parts/page.js";

const { letters, length } = page.booking_code ?? { letters: "", length: 0 };
export const CODE_KEYS = [...letters];
export const CODE_LENGTH = length;
