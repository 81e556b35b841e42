import { HybridgeError } from '../foundation/index.ts';

export type ManagementErrorCode =
  | 'MANAGEMENT_BAD_REQUEST'
  | 'MANAGEMENT_UNAUTHENTICATED'
  | 'MANAGEMENT_ACCESS_DENIED'
  | 'MANAGEMENT_OUT_OF_SCOPE'
  | 'MANAGEMENT_UNKNOWN_TENANT'
  | 'MANAGEMENT_CMDLET_NOT_FOUND'
  | 'MANAGEMENT_PARAMETER_UNKNOWN'
  | 'MANAGEMENT_PARAMETER_AMBIGUOUS'
  | 'MANAGEMENT_PARAMETER_REPEATED'
  | 'MANAGEMENT_PARAMETER_MISSING'
  | 'MANAGEMENT_PARAMETER_INVALID'
  | 'MANAGEMENT_INVALID_VALUE'
  | 'MANAGEMENT_OBJECT_NOT_FOUND'
  | 'MANAGEMENT_OBJECT_AMBIGUOUS'
  | 'MANAGEMENT_OBJECT_EXISTS'
  | 'MANAGEMENT_REMOTE_FAILED'
  | 'MANAGEMENT_THROTTLED'
  | 'MANAGEMENT_UNREACHABLE'
  | 'MANAGEMENT_UNEXPECTED_ANSWER'
  | 'MANAGEMENT_INTERNAL';

/** What a cmdlet, or the way to it, refuses with. The message is what an administrator reads in the shell. */
export class ManagementError extends HybridgeError<ManagementErrorCode> {
  override readonly name = 'ManagementError';
}
