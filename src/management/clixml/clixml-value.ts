/** A value as `Export-Clixml` keeps it. */
export type ClixmlValue = null | boolean | number | string | Date | Uint8Array | readonly ClixmlValue[] | ClixmlObject;

/** A serialized object: what it was, how it showed itself as text, and its properties in order. */
export interface ClixmlObject {
  /** Names of its class and those above it, the nearest first. */
  typeNames: readonly string[];
  text: string | undefined;
  properties: readonly (readonly [string, ClixmlValue])[];
}

export const isClixmlObject = (value: ClixmlValue): value is ClixmlObject => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);

const escape = /_x([0-9A-F]{4})_/gi;

/** `_x000D_` stands for the character of that number ([MS-PSRP] 2.2.5.3.2). */
export function decodeClixmlText(text: string): string {
  return text.replaceAll(escape, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff]|_(?=x[0-9A-F]{4}_)/gi;

export function encodeClixmlText(text: string): string {
  return text.replaceAll(unsafe, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

export const clixmlNamespace = 'http://schemas.microsoft.com/powershell/2004/04';
