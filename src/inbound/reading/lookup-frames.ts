import { type DnsLookup, noAnswer } from '../../trust/dns-lookup.ts';

/** A question to the DNS as it goes up, and what comes down: the records, or the code of the failure. */
interface Asked {
  readonly number: number;
  readonly name: string;
  readonly type: string;
}
type Told = { readonly number: number } & (
  { readonly found: string[][] | string[] } | { readonly code: string }
);

/** The DNS for a process that has no network: its parent is asked. */
export class LookupThroughParent {
  readonly #send: (payload: Buffer) => void;
  readonly #open = new Map<number, (told: Told) => void>();
  #last = 0;

  constructor(send: (payload: Buffer) => void) {
    this.#send = send;
  }

  readonly lookup: DnsLookup = async (name, type) => {
    this.#last += 1;
    const asked: Asked = { number: this.#last, name, type };
    const told = await new Promise<Told>((resolve) => {
      this.#open.set(asked.number, resolve);
      this.#send(Buffer.from(JSON.stringify(asked)));
    });
    if ('found' in told) return told.found;
    throw Object.assign(new Error(`The DNS says ${told.code} about ${name}`), { code: told.code });
  };

  /** What comes too late, or was never asked, is passed over. */
  tell(payload: Buffer): void {
    const told = JSON.parse(payload.toString()) as Told;
    this.#open.get(told.number)?.(told);
    this.#open.delete(told.number);
  }

  /** Nobody waits any more for what was asked. */
  forget(): void {
    this.#open.clear();
  }
}

/** Asks the DNS for a child. Never rejects: that there is no answer is one. */
export async function answerFor(lookup: DnsLookup, payload: Buffer): Promise<Buffer> {
  const { number, name, type } = JSON.parse(payload.toString()) as Asked;
  const told: Told = await lookup(name, type).then(
    (found) => ({ number, found }),
    (error: unknown) => ({ number, code: codeOf(error, name) }),
  );
  return Buffer.from(JSON.stringify(told));
}

function codeOf(error: unknown, name: string): string {
  const known = error instanceof Error && 'code' in error ? error : noAnswer(name);
  return 'code' in known ? String(known.code) : '';
}
