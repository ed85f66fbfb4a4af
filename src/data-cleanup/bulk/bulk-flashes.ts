import type { Flash } from '../../http/flash.ts';
import type { Format } from '../../http/format.ts';
import type { BulkReport, Skipped } from './bulk-report.ts';
import { DISCARDED_DAYS } from '../retention.ts';

/** "4 done" and why others were not; what is told at once is a few lines, all of it the action's page. */
const MOST_LINES = 3;

/** What a finished bulk action has done, with a button that takes all of it back. */
export function bulkFlashes(report: BulkReport, format: Format): [Flash, ...Flash[]] {
  if (report.state === 'undone') return [undoneFlash(report)];
  const values = {
    count: report.done,
    records: report.created,
    name: report.colleague ?? format.list(report.people),
    days: DISCARDED_DAYS,
  };
  const undo = `/data-cleanup/bulk/${report.id}/undo`;
  const said: Flash =
    report.done === 0
      ? { kind: 'info', text: 'cleanup.bulk.nothing' }
      : {
          kind: 'success',
          text: `cleanup.bulk.did.${report.kind}`,
          values,
          undo,
          ...linkTo(report),
        };
  const skipped = report.skipped.slice(0, MOST_LINES).map((one) => skippedFlash(one, format));
  return [said, ...skipped];
}

/** To the lead that was made, or to the page that lists them. */
function linkTo({ id, made: [lead, ...others] }: BulkReport): Pick<Flash, 'link'> {
  if (!lead) return {};
  if (others.length > 0) {
    return { link: { href: `/data-cleanup/bulk/${id}`, text: 'cleanup.bulk.showLeads' } };
  }
  const values = { name: lead.name };
  return { link: { href: `/people/${lead.id}`, text: 'cleanup.bulk.showLead', values } };
}

/** "1 skipped: already handled by Tom at 10:32." */
export function skippedFlash({ result, count, by, at }: Skipped, format: Format): Flash {
  if (result === 'handled' && by !== null && at !== null) {
    const values = { count, by, at: format.dateTime(at) };
    return { kind: 'info', text: 'cleanup.bulk.skipped.handled', values };
  }
  const why = result === 'handled' ? 'matched' : result;
  return { kind: 'info', text: `cleanup.bulk.skipped.${why}`, values: { count } };
}

function undoneFlash({ kind, done, standing }: BulkReport): Flash {
  if (standing === 0) {
    return { kind: 'success', text: 'cleanup.bulk.undone', values: { count: done } };
  }
  const text = kind === 'hand-over' ? 'cleanup.bulk.movedOn' : 'cleanup.bulk.standing';
  return { kind: 'warning', text, values: { count: standing } };
}
