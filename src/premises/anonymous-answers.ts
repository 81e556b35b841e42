import type { IncomingMessage } from 'node:http';
import { requestPath } from '../foundation/index.ts';
import type { AutodiscoverServiceOptions } from '../ews/index.ts';
import type { Organization } from '../organization/index.ts';
import { createAutodiscoverJson } from './autodiscover-json.ts';
import { serverMetadata } from './server-metadata.ts';

export interface AnonymousAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface AnonymousAnswersOptions {
  organization: Organization;
  urls: AutodiscoverServiceOptions['urls'];
}

/** What is answered to whoever asks, by GET: Autodiscover version 2 and the metadata document. Undefined for all other paths. */
export function createAnonymousAnswers({ organization, urls }: AnonymousAnswersOptions): (request: IncomingMessage) => Promise<AnonymousAnswer | undefined> {
  const autodiscover = createAutodiscoverJson({ organization, urls });
  return async (request) => {
    const path = requestPath(request).toLowerCase();
    const isMetadata = path === '/metadata/json/1' || path === '/autodiscover/metadata/json/1';
    const isAutodiscover = path === '/autodiscover/autodiscover.json' || path.startsWith('/autodiscover/autodiscover.json/');
    if (!isMetadata && !isAutodiscover) return undefined;
    if (request.method !== 'GET') return { status: 405, headers: { Allow: 'GET' }, body: Buffer.alloc(0) };
    // Part of addresses in the answer: no more than a host, whatever was sent.
    const host = (request.headers.host ?? '').replace(/[^\w.:-]/g, '');
    if (isAutodiscover) return autodiscover(request.url ?? '', host);
    return { status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: Buffer.from(JSON.stringify(await serverMetadata(organization, host))) };
  };
}
