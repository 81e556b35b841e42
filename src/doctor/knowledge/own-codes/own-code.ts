import type { Authentication, CommandStep, Direction, ManualStep, Place, Step } from '../failure.ts';

/** One way in which a code is brought about. */
export interface CodeCause {
  /** Default: the meaning of the code. */
  title?: string;
  proof: readonly Step[];
  /** Default: the remedy of the code, at its party. */
  repair?: readonly Step[];
  /** What the repair may do to others. Default: nothing. */
  risk?: string;
}

/** One error code of a party of our own. `meaning` and `remedy` are its row in docs/error-codes.md. */
export interface OwnCode {
  code: string;
  meaning: string;
  /** May hold Markdown's backticks. */
  remedy: string;
  /** The likeliest first. */
  causes: readonly CodeCause[];
  /** The failure of the catalogue that this code is a sign of. */
  see?: string;
}

/** The codes of one table of docs/error-codes.md. */
export interface CodeTable {
  /** The heading in docs/error-codes.md. */
  heading: string;
  /** Where the code is met, and who says it. */
  underneath: string;
  /** Where the remedy is carried out. */
  place: Place;
  directions: readonly Direction[];
  authentication: readonly Authentication[];
  check: readonly Step[];
  codes: readonly OwnCode[];
}

/** A row: code, meaning, remedy, causes. */
export function code(name: string, meaning: string, remedy: string, causes: readonly CodeCause[], see?: string): OwnCode {
  return { code: name, meaning, remedy, causes, ...(see === undefined ? {} : { see }) };
}

/** What is typed at a place, and what its output says. */
export function type(on: Place, run: string, expect?: string): CommandStep {
  return { on, run, ...(expect === undefined ? {} : { expect }) };
}

/** What is done or looked at by hand. */
export function look(on: Place, act: string): ManualStep {
  return { on, act };
}
