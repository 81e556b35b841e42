/**
 * Epoch milliseconds of a date as Windows shows it, taken as if it were UTC: `11/21/2026 9:00:00 AM`,
 * `21.11.2026 09:00:00`, `21/11/2026 09:00`, `2026-11-21T09:00:00`. Of two numbers that both may be months the first is
 * taken as the month where slashes are between them (en-US).
 */
export function readLocalDate(text: string): { at: number; isLocal: boolean } | undefined {
  const iso = /^\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?/.exec(text);
  if (iso !== null) {
    const at = Date.parse(`${iso[1] ?? ''}T${iso[2] ?? ''}${iso[3] ?? 'Z'}`);
    return Number.isNaN(at) ? undefined : { at, isLocal: iso[3] === undefined };
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
