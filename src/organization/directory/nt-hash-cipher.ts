import { errorText } from '../../foundation/index.ts';
import { createSealer, readSealerKey } from '../credentials/open-sealer.ts';
import type { Sealer } from '../credentials/open-sealer.ts';
import { OrganizationError } from '../organization-error.ts';

/** Keeps NT hashes unreadable at rest. What belongs to one recipient cannot be passed off as another's. */
export interface NtHashCipher {
  seal(recipientGuid: string, hash: Uint8Array): string;
  /** @throws OrganizationError `ORGANIZATION_NT_HASH_KEY` for what another key has sealed */
  open(recipientGuid: string, sealed: string): Buffer;
}

/**
 * A cipher whose key lies in a file of its own. Keep it apart from the store and from its backups: both together are
 * everybody's password.
 *
 * @throws OrganizationError `ORGANIZATION_NT_HASH_KEY`
 */
export function openNtHashCipher(keyFile: string): NtHashCipher {
  const sealer = openSealer(keyFile);
  return {
    seal: sealer.seal,
    open(recipientGuid, text) {
      try {
        return sealer.open(recipientGuid, text);
      } catch (error) {
        throw new OrganizationError('ORGANIZATION_NT_HASH_KEY', 'The NT hashes were encrypted with another key.', {
          facts: { recipient: recipientGuid },
          cause: error,
          remedy: 'Put the key file back, or start once without NTLM, which removes the hashes, and set the passwords again.',
        });
      }
    },
  };
}

function openSealer(file: string): Sealer {
  try {
    return createSealer(readSealerKey(file));
  } catch (error) {
    throw new OrganizationError('ORGANIZATION_NT_HASH_KEY', 'The key file of the NT hashes cannot be used.', {
      facts: { file, reason: errorText(error) },
      cause: error,
      remedy: 'Check the file and its permissions.',
    });
  }
}
