/** A property that is a text; empty where it is absent or something else. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
