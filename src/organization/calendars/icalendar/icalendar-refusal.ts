import { OrganizationError } from '../../organization-error.ts';

/** Where and why a file cannot be imported. */
export interface ICalendarRefusal {
  /** Line of the file, from 1, as an editor counts. */
  line: number;
  reason: string;
}

/** A reason to refuse, thrown where it is found; `readICalendar` gathers them. */
export class UnreadablePart extends Error {
  override readonly name = 'UnreadablePart';
  readonly line: number;

  constructor(line: number, reason: string) {
    super(reason);
    this.line = line;
  }
}

const shown = 20;

/** One line for the person who brought the file; all reasons, up to a limit, in `facts.refusals`. */
export function icalendarRefused(refusals: readonly ICalendarRefusal[]): OrganizationError {
  const [first = { line: 1, reason: 'nothing in it could be read' }] = refusals;
  const more = refusals.length === 1 ? '' : ` (and ${refusals.length - 1} more)`;
  return new OrganizationError('ORGANIZATION_ICALENDAR_REFUSED', `line ${first.line}: ${first.reason}${more}`, {
    facts: { refusals: refusals.slice(0, shown) },
    remedy: 'Correct the file at that line, or leave the event out; nothing of the file was imported.',
  });
}

/** What a file says, made fit for a line of our own: no control characters, not too long. */
export function quoted(text: string): string {
  const clean = text.replace(/[\u0000-\u001f\u007f]/g, ' ');
  return `"${clean.length > 60 ? `${clean.slice(0, 57)}…` : clean}"`;
}
