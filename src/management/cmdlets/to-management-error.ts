import { HybridgeError } from '../../foundation/index.ts';
import type { ManagementErrorCode } from '../management-error.ts';
import { ManagementError } from '../management-error.ts';

/** What the rooms and parties below refuse with, as a cmdlet's refusal. */
const codes: Readonly<Record<string, ManagementErrorCode>> = {
  ORGANIZATION_OBJECT_NOT_FOUND: 'MANAGEMENT_OBJECT_NOT_FOUND',
  ORGANIZATION_RECIPIENT_NOT_FOUND: 'MANAGEMENT_OBJECT_NOT_FOUND',
  ORGANIZATION_OBJECT_AMBIGUOUS: 'MANAGEMENT_OBJECT_AMBIGUOUS',
  ORGANIZATION_NAME_TAKEN: 'MANAGEMENT_OBJECT_EXISTS',
  ORGANIZATION_ADDRESS_TAKEN: 'MANAGEMENT_OBJECT_EXISTS',
  ORGANIZATION_DOMAIN_TAKEN: 'MANAGEMENT_OBJECT_EXISTS',
  IDENTITY_METADATA_UNAVAILABLE: 'MANAGEMENT_REMOTE_FAILED',
  IDENTITY_METADATA_UNREADABLE: 'MANAGEMENT_REMOTE_FAILED',
  IDENTITY_GATEWAY_REFUSED: 'MANAGEMENT_REMOTE_FAILED',
  IDENTITY_GATEWAY_UNREACHABLE: 'MANAGEMENT_UNREACHABLE',
  IDENTITY_GATEWAY_RESPONSE_UNREADABLE: 'MANAGEMENT_REMOTE_FAILED',
  IDENTITY_STS_NOT_FOUND: 'MANAGEMENT_OBJECT_NOT_FOUND',
  IDENTITY_STS_CONFLICT: 'MANAGEMENT_OBJECT_EXISTS',
  IDENTITY_STS_NOT_AUTHORIZED: 'MANAGEMENT_UNAUTHENTICATED',
  IDENTITY_STS_ADMIN_FAILED: 'MANAGEMENT_UNREACHABLE',
  RELAY_APPLICATION_UNKNOWN: 'MANAGEMENT_OBJECT_NOT_FOUND',
  RELAY_TENANT_UNKNOWN: 'MANAGEMENT_OBJECT_NOT_FOUND',
  RELAY_ADMIN_KEY: 'MANAGEMENT_UNAUTHENTICATED',
  RELAY_ADMIN_ROLE: 'MANAGEMENT_ACCESS_DENIED',
  RELAY_ADMIN_UNREACHABLE: 'MANAGEMENT_UNREACHABLE',
};

/** Rooms whose other refusals mean that a value was not good; whatever comes from elsewhere is left as it is. */
const knownRooms = ['ORGANIZATION_', 'IDENTITY_', 'RELAY_'];

/** Turns an error of a room below into ManagementError; anything not raised on purpose comes back unchanged. */
export function toManagementError(error: unknown): unknown {
  if (!(error instanceof HybridgeError) || error instanceof ManagementError) return error;
  const code = codes[error.code] ?? (knownRooms.some((room) => error.code.startsWith(room)) ? 'MANAGEMENT_INVALID_VALUE' : undefined);
  if (code === undefined) return error;
  return new ManagementError(code, error.message, {
    facts: { ...error.facts, code: error.code },
    cause: error,
    retryable: error.retryable,
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
  });
}
