/** The phases that the Hybrid Agent's installer shows, but for the download. */
type Phase = 'install' | 'register' | 'validate';

export interface PhaseReport {
  phase: Phase;
  outcome: 'done' | 'failed' | 'skipped';
  detail: string;
  code?: string;
  remedy?: string;
}

/** For a terminal, a remedy on a line of its own. */
export function describePhase({ phase, outcome, detail, code, remedy }: PhaseReport): string {
  const said = code === undefined || detail.includes(code) ? detail : `${code}: ${detail}`;
  return `${phase.padEnd(9)} ${outcome.padEnd(7)} ${said}\n${remedy === undefined ? '' : `${' '.repeat(18)}${remedy}\n`}`;
}
