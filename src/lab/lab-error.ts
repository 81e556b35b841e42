import { HybridgeError } from '../foundation/index.ts';

export type LabErrorCode = 'LAB_STATE_NEWER' | 'LAB_STATE_UNREADABLE' | 'LAB_ALREADY_RUNNING' | 'LAB_NOT_RUNNING' | 'LAB_STOPPED' | 'LAB_CALENDARS_UNREADABLE' | 'LAB_UNKNOWN_ACCOUNT' | 'LAB_SIGN_IN_FAILED' | 'LAB_PORT_BASE' | 'LAB_AGENT_NOT_LINKED' | 'LAB_UNKNOWN_FAULT' | 'LAB_FAULT_PRESENT' | 'LAB_FAULT_TRUST' | 'LAB_FAULT_ABSENT' | 'LAB_CONDITION_PRESENT' | 'LAB_CONDITION_INVALID' | 'LAB_CONDITION_REFUSED' | 'LAB_CONDITIONS_KEY';

export class LabError extends HybridgeError<LabErrorCode> {
  override readonly name = 'LabError';
}
