import { stripVTControlCharacters } from 'node:util';

/**
 * A line without the escape sequences that colour a terminal: PowerShell 7 writes them into transcripts, amid words. Only
 * for single lines: a sequence that is never ended would swallow the ones after it.
 */
export function withoutEscapes(line: string): string {
  return line.includes('\u001b') ? stripVTControlCharacters(line) : line;
}
