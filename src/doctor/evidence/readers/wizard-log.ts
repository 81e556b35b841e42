import type { FileSink } from '../evidence-collector.ts';
import { tenantsIn } from '../text/tenants-in.ts';
import type { LineReader } from './evidence-reader.ts';

/** `2019.10.21 13:09:24.552 *ERROR* 10349 [Client=UX, Page=HybridConnectorInstall, Thread=20] text`. */
const entry = /^(\d{4})\.(\d\d)\.(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})\s+(\*ERROR\*|WARNING)?\s*(\d{5})?\s*(?:\[([^\]]*)\])?\s*([^]*)$/;
const mostLines = 60;

/** The wizard's `.log`. Its times are local; a line without a time goes on with the entry before it. */
export function createWizardLogReader(sink: FileSink): LineReader {
  let current: { at: number; line: number; level: string; id: string; text: string[] } | undefined;
  const finish = (): void => {
    if (current === undefined) return;
    const { at, line, level, id, text } = current;
    current = undefined;
    const whole = text.join('\n');
    sink.span(at, true);
    const occurrence = { at, isLocal: true, line, text: `${level}${level === '' ? '' : ' '}${id} ${whole}`.trim() };
    const started = /^START ([A-Za-z]+-[A-Za-z]\w*)/.exec(whole);
    if (started?.[1] !== undefined) sink.cmdletStart(started[1], at, true);
    const isWrong = level !== '' || /\bHCW8\d{3}\b|exception|^FINISH .*failed/i.test(whole);
    if (isWrong) {
      sink.see(occurrence);
      sink.recognize({ ...occurrence, text: whole });
    } else if (started !== null && /^START (?:New|Set|Remove|Enable|Disable|Update)-/.test(whole)) {
      sink.see(occurrence, `change ${line}`);
    }
    for (const tenant of tenantsIn(whole)) sink.tenant(tenant, line);
  };
  return {
    line(text, number) {
      const match = entry.exec(text);
      if (match === null) {
        if (current !== undefined && current.text.length < mostLines) current.text.push(text);
        return;
      }
      finish();
      const [, year, month, day, hour, minute, second, millisecond, level = '', id = '', , rest = ''] = match;
      const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Number(millisecond));
      current = { at, line: number, level, id, text: [rest] };
    },
    end: finish,
  };
}
