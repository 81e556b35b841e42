import { HybridgeError } from '../foundation/index.ts';

export type WizardErrorCode = 'WIZARD_STEP_DOES_NOT_SETTLE' | 'WIZARD_STEP_FAILED' | 'WIZARD_PREREQUISITE' | 'WIZARD_VERIFICATION_FAILED' | 'WIZARD_STOPPED';

export class WizardError extends HybridgeError<WizardErrorCode> {
  override readonly name = 'WizardError';
}
