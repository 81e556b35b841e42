import { z } from 'zod';
import { closestName } from './closest-name.ts';
import { unwrap } from './environment-variables.ts';
import { secretReference } from './settings.ts';

export interface DescribedIssue {
  path: readonly (string | number)[];
  /** `certificates.0.privateKey`. */
  key: string;
  message: string;
  remedy: string;
}

/** What is wrong with a value and what to do, without the value: it may be a secret in the wrong place. */
export function describeIssue(schema: z.ZodType, values: unknown, issue: z.core.$ZodIssue): DescribedIssue[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((name) => unknownKey(schema, path, name));
  const key = path.join('.');
  const there = schemaAt(schema, path);
  if (there === secretReference && valueAt(values, path) !== undefined) return [{ path, key, message: issue.message.replace(/\.?$/, '.'), remedy: 'Use `file: <path>` or `environment: <name of a variable>`, one of them.' }];
  if (issue.code === 'invalid_type' && valueAt(values, path) === undefined) return [{ path, key, message: 'This key is missing.', remedy: `Add it; it takes ${kindOf(issue.expected)}.` }];
  if (issue.code === 'invalid_type') return [{ path, key, message: `This value is not ${kindOf(issue.expected)}.`, remedy: `Give ${kindOf(issue.expected)}.` }];
  if (issue.code === 'invalid_value') return [{ path, key, message: 'This value is none of those that exist.', remedy: `Use one of: ${issue.values.map(String).join(', ')}.` }];
  if (issue.code === 'too_small') return [tooSmall(path, key, issue)];
  if (issue.code === 'too_big') return [{ path, key, message: 'This value is too large.', remedy: `Give ${issue.inclusive === false ? 'less than' : 'at most'} ${counted(issue.maximum, issue.origin)}.` }];
  return [{ path, key, message: 'This value does not fit.', remedy: issue.message.replace(/\.?$/, '.') }];
}

function unknownKey(schema: z.ZodType, path: readonly (string | number)[], name: string): DescribedIssue {
  const there = schemaAt(schema, path);
  const known = there instanceof z.ZodObject ? Object.keys(there.shape) : [];
  const meant = closestName(name, known);
  return { path: [...path, name], key: [...path, name].join('.'), message: 'There is no such key.', remedy: meant === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${meant}?` };
}

/** The schema of a place, without `optional`, `default` and the like. */
function schemaAt(schema: z.ZodType, path: readonly (string | number)[]): z.ZodType {
  let here = unwrap(schema);
  for (const part of path) {
    if (here instanceof z.ZodObject) here = unwrap((here.shape as Record<string, z.ZodType>)[String(part)] ?? here);
    else if (here instanceof z.ZodArray) here = unwrap(here.def.element as z.ZodType);
  }
  return here;
}

function valueAt(values: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, part) => (typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined), values);
}

function kindOf(expected: string): string {
  const kinds: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'keys of its own, indented' };
  return kinds[expected] ?? `a ${expected}`;
}

function tooSmall(path: DescribedIssue['path'], key: string, { minimum, inclusive, origin }: z.core.$ZodIssueTooSmall): DescribedIssue {
  const remedy = `Give ${inclusive === false ? 'more than' : 'at least'} ${counted(minimum, origin)}.`;
  if (origin === 'array' && Number(minimum) === 1) return { path, key, message: 'This list is empty.', remedy };
  if (origin === 'string' && Number(minimum) === 1) return { path, key, message: 'This text is empty.', remedy };
  return { path, key, message: 'This value is too small.', remedy };
}

/** `1 entry`, `16 characters`, `65535`. */
function counted(limit: number | bigint, origin: string): string {
  const one = Number(limit) === 1;
  if (origin === 'array') return `${limit} ${one ? 'entry' : 'entries'}`;
  return origin === 'string' ? `${limit} ${one ? 'character' : 'characters'}` : String(limit);
}
