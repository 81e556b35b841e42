import type { FileSink } from '../evidence-collector.ts';
import type { LineReader } from './evidence-reader.ts';
import { splitCsv } from './split-csv.ts';

/** Columns that HttpProxy's and EWS's own logs have (Logging\HttpProxy\Ews, Logging\Ews); each log has its own others. */
const wanted = ['DateTime', 'UrlStem', 'UserAgent', 'HttpStatus', 'BackEndStatus', 'ErrorCode', 'GenericErrors', 'AuthenticationErrors', 'ExceptionChain'] as const;
type Field = (typeof wanted)[number];

/** Exchange's CSV logs, UTC. Those of requests have some hundred columns, with other ones in each version: only names count. */
export function createExchangeLogReader(sink: FileSink): LineReader {
  let at: Partial<Record<Field, number>> = {};
  let broken = 0;
  /** Others (message tracking, SMTP, setup) have their errors in columns of every name. */
  let isOfRequests = true;
  const learn = (header: string): void => {
    const names = header.trim().split(',').map((name) => name.toLowerCase().replace(/^(?:date-time|time-?stamp)$/, 'datetime'));
    isOfRequests = names.includes('httpstatus');
    at = Object.fromEntries(wanted.flatMap((name) => (names.includes(name.toLowerCase()) ? [[name, names.indexOf(name.toLowerCase())]] : [])));
  };
  return {
    line(text, number) {
      if (text.startsWith('#')) {
        if (text.startsWith('#Fields: ')) learn(text.slice(9));
        return;
      }
      if (text === '') return;
      if (text.startsWith('DateTime,')) {
        learn(text);
        return;
      }
      const cells = splitCsv(text);
      const field = (name: Field): string => (at[name] === undefined ? '' : (cells[at[name]] ?? ''));
      const moment = Date.parse(field('DateTime'));
      const status = Number(field('HttpStatus')) || 0;
      if (Number.isNaN(moment)) {
        broken++;
        return;
      }
      sink.span(moment);
      const occurrence = { line: number, text, at: moment };
      if (!isOfRequests) {
        if (sink.recognize(occurrence)) sink.see(occurrence);
        return;
      }
      const userAgent = field('UserAgent');
      const path = field('UrlStem') || (userAgent.includes('ASAutoDiscover') ? '/autodiscover' : '/EWS');
      const errors = [field('ErrorCode'), field('AuthenticationErrors'), field('GenericErrors'), field('ExceptionChain')].filter((part) => part !== '').join(' ');
      if (status > 0) sink.request({ at: moment, path, userAgent, status }, occurrence);
      if (status >= 500 || (errors !== '' && status >= 400) || userAgent.includes('CrossForest')) sink.see({ ...occurrence, summary: `${status} ${path} ${errors} · ${userAgent}` }, `${status} ${path} ${errors}`);
      if (errors !== '') sink.recognize({ ...occurrence, text: errors });
    },
    end() {
      if (broken > 0) sink.note(`${broken} line${broken === 1 ? ' is' : 's are'} not whole and ${broken === 1 ? 'was' : 'were'} passed over.`);
    },
  };
}
