import { HybridgeError } from '../foundation/index.ts';

export type PremisesErrorCode =
  | 'PREMISES_UNAUTHORIZED'
  | 'PREMISES_NOT_FOUND'
  | 'PREMISES_METHOD'
  | 'PREMISES_BODY_TOO_LARGE'
  | 'PREMISES_INTERNAL'
  | 'PREMISES_NO_AUTH_SERVER'
  | 'PREMISES_NO_SERVER'
  | 'PREMISES_NOT_ADMINISTRATOR';

export class PremisesError extends HybridgeError<PremisesErrorCode> {
  override readonly name = 'PremisesError';
}
