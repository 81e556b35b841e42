import { WizardError } from './wizard-error.ts';

export interface LookupProof {
  /** Who looks at whom, e.g. `cloud to on-premises`. */
  title: string;
  /** A real lookup, made as a user's client makes it. */
  lookUp: () => Promise<LookupProofResult>;
}

export interface LookupProofResult {
  ok: boolean;
  /** What came back and which way it took, or the error. One line. */
  detail: string;
}

/**
 * The last word of set-up: objects that look right are not enough, so free/busy is looked up for real in each direction.
 *
 * @throws WizardError `WIZARD_VERIFICATION_FAILED` at the first direction that does not answer
 */
export async function verifyLookups(proofs: readonly LookupProof[], onProof: (title: string, result: LookupProofResult) => void): Promise<void> {
  for (const { title, lookUp } of proofs) {
    const result = await lookUp();
    onProof(title, result);
    if (result.ok) continue;
    throw new WizardError('WIZARD_VERIFICATION_FAILED', `Both sides are configured, but the lookup ${title} failed: ${result.detail}`, {
      facts: { title },
      remedy: 'Follow the request id through the logs of both sides.',
    });
  }
}
