import { createHash } from 'node:crypto';

/** Chance that is the same every time: all of it comes from a case's name. */
export class Picker {
  private readonly digest: Buffer;
  private next = 1;

  constructor(name: string) {
    this.digest = createHash('sha256').update(name).digest();
  }

  /** Three in ten. */
  get heldOut(): boolean {
    return (this.digest[0] ?? 0) < 77;
  }

  /** A number below `limit`. */
  below(limit: number): number {
    const first = this.digest[this.next % 32] ?? 0;
    const second = this.digest[(this.next + 1) % 32] ?? 0;
    this.next += 2;
    return (first * 256 + second) % limit;
  }

  of<T>(list: readonly T[]): T {
    const chosen = list[this.below(list.length)];
    if (chosen === undefined) throw new Error('There is nothing to pick from.');
    return chosen;
  }
}
