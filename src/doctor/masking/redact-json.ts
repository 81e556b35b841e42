import { isSecretName } from './mask-secrets.ts';
import type { SecretMasker } from './mask-secrets.ts';

const deepest = 200;

/** Masks a JSON value by its structure: properties and HAR's name/value pairs by their names, every text as a text. */
export function redactJson(value: unknown, masker: SecretMasker, replaceNames: (text: string) => string, key = '', depth = 0): unknown {
  if (depth > deepest) return null;
  if (typeof value === 'string') return isSecretName(key) && value !== '' ? masked(key, value, masker) : replaceNames(masker.text(value));
  if (typeof value === 'number' && isSecretName(key)) return masker.pseudonym('secret', String(value));
  if (Array.isArray(value)) return value.map((item) => (key === 'cookies' ? redactPair(item, masker, true) : redactJson(item, masker, replaceNames, key, depth + 1)));
  if (typeof value !== 'object' || value === null) return value;
  // `"Secret": { "Value": … }`: whatever stands in it is one.
  if (isSecretName(key) && !('name' in value)) return Object.fromEntries(Object.entries(value).map(([property, part]) => [property, redactJson(part, masker, replaceNames, key, depth + 1)]));
  const object: Record<string, unknown> = { ...value };
  const { name } = object;
  const isPair = typeof name === 'string' && typeof object['value'] === 'string';
  return Object.fromEntries(
    Object.entries(object).map(([property, part]) => {
      if (isPair && property === 'value' && typeof part === 'string') {
        const isCode = name === 'code' || name === 'session_state';
        return [property, isSecretName(name) || isCode ? masked(name, part, masker) : replaceNames(masker.text(part))];
      }
      return [replaceNames(property), redactJson(part, masker, replaceNames, property, depth + 1)];
    }),
  );
}

/** A header keeps what is no secret in it: the scheme, the names of cookies. */
function masked(name: string, value: string, masker: SecretMasker): string {
  if (/^(?:proxy-)?authorization$|cookie/i.test(name)) return value === '' ? value : masker.text(`${name}: ${value}`).slice(name.length + 2);
  return value.startsWith('MASKED-') ? value : masker.pseudonym('secret', value);
}

function redactPair(item: unknown, masker: SecretMasker, isSecret: boolean): unknown {
  if (typeof item !== 'object' || item === null) return null;
  return Object.fromEntries(Object.entries(item).map(([property, part]) => [property, isSecret && property === 'value' && typeof part === 'string' && part !== '' ? masker.pseudonym('cookie', part) : part]));
}
