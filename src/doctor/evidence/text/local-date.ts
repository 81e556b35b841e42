/**
 * Epoch milliseconds of a date as Windows shows it, taken as if it were UTC: `11/21/2026 9:00:00 AM`,
 * `21.11.2026 09:00:00`, `21/11/2026 09:00`, `2026-11-21T09:00:00`. Of two numbers that both may be months the first is
 * taken as the month where slashes are between them (en-US).
 */
export function readLocalDate(text: string): { at: number; isLocal: boolean } | undefined {
  const iso = isoDate.exec(text);
  if (iso !== null) {
    const [, year, month, day, hour, minute, second = '0', fraction = '0', zone] = iso;
    if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 59) return undefined;
    const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Math.trunc(Number(`0.${fraction}`) * 1000));
    return { at: local - offsetOf(zone), isLocal: zone === undefined };
  }
  const shown = /(\d{1,2})([./-])(\d{1,2})\2(\d{4}),? +(\d{1,2}):(\d\d)(?::(\d\d))?(?: *([AP])M)?/i.exec(text);
  if (shown === null) return undefined;
  const [, first, sign, second, year, hour, minute, seconds = '0', half] = shown;
  const isDayFirst = sign === '.' || sign === '-' || Number(first) > 12;
  const [day, month] = isDayFirst ? [Number(first), Number(second)] : [Number(second), Number(first)];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  return { at: Date.UTC(Number(year), month - 1, day, hours, Number(minute), Number(seconds)), isLocal: true };
}

const isoDate = /^\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?\d*)?(Z|[+-]\d\d:?\d\d)?/;

/** Milliseconds. */
function offsetOf(zone = 'Z'): number {
  if (zone === 'Z') return 0;
  return (zone.startsWith('-') ? -60_000 : 60_000) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}
