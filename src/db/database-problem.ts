/** A trouble with the database that a person can mend: `message` is a sentence that says what to do. */
export class DatabaseProblem extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseProblem';
  }
}
