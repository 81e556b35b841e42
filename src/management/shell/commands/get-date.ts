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
    const [format, unixFormat] = [call.parameters.get('Format'), call.parameters.get('UFormat')];
    if (unixFormat !== undefined) yield unixDate(moved, toText(unixFormat));
    else yield format === undefined ? moved : formatDate(moved, toText(format));
  },
};

/** What `date` of Unix knows, as .NET writes it. */
const unixParts: Readonly<Record<string, string>> = { Y: 'yyyy', y: 'yy', m: 'MM', d: 'dd', H: 'HH', I: 'hh', M: 'mm', S: 'ss', A: 'dddd', a: 'ddd', B: 'MMMM', b: 'MMM', p: 'tt', F: 'yyyy-MM-dd', T: 'HH:mm:ss', R: 'HH:mm', D: 'MM/dd/yy' };

function unixDate(date: Date, format: string): string {
  return format.replace(/^\+/, '').replaceAll(/%(.)/g, (written, letter: string) => {
    if (letter === 's') return String(Math.floor(date.getTime() / 1000));
    const part = unixParts[letter];
    return part === undefined ? (letter === '%' ? '%' : written) : formatDate(date, part);
  });
}
