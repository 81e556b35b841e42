import { HybridgeError } from '../foundation/index.ts';

export type WizardErrorCode =
  | 'WIZARD_STEP_DOES_NOT_SETTLE'
  | 'WIZARD_STEP_FAILED'
  | 'WIZARD_PREREQUISITE'
  | 'WIZARD_VERIFICATION_FAILED'
  | 'WIZARD_STOPPED'
  | 'WIZARD_SIGN_IN'
  | 'WIZARD_ROLE'
  | 'WIZARD_TENANT'
  | 'WIZARD_UNREACHABLE'
  | 'WIZARD_GATHER'
  | 'WIZARD_DOMAIN'
  | 'WIZARD_CHOICE'
  | 'WIZARD_STATE_CHANGED'
  | 'WIZARD_LOCKED'
  | 'WIZARD_NOTHING_TO_UNDO'
  | 'WIZARD_RECORD_UNREADABLE'
  | 'WIZARD_RECORDS'
  | 'WIZARD_NOT_COLLECTED'
  | 'WIZARD_NOTHING_TO_RESUME'
  | 'WIZARD_AGENT';

export class WizardError extends HybridgeError<WizardErrorCode> {
  override readonly name = 'WizardError';
}
