import { ShellError } from '../language/shell-error.ts';
import { getProperty, ownProperty, propertyNames } from '../runtime/members.ts';
import { toBoolean, toNumber, toText } from '../runtime/convert.ts';
import type { ScriptBlock, ShellValue } from '../runtime/values.ts';
import { Hashtable, isList, isScriptBlock } from '../runtime/values.ts';
import { isWildCard, wildCardPattern } from '../runtime/wild-card-pattern.ts';

/** One wanted property: a name, a pattern of names, or a computed one. */
export interface WantedProperty {
  label: string;
  /** Undefined for a name or pattern. */
  compute: ScriptBlock | undefined;
  /** The property shown under another label. */
  source?: string;
  width: number | undefined;
  alignment: 'left' | 'right' | 'center' | undefined;
  /** .NET format string. */
  format: string | undefined;
  /** Sorted downwards, or upwards, whatever is said for the others. */
  descending?: boolean;
}

export interface ChosenProperty {
  name: string;
  value: ShellValue;
  wanted: WantedProperty;
}

/** Runs a script block with `$_` set. */
export type RunBlock = (block: ScriptBlock, item: ShellValue) => Promise<ShellValue>;

/** What stands after `-Property`: names, patterns, `@{Name=…; Expression={…}}`. @throws ShellError `SHELL_PARAMETER` */
export function wantedProperties(given: ShellValue): WantedProperty[] {
  return (isList(given) ? given.flat() : given === null ? [] : [given]).map((value) => {
    if (isScriptBlock(value)) return { label: value.text.trim(), compute: value, width: undefined, alignment: undefined, format: undefined };
    if (value instanceof Hashtable) return computedProperty(value);
    return { label: toText(value), compute: undefined, width: undefined, alignment: undefined, format: undefined };
  });
}

function computedProperty(table: Hashtable): WantedProperty {
  const part = (...names: string[]): ShellValue | undefined => {
    const key = table.names.find((name) => names.some((candidate) => candidate.startsWith(name.toLowerCase())));
    return key === undefined ? undefined : table.get(key);
  };
  const expression = part('expression');
  const label = part('name', 'label') ?? (typeof expression === 'string' ? expression : undefined) ?? (isScriptBlock(expression) ? expression.text.trim() : undefined);
  if (expression === undefined || label === undefined) throw new ShellError('SHELL_PARAMETER', 'A computed property needs the keys Name (or Label) and Expression.');
  const width = part('width');
  const alignment = toText(part('alignment') ?? null).toLowerCase();
  const format = part('formatstring');
  const [descending, ascending] = [part('descending'), part('ascending')];
  return {
    label: toText(label),
    compute: isScriptBlock(expression) ? expression : undefined,
    width: width === undefined ? undefined : toNumber(width),
    alignment: alignment === 'left' || alignment === 'right' || alignment === 'center' ? alignment : undefined,
    format: format === undefined ? undefined : toText(format),
    ...(isScriptBlock(expression) ? {} : { source: toText(expression) }),
    ...(descending === undefined && ascending === undefined ? {} : { descending: descending === undefined ? ascending === false : toBoolean(descending) }),
  };
}

/**
 * The wanted properties of one object, patterns resolved, in the order asked for. A name takes the spelling of the
 * object. `missing` says what becomes of names that the object does not have.
 */
export async function chooseProperties(item: ShellValue, wanted: readonly WantedProperty[], run: RunBlock, options: { missing: 'empty' | 'omit'; exclude?: readonly string[] }): Promise<ChosenProperty[]> {
  const excluded = (options.exclude ?? []).map((pattern) => wildCardPattern(pattern));
  const chosen: ChosenProperty[] = [];
  const taken = new Set<string>();
  const add = (name: string, value: ShellValue, property: WantedProperty): void => {
    if (taken.has(name.toLowerCase()) || excluded.some((matches) => matches(name))) return;
    taken.add(name.toLowerCase());
    chosen.push({ name, value, wanted: property });
  };
  for (const property of wanted) {
    if (property.compute !== undefined) add(property.label, await run(property.compute, item), property);
    else if (property.source !== undefined) add(property.label, getProperty(item, property.source), property);
    else if (isWildCard(property.label)) {
      const matches = wildCardPattern(property.label);
      for (const name of propertyNames(item)) if (matches(name)) add(name, ownProperty(item, name) ?? null, property);
    } else {
      const own = propertyNames(item).find((name) => name.toLowerCase() === property.label.toLowerCase());
      if (own !== undefined) add(own, ownProperty(item, own) ?? null, property);
      else if (options.missing === 'empty') add(property.label, getProperty(item, property.label), property);
    }
  }
  return chosen;
}
