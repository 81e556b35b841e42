/** Reading properties of cmdlet output, whose values are unknown until looked at. */
export type Observed = Readonly<Record<string, unknown>>;

export function textOf(object: Observed | undefined, property: string): string {
  const value = object?.[property];
  return typeof value === 'string' ? value : '';
}

/** The first of these properties that has a text. */
export function firstTextOf(object: Observed | undefined, ...properties: readonly string[]): string {
  return properties.map((property) => textOf(object, property)).find((text) => text !== '') ?? '';
}

export function listOf(object: Observed | undefined, property: string): readonly string[] {
  const value = object?.[property];
  if (Array.isArray(value)) return value.filter((entry) => typeof entry === 'string');
  return typeof value === 'string' && value !== '' ? [value] : [];
}

export function isTrue(object: Observed | undefined, property: string): boolean {
  return object?.[property] === true;
}

/** What is wanted and not there, compared without regard to case. */
export function missingFrom(present: readonly string[], wanted: readonly string[]): readonly string[] {
  const known = new Set(present.map((entry) => entry.toLowerCase()));
  return [...new Set(wanted)].filter((entry) => !known.has(entry.toLowerCase()));
}

/** The wanted properties that an object does not have yet, as parameters of a Set- cmdlet. */
export function differences(object: Observed, wanted: Observed): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const [property, value] of Object.entries(wanted)) {
    if (Array.isArray(value)) {
      const present = listOf(object, property);
      if (present.length !== value.length || missingFrom(present, value as string[]).length > 0) changes[property] = value;
    } else if ((object[property] ?? null) !== value) changes[property] = value;
  }
  return changes;
}

/** The wanted properties as parameters of a New- cmdlet: what is to be empty is left away. */
export function given(wanted: Observed): Record<string, unknown> {
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)));
}
