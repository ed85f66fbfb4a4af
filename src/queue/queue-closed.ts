/** Nothing is taken any more, because the process is to end: the next sweep finds what it was about. */
export class QueueClosed extends Error {
  constructor() {
    super('The queue is closed.');
  }
}
