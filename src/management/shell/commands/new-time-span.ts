import { toDate, toNumber } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { createTimeSpan } from '../runtime/values.ts';

const units = { Days: 86_400_000, Hours: 3_600_000, Minutes: 60_000, Seconds: 1000 } as const;

export const newTimeSpan: ShellCommand = {
  name: 'New-TimeSpan',
  aliases: [],
  synopsis: 'Gives a length of time: between two dates, or of so many days, hours, minutes and seconds.',
  example: '(New-TimeSpan -End (Get-ExchangeCertificate | Select-Object -First 1).NotAfter).Days',
  parameters: { Start: { type: 'value', position: 0 }, End: { type: 'value', position: 1 }, ...Object.fromEntries(Object.keys(units).map((unit) => [unit, { type: 'value' } as const])) },
  async *run({ parameters, state }) {
    const at = (name: string): number => (parameters.has(name) ? toDate(parameters.get(name) ?? null).getTime() : state.host.clock.now());
    const given = Object.entries(units).filter(([unit]) => parameters.has(unit));
    yield createTimeSpan(given.length > 0 ? given.reduce((sum, [unit, length]) => sum + toNumber(parameters.get(unit) ?? 0) * length, 0) : at('End') - at('Start'));
  },
};
