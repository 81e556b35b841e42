import type { Script } from '../language/syntax-tree.ts';

/** Everything a variable can hold. Dates stand for `System.DateTime`, byte arrays for `System.Byte[]`. */
export type ShellValue = null | boolean | number | string | Date | Uint8Array | readonly ShellValue[] | ShellObject | Hashtable | ScriptBlock | SecureText | TypeName;

/** Names without regard to case, in the order in which they came. */
class Bag {
  readonly #entries = new Map<string, { name: string; value: ShellValue }>();

  constructor(entries: Iterable<readonly [string, ShellValue]> = []) {
    for (const [name, value] of entries) this.set(name, value);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Undefined where there is no such name; null where its value is. */
  get(name: string): ShellValue | undefined {
    return this.#entries.get(name.toLowerCase())?.value;
  }

  set(name: string, value: ShellValue): void {
    const key = name.toLowerCase();
    this.#entries.set(key, { name: this.#entries.get(key)?.name ?? name, value });
  }

  delete(name: string): void {
    this.#entries.delete(name.toLowerCase());
  }

  get names(): string[] {
    return [...this.#entries.values()].map(({ name }) => name);
  }

  get entries(): [string, ShellValue][] {
    return [...this.#entries.values()].map(({ name, value }) => [name, value]);
  }
}

/** An object with properties: what cmdlets put out and `Select-Object` makes. */
export class ShellObject extends Bag {
  /** What it is, for the default view: the noun of the cmdlet that gave it, or a name of the shell's own. */
  readonly typeName: string;
  /** How it shows itself as text, where whoever made it said so. */
  readonly text: string | undefined;

  constructor(entries: Iterable<readonly [string, ShellValue]>, typeName = 'PSCustomObject', text?: string) {
    super(entries);
    this.typeName = typeName;
    this.text = text;
  }
}

/** `@{ … }`. */
export class Hashtable extends Bag {}

/** `{ … }`: a piece of script that somebody else runs. */
export interface ScriptBlock {
  readonly kind: 'script-block';
  readonly script: Script;
  /** As it was written, without the braces. */
  readonly text: string;
}

export interface TypeName {
  readonly kind: 'type';
  readonly name: string;
}

/** A text that no view, message or file shows: a password. */
export class SecureText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Only for the session that the password is meant for. */
  reveal(): string {
    return this.#text;
  }
}

export const isScriptBlock = (value: ShellValue | undefined): value is ScriptBlock => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'script-block';
export const isTypeName = (value: ShellValue): value is TypeName => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'type';
export const isList = (value: ShellValue): value is readonly ShellValue[] => Array.isArray(value);

/** A user name with its password, as `Get-Credential` gives it. */
export function createCredential(userName: string, password: SecureText): ShellObject {
  return new ShellObject(
    [
      ['UserName', userName],
      ['Password', password],
    ],
    'PSCredential',
  );
}

/** A length of time, with the properties of `System.TimeSpan`. */
export function createTimeSpan(milliseconds: number): ShellObject {
  const whole = (unit: number, of: number): number => Math.trunc(milliseconds / unit) % of;
  return new ShellObject(
    [
      ['Days', Math.trunc(milliseconds / 86_400_000)],
      ['Hours', whole(3_600_000, 24)],
      ['Minutes', whole(60_000, 60)],
      ['Seconds', whole(1000, 60)],
      ['Milliseconds', whole(1, 1000)],
      ['Ticks', milliseconds * 10_000],
      ['TotalDays', milliseconds / 86_400_000],
      ['TotalHours', milliseconds / 3_600_000],
      ['TotalMinutes', milliseconds / 60_000],
      ['TotalSeconds', milliseconds / 1000],
      ['TotalMilliseconds', milliseconds],
    ],
    'TimeSpan',
    timeSpanText(milliseconds),
  );
}

/** `1.02:03:04.5000000`, days and fractions only where there are any (TimeSpan's constant format). */
function timeSpanText(milliseconds: number): string {
  const total = Math.abs(milliseconds);
  const two = (unit: number, of: number): string => String(Math.floor(total / unit) % of).padStart(2, '0');
  const days = Math.floor(total / 86_400_000);
  const fraction = Math.round((total % 1000) * 10_000);
  return `${milliseconds < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${two(3_600_000, 24)}:${two(60_000, 60)}:${two(1000, 60)}${fraction > 0 ? `.${String(fraction).padStart(7, '0')}` : ''}`;
}

/** How cmdlets write instants. */
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const deepest = 20;

/** What a session gave, as values of the shell; instants become dates. */
export function fromPlain(value: unknown, typeName?: string, depth = 0): ShellValue {
  if (value === null || value === undefined || depth > deepest) return null;
  if (typeof value === 'string') return instant.test(value) ? new Date(value) : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item) => fromPlain(item, undefined, depth + 1));
  if (typeof value === 'object') return new ShellObject(Object.entries(value).map(([name, part]) => [name, fromPlain(part, undefined, depth + 1)]), typeName);
  return null;
}

/** A value as a session takes it. Objects that stand for something directory-like are named by their identity; others are what they hold. */
export function toPlain(value: ShellValue): unknown {
  if (value instanceof SecureText) return value.reveal();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (isList(value)) return value.map(toPlain);
  if (value instanceof Hashtable) return Object.fromEntries(value.entries.map(([name, part]) => [name, toPlain(part)]));
  if (value instanceof ShellObject) {
    if (value.typeName === 'PSCredential') return { UserName: value.get('UserName'), Password: toPlain(value.get('Password') ?? null) };
    const identity = value.get('Identity') ?? value.get('Name') ?? value.get('Id') ?? null;
    return identity === null ? Object.fromEntries(value.entries.map(([name, part]) => [name, toPlain(part)])) : toPlain(identity);
  }
  if (isScriptBlock(value)) return value.text;
  if (typeof value === 'object' && value !== null) return value.name;
  return value;
}
