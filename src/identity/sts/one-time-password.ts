import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds for which one code stands (RFC 6238 §4.1). */
const stepSeconds = 30;
const digits = 6;
/** Codes of the steps just before and after are taken, for clocks that differ (RFC 6238 §5.2). */
const skewSteps = 1;

/** The code of one step: HMAC-SHA-1, six digits (RFC 6238 §4, RFC 4226 §5.3), which is what every authenticator app does. */
export function oneTimePassword(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', secret).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The step that an instant (epoch milliseconds) falls in. */
export function oneTimePasswordStep(now: number): number {
  return Math.floor(now / 1000 / stepSeconds);
}

/** The step whose code this is, or undefined. Steps up to `after` are spent: a code works once. */
export function matchOneTimePassword(secret: Buffer, code: string, options: { now: number; after: number }): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const current = oneTimePasswordStep(options.now);
  let found: number | undefined;
  for (let step = Math.max(current - skewSteps, 0); step <= current + skewSteps; step += 1) {
    if (timingSafeEqual(Buffer.from(oneTimePassword(secret, step)), Buffer.from(code)) && step > options.after) found ??= step;
  }
  return found;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** base32 without padding (RFC 4648 §6), in which authenticator apps take secrets. */
export function toBase32(bytes: Buffer): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

export function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((group) => Number.parseInt(group, 2)));
}
