import type { Part } from '../mail-builder.ts';
import type { Random } from './random.ts';

/** What is in a mail, apart from who wrote it to whom: none of it may change the outcome. */
export interface Content {
  readonly subject: string;
  readonly part: Part;
}

export type ContentKind = (random: Random) => Content;
