/**
 * Epoch milliseconds of a date as Windows shows it, taken as if it were UTC: `11/21/2026 9:00:00 AM`,
 * `21.11.2026 09:00:00`, `21/11/2026 09:00`, `2026-11-21T09:00:00`. Of two numbers that both may be months the first is
 * taken as the month where slashes are between them (en-US).
 */
export function readLocalDate(text: string): { at: number; isLocal: boolean } | undefined {
  const iso = isoDate.exec(text);
  if (iso !== null) {
    const [whole, fraction = '', zone] = iso;
    const from = whole.search(/\d/);
    const number = (at: number, length = 2): number => digitsAt(text, from + at, length);
    const [month, day, hour, minute, second] = [number(5), number(8), number(11), number(14), whole.charAt(from + 16) === ':' ? number(17) : 0];
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 59) return undefined;
    const local = Date.UTC(number(0, 4), month - 1, day, hour, minute, second) + (fraction === '' ? 0 : Math.trunc(Number(fraction) * 1000));
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

const isoDate = /^\s*\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(\.\d{1,9})?\d*)?(Z|[+-]\d\d:?\d\d)?/;

/** Some times as fast as to cut the digits out and to read them: it is done for every line of a log. */
function digitsAt(text: string, at: number, length: number): number {
  let value = 0;
  for (let index = at; index < at + length; index++) value = value * 10 + text.charCodeAt(index) - 48;
  return value;
}

/** Milliseconds. */
function offsetOf(zone = 'Z'): number {
  if (zone === 'Z') return 0;
  return (zone.startsWith('-') ? -60_000 : 60_000) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}
