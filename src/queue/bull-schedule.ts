import type Bull from 'bull';

/**
 * Makes `everyMs` the one interval in which the job called `name` is repeated; null stops it. The
 * interval is part of a repeatable's key, so that another one must be removed.
 */
export async function reschedule(
  queue: Bull.Queue<object>,
  name: string,
  everyMs: number | null,
): Promise<void> {
  await removeOthers(queue, name, everyMs);
  if (everyMs !== null) await repeat(queue, name, everyMs);
  // A job of the old schedule that started meanwhile may have put its own successor back.
  await removeOthers(queue, name, everyMs);
}

/**
 * Brings a repeated job back after Redis lost it (restarted empty, flushed, or stopped between two
 * steps of Bull's). Another interval is left alone: somebody changed the schedule after us.
 */
export async function restoreSchedule(
  queue: Bull.Queue<object>,
  name: string,
  everyMs: number,
): Promise<void> {
  const repeatables = await queue.getRepeatableJobs();
  if (repeatables.every(({ every }) => every === everyMs)) await repeat(queue, name, everyMs);
}

/** The next run has an id made of name, interval and time: adding it again changes nothing. */
async function repeat(queue: Bull.Queue<object>, name: string, everyMs: number): Promise<void> {
  await queue.add(name, {}, { repeat: { every: everyMs } });
}

async function removeOthers(
  queue: Bull.Queue<object>,
  name: string,
  everyMs: number | null,
): Promise<void> {
  for (const repeatable of await queue.getRepeatableJobs()) {
    if (repeatable.name === name && repeatable.every === everyMs) continue;
    await queue.removeRepeatableByKey(repeatable.key);
  }
}
