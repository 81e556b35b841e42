import type { StepReport } from '../run-setup.ts';

/** A warning with which the Hybrid Configuration Wizard ends although the rest is done (seed "HCW8064"). */
export interface HcwWarning {
  code: 'HCW8064' | 'HCW8078' | 'HCW8110';
  /** The published text. */
  text: string;
  /** Which step, and why. */
  cause: string;
}

const oauthLeft = 'The HCW has completed, but was not able to perform the OAuth portion of your Hybrid configuration. If you need features that rely on OAuth, you can try running the HCW again or manually configure OAuth using these manual steps.';

/** *Unverified* but for the code: the published text goes on with the error itself. */
const texts = { HCW8078: 'Migration Endpoint could not be created.', HCW8110: 'Organization Configuration Transfer could not copy an object.' } as const;

export function warningsOf(reports: readonly StepReport[]): readonly HcwWarning[] {
  return reports.filter(({ outcome }) => outcome === 'failed').map(({ step, error }) => ({ ...(step.mayFailAs === undefined ? { code: 'HCW8064', text: oauthLeft } : { code: step.mayFailAs, text: texts[step.mayFailAs] }), cause: `${error?.message ?? ''}${error?.remedy === undefined ? '' : ` ${error.remedy}`}` }));
}
