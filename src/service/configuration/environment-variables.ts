import { parse } from 'yaml';
import { z } from 'zod';
import { secretReference } from './settings.ts';

/** A key that a variable can set. */
export interface EnvironmentVariable {
  /** `HYBRIDGE_RELAY_PUBLIC_PORT`. */
  name: string;
  /** `['public', 'port']`. */
  path: readonly string[];
  read: (value: string) => unknown;
}

/**
 * The variables that stand for the keys of a schema: the prefix, then the key's path, words and levels joined by `_`, in
 * capitals: `public.port` of a relay is `HYBRIDGE_RELAY_PUBLIC_PORT`. Texts are taken as they are, lists with commas or
 * as YAML, everything else as YAML. For a secret, the variable holds the secret; the one with `_FILE` names its file.
 */
export function environmentVariables(schema: z.ZodType, prefix: string): readonly EnvironmentVariable[] {
  return variablesOf(schema, prefix, []);
}

function variablesOf(wrapped: z.ZodType, prefix: string, path: readonly string[]): EnvironmentVariable[] {
  const schema = unwrap(wrapped);
  if (schema === secretReference) {
    return [
      { name: prefix, path, read: () => ({ environment: prefix }) },
      { name: `${prefix}_FILE`, path, read: (file) => ({ file }) },
    ];
  }
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape).flatMap(([key, inner]) => variablesOf(inner as z.ZodType, `${prefix}_${key.replace(/[A-Z]/g, '_$&').toUpperCase()}`, [...path, key]));
  return [{ name: prefix, path, read: (value) => readValue(schema, value) }];
}

/** What lies within `optional`, `default` and the like. */
export function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodNullable) return unwrap(schema.def.innerType as z.ZodType);
  return schema;
}

function readValue(schema: z.ZodType, value: string): unknown {
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodURL) return value;
  const read = parseScalar(value);
  return schema instanceof z.ZodArray && typeof read === 'string' ? read.split(',').map((item) => item.trim()) : read;
}

/** What is no YAML stays a text, and the schema says what it should have been. */
function parseScalar(value: string): unknown {
  try {
    return parse(value, { maxAliasCount: 0 }) as unknown;
  } catch {
    return value;
  }
}
