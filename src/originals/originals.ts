import type { Knex } from 'knex';

/** Where original bytes live. What is written is committed with the caller's transaction. */
export interface Originals {
  /** Stores whole small messages in one go. @returns ids in the order of `sources`. */
  putAll(trx: Knex.Transaction, sources: readonly Buffer[]): Promise<number[]>;
  /** Stores one message that arrives in parts, in bounded memory. */
  putStream(
    trx: Knex.Transaction,
    source: AsyncIterable<Buffer>,
  ): Promise<{ id: number; size: number }>;
  /** The bytes of an original in order, in parts of at most 1 MB. Rejects when there is none. */
  read(db: Knex, id: number): AsyncIterable<Buffer>;
  /** Whole small originals by id (those up to 1 MB); others are left out. */
  readSmall(db: Knex, ids: readonly number[]): Promise<Map<number, Buffer>>;
  /** `length` bytes from `offset`, in parts: an attachment is a slice of its original. */
  slice(db: Knex, id: number, offset: number, length: number): AsyncIterable<Buffer>;
}
