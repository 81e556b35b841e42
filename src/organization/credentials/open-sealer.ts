import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode, makeFolder } from '../../foundation/index.ts';

/** Keeps secrets unreadable at rest. What belongs to one owner cannot be passed off as another's. */
export interface Sealer {
  seal(owner: string, secret: Uint8Array): string;
  /** Throws for what another key, or for another owner, has sealed. */
  open(owner: string, sealed: string): Buffer;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with the owner as associated data. */
export function createSealer(key: Uint8Array): Sealer {
  return {
    seal(owner, secret) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    open(owner, text) {
      const bytes = Buffer.from(text, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
        .setAAD(Buffer.from(owner))
        .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
    },
  };
}

/**
 * The key of a file of its own, 64 hexadecimal digits, made where there is none and readable for its owner only. Throws
 * what the file system throws, and RangeError for a file that holds something else.
 */
export function readSealerKey(file: string): Buffer {
  const text = existing(file) ?? create(file);
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new RangeError('the file does not hold 64 hexadecimal digits');
  return Buffer.from(text, 'hex');
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
  makeFolder(dirname(file), { mode: 0o700 });
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  return text;
}
