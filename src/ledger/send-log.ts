import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';
import { hasGoneAway } from '../http/send-bytes.ts';
import type { LogRow } from './log-list-store.ts';
import { shownStateOf } from './shown-state.ts';

const COLUMNS = [
  'id',
  'received',
  'outcome',
  'reason',
  'capture',
  'owner',
  'from',
  'subject',
  'people',
  'message_id',
  'error',
] as const;

/**
 * Answers with a CSV file, as it is read. A cell that begins like a formula would run in a
 * spreadsheet: it gets a quote in front.
 */
export async function sendLog(
  res: Response,
  name: string,
  rows: AsyncIterable<LogRow>,
): Promise<void> {
  res.attachment(name);
  res.set({ 'Content-Type': 'text/csv; charset=utf-8', 'Cache-Control': 'no-store' });
  const csv = stringify({ header: true, bom: true, columns: [...COLUMNS], escape_formulas: true });
  try {
    await pipeline(records(rows), csv, res);
  } catch (error) {
    if (!hasGoneAway(error)) throw error;
  }
}

async function* records(rows: AsyncIterable<LogRow>) {
  for await (const row of rows) yield toRecord(row);
}

function toRecord(row: LogRow): Record<(typeof COLUMNS)[number], string> {
  return {
    id: String(row.id),
    received: row.storedAt.toISOString(),
    outcome: shownStateOf(row),
    reason: row.reason ?? '',
    capture: row.capture ?? '',
    owner: row.ownerAddress ?? '',
    from: row.from ?? '',
    subject: row.subject ?? '',
    people: row.people.join(';'),
    message_id: row.messageId ?? '',
    error: row.error ?? '',
  };
}
