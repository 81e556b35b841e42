import { resolveTxt } from 'node:dns/promises';
import type { ServerResponse } from 'node:http';
import type { HttpRoute } from '../../../foundation/index.ts';
import { readBody, requestIdOf } from '../../../foundation/index.ts';
import { soapContentType } from '../../../xml/index.ts';
import type { StsContext } from '../../sts/sts-context.ts';
import { federationMetadata } from './gateway-key.ts';
import { issueDelegationToken } from './issue-delegation-token.ts';
import { manageDelegation } from './manage-delegation.ts';
import type { ResolveText } from './manage-delegation.ts';

const largestRequest = 262_144;

/** The federation gateway's public side: tokens, registration and metadata. */
export function gatewayRoutes(context: StsContext & { resolveText?: ResolveText }): HttpRoute[] {
  const resolveText: ResolveText = context.resolveText ?? resolveTxt;
  const metadata: HttpRoute['handle'] = async (_, response) => {
    const body = Buffer.from(await federationMetadata(context));
    response.writeHead(200, { 'content-type': 'application/xml; charset=utf-8', 'content-length': String(body.length), 'cache-control': 'public, max-age=300' }).end(body);
  };
  return [
    {
      method: 'POST',
      path: '/extSTS.srf',
      async handle(request, response) {
        const { status, xml, outcome, facts } = await issueDelegationToken(context, await readBody(request, largestRequest));
        context.log.info({ requestId: requestIdOf(request.headers), outcome, facts }, status === 200 ? 'delegation token issued' : 'delegation token refused');
        sendSoap(response, status, xml);
      },
    },
    {
      method: 'POST',
      path: '/service/managedelegation2.asmx',
      async handle(request, response) {
        const { status, xml, outcome } = await manageDelegation({ ...context, resolveText }, await readBody(request, largestRequest));
        context.log.info({ requestId: requestIdOf(request.headers), outcome }, 'delegation managed');
        sendSoap(response, status, xml);
      },
    },
    { method: 'GET', path: '/FederationMetadata/2006-12/FederationMetadata.xml', handle: metadata },
  ];
}

function sendSoap(response: ServerResponse, status: number, xml: string): void {
  const body = Buffer.from(xml);
  response.writeHead(status, { 'content-type': soapContentType('1.2'), 'content-length': String(body.length), 'cache-control': 'no-store' }).end(body);
}
