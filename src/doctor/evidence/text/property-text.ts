/** A property's value as one text: lists with commas, nothing for what is not there. */
export function propertyText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(propertyText).join(', ');
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
