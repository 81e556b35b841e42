import { formatDate } from '../formatting/format-date.ts';
import { toDate, toNumber, toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';

const parts = ['Year', 'Month', 'Day', 'Hour', 'Minute', 'Second'] as const;

export const getDate: ShellCommand = {
  name: 'Get-Date',
  aliases: [],
  synopsis: 'Gives the time, in UTC.',
  example: 'Set-AuthConfig -NewCertificateThumbprint $thumbprint -NewCertificateEffectiveDate (Get-Date)',
  parameters: { Date: { type: 'value', position: 0 }, Format: { type: 'value' }, UFormat: { type: 'value' }, AsUTC: { type: 'switch' }, ...Object.fromEntries(parts.map((part) => [part, { type: 'value' } as const])) },
  async *run(call) {
    const given = call.parameters.get('Date');
    const date = given === undefined ? new Date(call.state.host.clock.now()) : new Date(toDate(given));
    const part = (name: (typeof parts)[number], now: number): number => (call.parameters.has(name) ? toNumber(call.parameters.get(name) ?? null) : now);
    const moved = new Date(
      Date.UTC(part('Year', date.getUTCFullYear()), part('Month', date.getUTCMonth() + 1) - 1, part('Day', date.getUTCDate()), part('Hour', date.getUTCHours()), part('Minute', date.getUTCMinutes()), part('Second', date.getUTCSeconds()), date.getUTCMilliseconds()),
    );
    const format = call.parameters.get('Format');
    yield format === undefined ? moved : formatDate(moved, toText(format));
  },
};
