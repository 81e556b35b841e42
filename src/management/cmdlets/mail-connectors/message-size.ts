import { ManagementError } from '../../management-error.ts';

const units = ['B', 'KB', 'MB', 'GB'] as const;

/**
 * Bytes of a size as administrators write it (`35MB`, a bare number of bytes) or as it is shown (`35 MB (36,700,160 bytes)`).
 * Null for Unlimited.
 *
 * @throws ManagementError `MANAGEMENT_PARAMETER_INVALID`
 */
export function parseMessageSize(parameter: string, text: string): number | null {
  if (/^unlimited$/i.test(text.trim())) return null;
  const [, amount, unit = 'B'] = /^\s*(\d{1,10}(?:\.\d{1,3})?)\s*(B|KB|MB|GB)?(?:\s*\([\d,. ]+ bytes\))?\s*$/i.exec(text) ?? [];
  const power = units.indexOf(unit.toUpperCase() as (typeof units)[number]);
  if (amount !== undefined) return Math.round(Number(amount) * 1024 ** power);
  throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', `Cannot process argument transformation on parameter '${parameter}'. "${text.slice(0, 64)}" is not a size.`, { facts: { parameter }, remedy: 'Write it like 35MB, or Unlimited.' });
}

/** `35 MB (36,700,160 bytes)`, as Exchange shows sizes. */
export function formatMessageSize(bytes: number | null): string {
  if (bytes === null) return 'Unlimited';
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const amount = Math.round((bytes / 1024 ** power) * 1000) / 1000;
  return `${amount} ${units[power] ?? 'B'} (${bytes.toLocaleString('en-US')} bytes)`;
}
