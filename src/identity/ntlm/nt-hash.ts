import { md4 } from './md4.ts';

/**
 * The NT hash of a password ([MS-NLMP] 3.3.1, NTOWFv1): 16 bytes, unsalted. Whoever has it signs in as if he knew the
 * password, so it is to be guarded like one.
 */
export function ntHash(password: string): Buffer {
  return md4(Buffer.from(password, 'utf16le'));
}
