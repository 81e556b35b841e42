import { randomBytes } from 'node:crypto';
import type { Clock } from '../../foundation/index.ts';

const dayMs = 86_400_000;
/** Certificates begin a little in the past: the machine that checks them may be slow. */
const backdatedMs = 5 * 60_000;

/** Validity of `days` from now, begun five minutes ago; whole seconds, as X.509 times are. */
export function certificateLife(clock: Clock, days: number): { notBefore: Date; notAfter: Date } {
  const now = Math.floor(clock.now() / 1000) * 1000;
  return { notBefore: new Date(now - backdatedMs), notAfter: new Date(now + days * dayMs) };
}

/** A serial number: positive, never zero, 127 random bits (RFC 5280 §4.1.2.2). Upper-case hex, as Windows shows it. */
export function randomSerialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f || 1;
  return bytes.toString('hex').toUpperCase();
}

/** A distinguished name that is only a common name. The value is escaped, so that it cannot add parts (RFC 4514 §2.4). */
export function commonNameSubject(commonName: string): { CN: string[] }[] {
  return [{ CN: [commonName] }];
}
