/** Published parameters that nothing here could heed, for one reason. */
export interface Refusal {
  /** What whoever passes one of them reads. */
  because: string;
  /** The cmdlets that have them. */
  of: readonly string[];
  names: readonly string[];
  /** Where they are published; wherever the cmdlet is by default. */
  side?: 'OnPremises' | 'Cloud';
  /** Switches that ask for what is done anyway: accepted and without effect. */
  accepted?: true;
}

/** `CustomAttribute1` and its like, up to a number. */
export function numbered(name: string, last: number): string[] {
  return Array.from({ length: last }, (_, at) => `${name}${at + 1}`);
}
