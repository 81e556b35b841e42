import type { HeaderField, ResponseHead } from '../../tunnel/index.ts';
import { errorHeader, serializeHead } from '../../tunnel/index.ts';

export interface ResponseRewriting {
  requestId: string;
  via: string;
  /** True when the client connection ends after this answer. */
  close: boolean;
  /** True for the answer that switches protocols. */
  upgrade: boolean;
}

const dropped = new Set(['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'upgrade', errorHeader]);

/** The head as the client gets it. `x-hybridge-error` is ours alone, so that a target cannot speak as the relay. */
export function rewriteResponseHead(head: ResponseHead, rewriting: ResponseRewriting): Buffer {
  const kept: HeaderField[] = [];
  let identified = false;
  for (const field of head.fields) {
    const switching = field.key === 'upgrade' && (rewriting.upgrade || head.status === 426);
    if (!switching && (dropped.has(field.key) || head.connection.includes(field.key))) continue;
    if (field.key === 'request-id') identified = true;
    kept.push(field);
  }
  const added: [string, string][] = [['Via', rewriting.via]];
  if (!identified) added.push(['request-id', rewriting.requestId]);
  if (rewriting.upgrade) added.push(['Connection', 'Upgrade']);
  else if (rewriting.close) added.push(['Connection', 'close']);
  return serializeHead(`HTTP/1.1 ${head.status} ${head.reason}`, kept, added);
}
