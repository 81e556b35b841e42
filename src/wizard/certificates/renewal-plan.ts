import { PowerShellExpression } from '../../management/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import type { SourceView } from './certificate-sources.ts';

export type RenewalTopic = 'auth' | 'federation' | 'trust';

/** One cmdlet of a plan. */
export interface PlannedInvocation extends CmdletInvocation {
  /** The variable that a script keeps the result in, without `$`. */
  keepAs?: string;
}

/**
 * A part of a renewal after which everything works. Its invocations run one after the other, and between any two of them
 * nothing is broken either.
 */
export interface RenewalStage {
  id: string;
  title: string;
  /** Epoch milliseconds before which it would be too early, or what else must happen first. Absent: it may run now. */
  notBefore?: number;
  waitsFor?: string;
  invocations: readonly PlannedInvocation[];
}

/** What is still to be done for one kind of certificate, in order. No stages: nothing. */
export interface RenewalPlan {
  topic: RenewalTopic;
  title: string;
  stages: readonly RenewalStage[];
  /** What an administrator should know before. */
  notes: readonly string[];
}

export interface RenewalOptions {
  /** Begin even though the certificate has time enough. Default false. */
  force?: boolean;
  /** A certificate with less time left is replaced. Default 60 days. */
  renewDays?: number;
  /** Hours between naming the next Auth certificate and its taking over. Default 48, as Exchange asks for. */
  effectiveHours?: number;
  /** Hours that the former Auth certificate is kept. Default 24; no assertion lives longer than minutes. */
  overlapHours?: number;
}

/** Reads what is, and says what comes next; undefined where a side could not be asked. */
export type PlanRenewal = (view: Pick<SourceView, 'ask' | 'attempt' | 'now' | 'sources'>, options: RenewalOptions) => Promise<RenewalPlan | undefined>;

export const renewalDefaults = { force: false, renewDays: 60, effectiveHours: 48, overlapHours: 24 } as const satisfies Required<RenewalOptions>;

/**
 * A parameter's value that scripts compute where they run, and that is known here as well if the plan has come so far.
 * `value` undefined: not yet.
 */
export class ComputedValue extends PowerShellExpression {
  readonly value: unknown;

  constructor(text: string, value?: unknown) {
    super(text);
    this.value = value;
  }
}

/** The parameters with what is known in the place of expressions; undefined where something is not known yet. */
export function parametersNow({ parameters }: CmdletInvocation): Record<string, unknown> | undefined {
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters)) {
    if (!(value instanceof ComputedValue)) known[name] = value;
    else if (value.value === undefined) return undefined;
    else known[name] = value.value;
  }
  return known;
}
