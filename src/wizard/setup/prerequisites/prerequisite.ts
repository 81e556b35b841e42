import type { SetupSettings } from '../../plan.ts';
import type { SetupChoices } from '../choices.ts';
import type { Snapshot } from '../snapshot.ts';

/** `failed` stands in the way; `warning` does not; `unknown`: nothing was collected that would tell. */
export type PrerequisiteOutcome = 'met' | 'warning' | 'failed' | 'unknown';

export interface PrerequisiteResult {
  id: string;
  title: string;
  outcome: PrerequisiteOutcome;
  /** What was found. */
  found: string;
  /** What to do; absent where nothing is. */
  remedy?: string;
}

export interface PrerequisiteFacts {
  snapshot: Snapshot;
  settings: SetupSettings;
  choices: SetupChoices;
  now: number;
  /** Opens and closes a connection from here; rejects with the reason. Absent: nothing is connected. */
  connect?: (host: string, port: number) => Promise<void>;
  /** Milliseconds by which a server's clock is ahead of ours; undefined where it does not say. Absent: nobody is asked. */
  clockOffset?: (url: string) => Promise<number | undefined>;
}

/** One thing that must be so before set-up. */
export interface Prerequisite {
  id: string;
  title: string;
  check(facts: PrerequisiteFacts): Promise<Omit<PrerequisiteResult, 'id' | 'title'>> | Omit<PrerequisiteResult, 'id' | 'title'>;
}

/** What was found, as a sentence before others. */
export function foundSentence({ title, found }: Pick<PrerequisiteResult, 'title' | 'found'>): string {
  return `${title}: ${found}${/[.!?]$/.test(found) ? '' : '.'}`;
}
