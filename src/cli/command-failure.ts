/** A command can't do what it was asked to; `message` is one sentence that says what to do. */
export class CommandFailure extends Error {
  /** 1: it failed. 2: it was called wrongly. */
  readonly exitCode: 1 | 2;
  constructor(sentence: string, exitCode: 1 | 2 = 1) {
    super(sentence);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
  }
}

/** The command was called wrongly: exit code 2. */
export function usageFailure(sentence: string): CommandFailure {
  return new CommandFailure(sentence, 2);
}
