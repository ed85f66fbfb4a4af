const CLOCK = /\p{Nd}{1,2}\s?[:.h時시點点]\s?\p{Nd}{2}(?!\p{Nd})/u;
const DAY = /\p{Nd}{4}|\p{Nd}{1,2}[./-]\p{Nd}{1,2}[./-]\p{Nd}{2}/u;

/** Whether a line names a day and a time of day, in whatever language; at most its first 400 characters. */
export function tellsMoment(line: string): boolean {
  const head = line.slice(0, 400);
  return CLOCK.test(head) && DAY.test(head);
}
