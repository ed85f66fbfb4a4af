import type { Judged } from './judge-forwards.ts';

/** How much of some cases was read. Only those that name a sender count for recall. */
export interface Recall {
  readonly forwards: number;
  readonly traps: number;
  readonly sender: number;
  readonly date: number;
  readonly subject: number;
  readonly remark: number;
  /** Must be none, in traps as well. */
  readonly wrong: number;
  /** Moments that are not those of the mail; must be none too. */
  readonly wrongDates: number;
}

export function tallyForwards(judged: readonly Judged[]): Recall {
  const forwards = judged.filter((each) => each.case.expected.sender !== null);
  const share = (right: (each: Judged) => boolean) =>
    forwards.length === 0 ? 1 : forwards.filter(right).length / forwards.length;
  return {
    forwards: forwards.length,
    traps: judged.length - forwards.length,
    sender: share((each) => each.sender === 'right'),
    date: share((each) => each.date),
    subject: share((each) => each.subject),
    remark: share((each) => each.remark),
    wrong: judged.filter((each) => each.sender === 'wrong').length,
    wrongDates: judged.filter((each) => each.wrongDate).length,
  };
}
