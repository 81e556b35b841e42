import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import type { CommandCall } from '../runtime/shell-state.ts';

/** Of Windows-1252, by character: what `-Encoding Default` writes where Windows speaks English. */
const windows1252 = new Map(Array.from(new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)), (character, byte) => [character, byte]));

const encoders: Readonly<Record<string, { mark: readonly number[]; encode: (text: string) => Uint8Array }>> = {
  utf8: { mark: [0xef, 0xbb, 0xbf], encode: (text) => Buffer.from(text) },
  utf8nobom: { mark: [], encode: (text) => Buffer.from(text) },
  unicode: { mark: [0xff, 0xfe], encode: (text) => Buffer.from(text, 'utf16le') },
  bigendianunicode: { mark: [0xfe, 0xff], encode: (text) => Buffer.from(text, 'utf16le').swap16() },
  ascii: { mark: [], encode: (text) => Uint8Array.from(text, (character) => (character < '\u0080' ? character.charCodeAt(0) : 0x3f)) },
  default: { mark: [], encode: (text) => Uint8Array.from(text, (character) => windows1252.get(character) ?? 0x3f) },
};
const synonyms: Readonly<Record<string, string>> = { utf8bom: 'utf8', string: 'unicode', unknown: 'unicode', ansi: 'default', oem: 'default' };

/**
 * Writes a text as `-Encoding` says, with the mark that Windows PowerShell puts before it; where nothing is said as UTF-8
 * without a mark, and not as the one of ASCII, ANSI and UTF-16 that Windows PowerShell takes for each command.
 *
 * @throws ShellError `SHELL_PARAMETER`
 */
export async function writeText(call: CommandCall, path: string, text: string, { append = false } = {}): Promise<void> {
  const { host } = call.state;
  const written = toText(call.parameters.get('Encoding') ?? 'utf8nobom');
  const name = written.toLowerCase().replaceAll('-', '');
  const encoder = encoders[synonyms[name] ?? name];
  if (encoder === undefined) throw new ShellError('SHELL_PARAMETER', `Cannot bind parameter 'Encoding'. The encoding '${written.slice(0, 50)}' cannot be written here.`, { extent: call.extent, remedy: 'Say UTF8 (with a mark, as Excel needs it), UTF8NoBOM, Unicode, BigEndianUnicode, ASCII or Default (Windows-1252).' });
  const isNew = !append || (await host.pathType(path)) === undefined;
  await host.writeFile(path, Buffer.concat([Uint8Array.from(isNew ? encoder.mark : []), encoder.encode(text)]), append);
}

/** @throws ShellError `SHELL_FILE` where `-NoClobber` was said and something is there */
export async function refuseToOverwrite(call: CommandCall, path: string): Promise<void> {
  if (call.parameters.get('NoClobber') === true && (await call.state.host.pathType(path)) !== undefined) throw new ShellError('SHELL_FILE', `The file '${path}' already exists.`, { extent: call.extent });
}
