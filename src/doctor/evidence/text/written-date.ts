import { readLocalDate } from './local-date.ts';

/** Epoch milliseconds of a date in a cmdlet's output, in any form: ISO, `/Date(…)/` of Windows PowerShell's JSON, or as Windows shows it (taken as UTC). */
export function readWrittenDate(text: string): number | undefined {
  const [, milliseconds] = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(text) ?? [];
  if (milliseconds !== undefined) return Number(milliseconds);
  const shown = readLocalDate(text);
  if (shown !== undefined) return shown.at;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
