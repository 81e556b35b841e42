import type { FileSink } from '../evidence-collector.ts';
import { propertyText } from '../text/property-text.ts';
import { sideOfParty } from '../recognize-kind.ts';
import type { LineReader } from './evidence-reader.ts';

/** Logs with one JSON object a line: those of Hybridge's parties, and exports of log services. */
export function createJsonLinesReader(sink: FileSink): LineReader {
  let broken = 0;
  return {
    line(text, number) {
      if (text.trim() === '') return;
      const entry = parse(text);
      if (entry === undefined) {
        broken++;
        return;
      }
      const say = (name: string): string => (typeof entry[name] === 'string' ? entry[name] : '');
      const time = entry['time'] ?? entry['@timestamp'] ?? entry['timestamp'] ?? entry['TimeGenerated'];
      const at = typeof time === 'number' ? time : Date.parse(typeof time === 'string' ? time : '');
      const moment = Number.isNaN(at) ? {} : { at };
      const occurrence = { line: number, text, ...moment };
      if (moment.at !== undefined) sink.span(moment.at);
      if (sink.side === 'unknown' && say('party') !== '') sink.side = sideOfParty(say('party'));
      const status = Number(entry['status']);
      if (status >= 100 && say('path') !== '') {
        const path = say('path');
        const userAgent = say('userAgent');
        if (say('errorCode') === '' || status === 401) sink.request({ ...moment, path, userAgent, status }, occurrence);
        if (say('errorCode') === 'RELAY_NO_AGENT') sink.sign({ failure: 'M35', cause: 'm35-agent-down', proof: 'The relay has no agent for this endpoint: RELAY_NO_AGENT.' }, occurrence);
        // A 401 may be the first step of a sign-in.
        if (status !== 401) sink.code(say('errorCode'), occurrence);
        if (status >= 500 || userAgent.includes('CrossForest')) sink.see({ ...occurrence, summary: `${status} ${say('method')} ${path}${say('errorCode') === '' ? '' : ` ${say('errorCode')}`} · ${userAgent}` }, `${status} ${path}`);
        return;
      }
      const level = entry['level'];
      const isWrong = (typeof level === 'number' && level >= 40) || /^(?:warn|error|fatal)/i.test(say('level'));
      if (!isWrong) return;
      const error = objectOf(entry['err']);
      const facts = objectOf(error['facts']);
      const told = { ...occurrence, text: [say('msg') || say('message'), error['message'], facts['url'], facts['wwwAuthenticate'] === undefined ? undefined : `WWW-Authenticate: ${propertyText(facts['wwwAuthenticate'])}`, facts['diagnostics']].filter((part) => typeof part === 'string' && part !== '').join(' · ') || text };
      if (typeof error['code'] === 'string') sink.code(error['code'], told);
      sink.see(told, say('msg') || say('message') || undefined);
      // A connector means that a token was sent.
      if (facts['status'] === 401 && say('connector') !== '' && typeof facts['wwwAuthenticate'] === 'string' && !/\bBearer\b/i.test(facts['wwwAuthenticate'])) {
        sink.sign({ failure: 'FB10', cause: 'fb10-oauth-off', proof: `The endpoint refuses a token and offers only ${facts['wwwAuthenticate'].replaceAll(/\s?realm="[^"]*"/g, '')}: it does not take tokens at all.` }, told);
      }
      sink.recognize(told);
    },
    end() {
      if (broken > 0) sink.note(`${broken} line${broken === 1 ? ' is' : 's are'} not whole and ${broken === 1 ? 'was' : 'were'} passed over.`);
    },
  };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
