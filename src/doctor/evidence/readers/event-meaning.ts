import type { FileSink } from '../evidence-collector.ts';

export interface WindowsEvent {
  id: number;
  source: string;
  text: string;
  /** 2 is an error, 3 a warning, 1 critical. */
  level: number;
  at?: number;
  isLocal?: boolean;
  line: number;
}

/** What an event of an Exchange server's logs speaks for. */
export function judgeEvent({ id, source, text, level, at, isLocal, line }: WindowsEvent, sink: FileSink): void {
  const occurrence = { line, text: `event ${id} of ${source}: ${text.replaceAll(/\s+/g, ' ')}`, ...(at === undefined ? {} : { at }), ...(isLocal === undefined ? {} : { isLocal }) };
  if (at !== undefined) sink.span(at, isLocal);
  if (/BackendRehydration/i.test(text) || (id === 3002 && /rehydrat|token-?serialization/i.test(text))) {
    sink.see(occurrence);
    sink.sign({ failure: 'A1', cause: 'a1-serialization-right', proof: `Event ${id} of ${source} tells that the front end may not hand a caller’s identity on.` }, occurrence);
    return;
  }
  if (/MRS proxy service is disabled/i.test(text)) {
    sink.see(occurrence);
    sink.sign({ failure: 'A1', cause: 'a1-mrsproxy-off', proof: `Event ${id} of ${source}: the MRS proxy service is disabled.` }, occurrence);
    return;
  }
  if (level > 3) return;
  if (/exchange|asp\.?net|schannel|hybrid|iis|was\b|w3svc|msshybrid/i.test(source)) sink.see(occurrence, `event ${id} ${source}`);
  sink.recognize({ ...occurrence, text });
}
