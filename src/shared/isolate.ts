/** Letters that run from right to left, and characters that turn or isolate what follows (UAX #9). */
const TURNS =
  /[\p{Bidi_Control}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

/**
 * A name for the middle of a sentence: one that runs from right to left, or has hidden characters that
 * turn the direction, does not disturb the words around it. Other names stay as they are.
 */
export function isolate(name: string): string {
  if (!TURNS.test(name)) return name;
  // A name that closes the isolation would free what comes after it.
  return FIRST_STRONG_ISOLATE + name.replace(/[\u2066-\u2069]/g, '') + POP_ISOLATE;
}
