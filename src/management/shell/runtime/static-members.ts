import { randomUUID } from 'node:crypto';
import { parseScript } from '../language/parse-script.ts';
import { ShellError } from '../language/shell-error.ts';
import { decodeText } from '../commands/decode-text.ts';
import { parseExactDate } from '../formatting/parse-exact-date.ts';
import { equalValues, itemsOf, toDate, toNumber, toText } from './convert.ts';
import { formatText } from './format-operator.ts';
import type { ShellHost } from './shell-host.ts';
import { convertTo, isListType, shortTypeName } from './types.ts';
import { regularExpression } from './operators.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, ShellObject, createTimeSpan } from './values.ts';

/** `[guid]::Empty`, `[datetime]::UtcNow`, … @throws ShellError `SHELL_MEMBER` */
export function getStatic(type: string, name: string, host: ShellHost): ShellValue {
  const member = `${shortTypeName(type)}.${name.toLowerCase()}`;
  switch (member) {
    case 'datetime.now':
    case 'datetime.utcnow':
      return new Date(host.clock.now());
    case 'datetime.today':
      return new Date(Math.floor(host.clock.now() / 86_400_000) * 86_400_000);
    case 'guid.empty':
      return '00000000-0000-0000-0000-000000000000';
    case 'string.empty':
      return '';
    case 'int.maxvalue':
      return 2 ** 31 - 1;
    case 'int.minvalue':
      return -(2 ** 31);
    case 'datetime.minvalue':
      return new Date('0001-01-01T00:00:00Z');
    case 'datetime.maxvalue':
      return new Date('9999-12-31T23:59:59.999Z');
    case 'timespan.zero':
      return createTimeSpan(0);
    case 'environment.machinename':
      return host.environment('COMPUTERNAME') ?? null;
    case 'environment.username':
      return host.environment('USERNAME') ?? host.environment('USER') ?? null;
    case 'environment.newline':
      return '\n';
    case 'math.pi':
      return Math.PI;
    case 'encoding.utf8':
      return { kind: 'type', name: 'UTF8Encoding' };
    case 'encoding.ascii':
      return { kind: 'type', name: 'ASCIIEncoding' };
    case 'encoding.unicode':
      return { kind: 'type', name: 'UnicodeEncoding' };
    case 'stringsplitoptions.removeemptyentries':
      return 'RemoveEmptyEntries';
    case 'stringcomparison.ordinalignorecase':
    case 'stringcomparison.currentcultureignorecase':
    case 'stringcomparison.invariantcultureignorecase':
      return 'IgnoreCase';
    default:
      throw new ShellError('SHELL_MEMBER', `The type [${type}] has no property '${name}' that this shell knows.`);
  }
}

/** `[Convert]::ToBase64String(…)`, `[guid]::NewGuid()`, … @throws ShellError `SHELL_MEMBER` */
export async function callStatic(type: string, name: string, given: readonly ShellValue[], host: ShellHost): Promise<ShellValue> {
  const short = shortTypeName(type);
  const [first = null, second = null] = given;
  if (name.toLowerCase() === 'new') {
    if (isListType(short)) return [...itemsOf(first)];
    if (short === 'hashtable') return new Hashtable();
    if (short === 'psobject') return new ShellObject([]);
  }
  switch (`${short}.${name.toLowerCase()}`) {
    case 'guid.newguid':
      return randomUUID();
    case 'guid.parse':
      return convertTo('guid', first);
    case 'datetime.parse':
      return toDate(first);
    case 'datetime.parseexact':
      return parseExactDate(toText(first), itemsOf(second).map(toText));
    case 'datetime.daysinmonth':
      return new Date(Date.UTC(toNumber(first), toNumber(second), 0)).getUTCDate();
    case 'datetime.isleapyear':
      return new Date(Date.UTC(toNumber(first), 2, 0)).getUTCDate() === 29;
    case 'datetime.fromfiletime':
    case 'datetime.fromfiletimeutc':
      return new Date(toNumber(first) / 10_000 - 11_644_473_600_000);
    case 'timespan.fromdays':
      return createTimeSpan(toNumber(first) * 86_400_000);
    case 'timespan.fromhours':
      return createTimeSpan(toNumber(first) * 3_600_000);
    case 'timespan.fromminutes':
      return createTimeSpan(toNumber(first) * 60_000);
    case 'timespan.fromseconds':
      return createTimeSpan(toNumber(first) * 1000);
    case 'string.isnullorempty':
      return toText(first) === '';
    case 'string.isnullorwhitespace':
      return toText(first).trim() === '';
    case 'string.join':
      return given.slice(1).flatMap(itemsOf).map(toText).join(toText(first));
    case 'string.concat':
      return given.flatMap(itemsOf).map(toText).join('');
    case 'string.format':
      return formatText(toText(first), given.slice(1));
    case 'convert.tobase64string':
      return Buffer.from(bytesOf(first)).toString('base64');
    case 'convert.frombase64string':
      return fromBase64(toText(first));
    case 'convert.tostring':
      return second === null ? toText(first) : toNumber(first).toString(toNumber(second));
    case 'convert.todatetime':
      return toDate(first);
    case 'array.reverse':
      if (Array.isArray(first)) (first as ShellValue[]).reverse();
      return null;
    case 'array.indexof':
      return itemsOf(first).findIndex((item) => equalValues(item, second, true));
    case 'convert.toint32':
      if (second !== null) return Number.parseInt(toText(first), toNumber(second));
      return convertTo('int', first);
    case 'int.parse':
      return convertTo('int', first);
    case 'file.exists':
      return (await host.pathType(toText(first))) === 'file';
    case 'directory.exists':
      return (await host.pathType(toText(first))) === 'folder';
    case 'file.readalllines':
      return decodeText(await host.readFile(toText(first))).replace(/\r?\n$/, '').split(/\r?\n/);
    case 'path.getfilename':
      return /[^\\/]*$/.exec(toText(first))?.[0] ?? '';
    case 'path.getfilenamewithoutextension':
      return (/[^\\/]*$/.exec(toText(first))?.[0] ?? '').replace(/\.[^.]*$/, '');
    case 'path.getextension':
      return /\.[^.\\/]+$/.exec(toText(first))?.[0] ?? '';
    case 'path.combine':
      return given.map(toText).reduce((path, part) => (path === '' || /[\\/]$/.test(path) ? path + part : `${path}${path.includes('\\') ? '\\' : '/'}${part}`));
    case 'scriptblock.create':
      return { kind: 'script-block', script: parseScript(toText(first)), text: toText(first) };
    case 'file.readallbytes':
      return new Uint8Array(await host.readFile(toText(first)));
    case 'file.readalltext':
      return decodeText(await host.readFile(toText(first)));
    case 'file.writeallbytes':
      await host.writeFile(toText(first), bytesOf(second), false);
      return null;
    case 'file.writealltext':
      await host.writeFile(toText(first), Buffer.from(toText(second)), false);
      return null;
    case 'file.writealllines':
      await host.writeFile(toText(first), Buffer.from(itemsOf(second).map((line) => `${toText(line)}\r\n`).join('')), false);
      return null;
    case 'regex.match':
      return matchesOf(toText(first), toText(second))[0] ?? matchObject(undefined);
    case 'regex.matches':
      return matchesOf(toText(first), toText(second));
    case 'regex.ismatch':
      return regularExpression(toText(second), '').test(toText(first));
    case 'regex.replace':
      return toText(first).replace(regularExpression(toText(second), 'g'), toText(given[2] ?? null).replaceAll(/\$\{(\w+)\}/g, '$<$1>'));
    case 'regex.split':
      return toText(first).split(regularExpression(toText(second), ''));
    case 'regex.escape':
      return toText(first).replaceAll(/[\\*+?|{[()^$.# ]/g, String.raw`\$&`);
    case 'math.round':
      return round(toNumber(first), second === null ? 0 : toNumber(second));
    case 'math.floor':
      return Math.floor(toNumber(first));
    case 'math.ceiling':
      return Math.ceil(toNumber(first));
    case 'math.truncate':
      return Math.trunc(toNumber(first));
    case 'math.pow':
      return toNumber(first) ** toNumber(second);
    case 'math.sqrt':
      return Math.sqrt(toNumber(first));
    case 'math.sign':
      return Math.sign(toNumber(first));
    case 'math.log':
      return Math.log(toNumber(first)) / (second === null ? 1 : Math.log(toNumber(second)));
    case 'math.log10':
      return Math.log10(toNumber(first));
    case 'math.abs':
      return Math.abs(toNumber(first));
    case 'math.min':
      return Math.min(toNumber(first), toNumber(second));
    case 'math.max':
      return Math.max(toNumber(first), toNumber(second));
    default:
      throw new ShellError('SHELL_MEMBER', `The type [${type}] has no method '${name}' that this shell knows.`);
  }
}

function matchesOf(text: string, pattern: string): ShellObject[] {
  return [...text.matchAll(regularExpression(pattern, 'g'))].map(matchObject);
}

/** `System.Text.RegularExpressions.Match`: as much as scripts read of it. */
function matchObject(found: RegExpMatchArray | undefined): ShellObject {
  const group = (text: string | undefined, name: string): ShellObject => new ShellObject([['Success', text !== undefined], ['Name', name], ['Value', text ?? '']], 'Group', text ?? '');
  const groups = new Hashtable([...(found ?? [undefined]).map((text, at) => [String(at), group(text, String(at))] as const), ...Object.entries(found?.groups ?? {}).map(([name, text]) => [name, group(text, name)] as const)]);
  return new ShellObject([['Groups', groups], ['Success', found !== undefined], ['Index', found?.index ?? 0], ['Length', found?.[0].length ?? 0], ['Value', found?.[0] ?? '']], 'Match', found?.[0] ?? '');
}

function bytesOf(value: ShellValue): Uint8Array {
  const bytes = convertTo('byte[]', value);
  return bytes instanceof Uint8Array ? bytes : new Uint8Array();
}

function fromBase64(text: string): Uint8Array {
  const plain = text.replaceAll(/\s/g, '');
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) throw new ShellError('SHELL_CONVERSION', 'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.');
  return new Uint8Array(Buffer.from(plain, 'base64'));
}

/** Halves go to the even neighbour, as .NET rounds. */
function round(value: number, digits: number): number {
  const scale = 10 ** Math.min(Math.max(digits, 0), 15);
  const scaled = value * scale;
  const floor = Math.floor(scaled);
  const even = Math.abs(scaled - floor - 0.5) < 1e-9 ? (floor % 2 === 0 ? floor : floor + 1) : Math.round(scaled);
  return even / scale;
}
