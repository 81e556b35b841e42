import type { FileSink } from '../evidence-collector.ts';
import { readLocalDate } from '../text/local-date.ts';
import type { WindowsEvent } from './event-meaning.ts';
import { judgeEvent } from './event-meaning.ts';
import type { LineReader } from './evidence-reader.ts';

const field = /^\s{0,4}(Log Name|Source|ProviderName|Date|TimeCreated|Event ID|EventID|Id|Level|LevelDisplayName|EntryType|TimeGenerated|Description|Message)\s*:\s?(.*)$/;
const starts = new Set(['Log Name', 'TimeCreated', 'TimeGenerated']);
const longestDescription = 32_768;

/** Events as text: copied from Event Viewer, its export with tabs, or `Get-WinEvent | Format-List`. Times are local. */
export function createEventTextReader(sink: FileSink): LineReader {
  let event: Partial<WindowsEvent> & { line: number } = { line: 1 };
  let text = '';
  const finish = (): void => {
    if (event.id !== undefined) judgeEvent({ id: event.id, source: event.source ?? '', text, level: event.level ?? 4, line: event.line, ...(event.at === undefined ? {} : { at: event.at, isLocal: event.isLocal ?? true }) }, sink);
    event = { line: 1 };
    text = '';
  };
  const setDate = (value: string): void => {
    Object.assign(event, readLocalDate(value) ?? {});
  };
  return {
    line(line, number) {
      const tabbed = line.split('\t');
      if (tabbed.length >= 5 && /^\d+$/.test(tabbed[3] ?? '')) {
        finish();
        event = { line: number, source: tabbed[2] ?? '', id: Number(tabbed[3]), level: levelOf(tabbed[0] ?? '') };
        setDate(tabbed[1] ?? '');
        text = tabbed.slice(5).join(' ');
        return;
      }
      const [, name = '', value = ''] = field.exec(line) ?? [];
      if (starts.has(name)) finish();
      if (starts.has(name)) event.line = number;
      if (name === 'Event ID' || name === 'EventID' || name === 'Id') event.id = Number.parseInt(value, 10);
      else if (name === 'Source' || name === 'ProviderName') event.source = value.trim();
      else if (name === 'Date' || name === 'TimeCreated' || name === 'TimeGenerated') setDate(value);
      else if (name === 'Level' || name === 'LevelDisplayName' || name === 'EntryType') event.level = levelOf(value);
      else if (name !== 'Log Name' && text.length < longestDescription) text += ` ${name === '' ? line.trim() : value}`;
    },
    end: finish,
  };
}

/** Level by its name in some languages, or by its number. */
function levelOf(name: string): number {
  if (/^\s*(?:critical|kritisch|1\b)/i.test(name)) return 1;
  if (/^\s*(?:error|fehler|erreur|2\b)/i.test(name)) return 2;
  return /^\s*(?:warn|avert|3\b)/i.test(name) ? 3 : 4;
}
