import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import type { z } from 'zod';
import { errorCode, errorText } from '../../foundation/index.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { ConfigurationProblem } from './configuration-error.ts';
import { describeIssue } from './describe-issue.ts';
import { closestName } from './closest-name.ts';
import { environmentVariables } from './environment-variables.ts';
import type { SecretReference } from './settings.ts';

export interface ConfigurationSource<Schema extends z.ZodType> {
  /** Path of the YAML file. */
  file: string;
  /** The YAML itself, where it stands in no file; `file` is then only a name in the folder that paths are relative to. */
  text?: string;
  schema: Schema;
  /** `HYBRIDGE_RELAY`: begins the names of the variables that override keys. */
  prefix: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Variables with the prefix that are no keys. */
  otherVariables?: readonly string[];
}

/** Settings that fit their schema. What they refer to is read when it is asked for. */
export interface LoadedConfiguration<Settings> {
  readonly file: string;
  readonly settings: Settings;
  /** Where a path of the file leads: it is relative to the folder of the file. */
  path(relative: string): string;
  /** The text of a file that a key names. @throws ConfigurationError `CONFIGURATION_FILE` */
  text(key: string, relative: string): string;
  /** @throws ConfigurationError `CONFIGURATION_SECRET` */
  secret(key: string, reference: SecretReference): string;
}

const maximumBytes = 1 << 20;

/**
 * Reads a party's configuration and everything that may override it.
 *
 * @throws ConfigurationError
 */
export function loadConfiguration<Schema extends z.ZodType>(source: ConfigurationSource<Schema>): LoadedConfiguration<z.output<Schema>> {
  const { schema } = source;
  const file = source.text === undefined ? source.file : 'options';
  const lines = new LineCounter();
  const document = parseDocument(source.text ?? readConfigurationFile(file), { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) throw yamlError(file, document, lines);
  const values = plainValues(file, document);
  const overridden = override(values, source);
  const parsed = schema.safeParse(values);
  if (parsed.success) return loaded(source, parsed.data);
  const problems = parsed.error.issues.flatMap((issue) => describeIssue(schema, values, issue)).map(({ path, key, message, remedy }): ConfigurationProblem => {
    const variable = overridden.get(key) ?? [...overridden].find(([start]) => key.startsWith(`${start}.`))?.[1];
    if (variable !== undefined) return { variable, key, message, remedy };
    if (source.text !== undefined) return { key, message, remedy };
    const offset = offsetOf(document, path);
    const { line, col } = lines.linePos(offset ?? 0);
    return { line: line === 0 ? 1 : line, column: col === 0 ? 1 : col, key, message, remedy };
  });
  throw new ConfigurationError('CONFIGURATION_INVALID', { file, problems: problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) });
}

function readConfigurationFile(file: string): string {
  try {
    if (statSync(file).size <= maximumBytes) return readFileSync(file, 'utf8');
  } catch (error) {
    const cause = errorCode(error);
    throw new ConfigurationError('CONFIGURATION_UNREADABLE', {
      file,
      problems: [{ key: '', message: `The file cannot be read (${cause ?? errorText(error)}).`, remedy: cause === 'ENOENT' ? 'Check the path given with --config.' : 'Check the permissions of the file and its folder.' }],
      cause: error,
    });
  }
  throw new ConfigurationError('CONFIGURATION_UNREADABLE', { file, problems: [{ key: '', message: 'The file is larger than 1 MiB.', remedy: 'Check that it is the configuration.' }] });
}

function yamlError(file: string, document: Document.Parsed, lines: LineCounter): ConfigurationError {
  const problems = document.errors.map((error): ConfigurationProblem => {
    const { line, col } = lines.linePos(error.pos[0]);
    return { line: Math.max(1, line), column: Math.max(1, col), key: '', message: `This is not valid YAML (${error.code.toLowerCase().replaceAll('_', ' ')}).`, remedy: error.code === 'DUPLICATE_KEY' ? 'Keep one of the two.' : 'Check indentation, quotes and colons.' };
  });
  return new ConfigurationError('CONFIGURATION_YAML', { file, problems });
}

function plainValues(file: string, document: Document.Parsed): Record<string, unknown> {
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return {};
  if (isMap(contents)) return document.toJS({ maxAliasCount: 20 }) as Record<string, unknown>;
  throw new ConfigurationError('CONFIGURATION_INVALID', { file, problems: [{ line: 1, column: 1, key: '', message: 'The file holds no keys.', remedy: 'Write one `key: value` on each line.' }] });
}

/** Puts the values of variables in place. Returns the variable of each key that it set. */
function override<Schema extends z.ZodType>(values: Record<string, unknown>, source: ConfigurationSource<Schema>): Map<string, string> {
  const known = environmentVariables(source.schema, source.prefix);
  const others = source.otherVariables ?? [];
  const set = new Map<string, string>();
  const unknown: ConfigurationProblem[] = [];
  for (const [name, value] of Object.entries(source.environment)) {
    if (value === undefined || !name.startsWith(`${source.prefix}_`) || others.includes(name)) continue;
    const variable = known.find((candidate) => candidate.name === name);
    if (variable === undefined) {
      const meant = closestName(name, known.map((candidate) => candidate.name));
      unknown.push({ variable: name, key: '', message: 'No key has this variable.', remedy: meant === undefined ? 'Unset it.' : `Did you mean ${meant}?` });
      continue;
    }
    place(values, variable.path, variable.read(value));
    set.set(variable.path.join('.'), name);
  }
  if (unknown.length > 0) throw new ConfigurationError('CONFIGURATION_INVALID', { file: source.text === undefined ? source.file : 'options', problems: unknown });
  return set;
}

function place(values: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    values[key] = value;
    return;
  }
  const inner = values[key];
  const within = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Record<string, unknown>) : {};
  values[key] = within;
  place(within, rest, value);
}

/** Where a key begins, or, of one that is not there, the nearest one around it. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[]): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : (document.getIn(path.slice(0, length - 1), true) as Node | undefined);
    const key = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const node = (pair?.key as Node | undefined) ?? (document.getIn(path.slice(0, length), true) as Node | undefined);
    if (node?.range != null) return node.range[0];
  }
  return undefined;
}

function loaded<Settings>({ file, environment }: ConfigurationSource<z.ZodType>, settings: Settings): LoadedConfiguration<Settings> {
  const path = (relative: string): string => resolve(dirname(file), relative);
  const read = (code: 'CONFIGURATION_FILE' | 'CONFIGURATION_SECRET', key: string, relative: string): string => {
    try {
      return readFileSync(path(relative), 'utf8');
    } catch (error) {
      throw new ConfigurationError(code, {
        file,
        problems: [{ key, message: `${path(relative)} cannot be read (${errorCode(error) ?? errorText(error)}).`, remedy: 'Check the path and that the account of this service may read it.' }],
        cause: error,
      });
    }
  };
  const secretFrom = (key: string, value: string | undefined, origin: string): string => {
    const secret = value?.replace(/\r?\n$/, '');
    if (secret !== undefined && secret !== '') return secret;
    throw new ConfigurationError('CONFIGURATION_SECRET', { file, problems: [{ key, message: `There is no secret in ${origin}.`, remedy: 'Put the secret there.' }] });
  };
  return {
    file,
    settings,
    path,
    text: (key, relative) => read('CONFIGURATION_FILE', key, relative),
    secret(key, reference) {
      if (reference.file !== undefined) return secretFrom(key, read('CONFIGURATION_SECRET', key, reference.file), path(reference.file));
      const name = reference.environment ?? '';
      return secretFrom(key, environment[name], `the environment variable ${name}`);
    },
  };
}
