/** What codes are made of, as `bookings/rules.py` says, and how long they are. */
export const CODE_KEYS = [..."ABCDEGHKLMNPQRSTUVXY23456789"];
export const CODE_LENGTH = 8;
