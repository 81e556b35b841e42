import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, errorText } from '../../foundation/index.ts';
import { OrganizationError } from '../organization-error.ts';

/** Keeps NT hashes unreadable at rest. What belongs to one recipient cannot be passed off as another's. */
export interface NtHashCipher {
  seal(recipientGuid: string, hash: Uint8Array): string;
  /** @throws OrganizationError `ORGANIZATION_NT_HASH_KEY` for what another key has sealed */
  open(recipientGuid: string, sealed: string): Buffer;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * A cipher (AES-256-GCM) whose key lies in a file of its own, 64 hexadecimal digits, made where there is none and
 * readable for its owner only. Keep it apart from the store and from its backups: both together are everybody's password.
 *
 * @throws OrganizationError `ORGANIZATION_NT_HASH_KEY`
 */
export function openNtHashCipher(keyFile: string): NtHashCipher {
  const key = readKey(keyFile);
  return {
    seal(recipientGuid, hash) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(recipientGuid));
      const sealed = Buffer.concat([cipher.update(hash), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(recipientGuid, text) {
      const bytes = Buffer.from(text, 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
          .setAAD(Buffer.from(recipientGuid))
          .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
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

function readKey(file: string): Buffer {
  try {
    const text = existing(file) ?? create(file);
    if (!/^[0-9a-f]{64}$/i.test(text)) throw new RangeError('the file does not hold 64 hexadecimal digits');
    return Buffer.from(text, 'hex');
  } catch (error) {
    throw new OrganizationError('ORGANIZATION_NT_HASH_KEY', 'The key file of the NT hashes cannot be used.', {
      facts: { file, reason: errorText(error) },
      cause: error,
      remedy: 'Check the file and its permissions.',
    });
  }
}

function existing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function create(file: string): string {
  const text = randomBytes(keyBytes).toString('hex');
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  return text;
}
