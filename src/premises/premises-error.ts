import { HybridgeError } from '../foundation/index.ts';

export type PremisesErrorCode =
  | 'PREMISES_ACCOUNT_DISABLED'
  | 'PREMISES_UNAUTHORIZED'
  | 'PREMISES_SECURITY'
  | 'PREMISES_SECURITY_TOKEN'
  | 'PREMISES_NOT_FOUND'
  | 'PREMISES_METHOD'
  | 'PREMISES_BODY_TOO_LARGE'
  | 'PREMISES_BUSY'
  | 'PREMISES_CLIENT_GONE'
  | 'PREMISES_CLIENT_PROFILE'
  | 'PREMISES_EWS_DISABLED'
  | 'PREMISES_EWS_APPLICATION'
  | 'PREMISES_INTERNAL'
  | 'PREMISES_NO_AUTH_SERVER'
  | 'PREMISES_NO_NT_HASHES'
  | 'PREMISES_NO_SERVER'
  | 'PREMISES_NOT_SERVED'
  | 'PREMISES_SIGN_IN_CONTINUES';

export class PremisesError extends HybridgeError<PremisesErrorCode> {
  override readonly name = 'PremisesError';
}
