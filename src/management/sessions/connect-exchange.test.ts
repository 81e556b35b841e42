import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Agent } from 'undici';
import { listen, readBody } from '../../foundation/index.ts';
import type { CmdletSession } from './cmdlet-session.ts';
import { connectExchange } from './connect-exchange.ts';

interface Seen {
  url: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** A listener that answers as Exchange Online's admin API is published to answer. */
async function service(t: TestContext, answer: (response: ServerResponse, base: string) => void): Promise<{ session: CmdletSession; base: string; seen: Seen[]; warnings: string[] }> {
  const seen: Seen[] = [];
  const warnings: string[] = [];
  let base = '';
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    seen.push({ url: request.url ?? '', headers: request.headers, body: JSON.parse((await readBody(request, 1 << 20)).toString()) });
    answer(response, base);
  };
  const listener = await listen(createServer((request, response) => void handle(request, response)));
  base = `http://127.0.0.1:${listener.port}`;
  const httpClient = new Agent();
  t.after(async () => {
    await httpClient.close();
    await listener.close();
  });
  const session = connectExchange({ url: base, httpClient, authorization: async () => 'Bearer token', tenant: 'contoso.onmicrosoft.com', anchorMailbox: 'UPN:admin@contoso.onmicrosoft.com', onWarning: (message) => warnings.push(message) });
  return { session, base, seen, warnings };
}

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
};

test('sends what the service expects, hashtables marked', async (t) => {
  const { session, seen } = await service(t, (response) => json(response, 200, { value: [] }));
  await session.invoke('Set-Mailbox', { Identity: 'anna', EmailAddresses: { add: ['a@b.test'] }, Enabled: true });
  assert.equal(seen[0]?.url, '/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand');
  assert.deepEqual(seen[0]?.body, { CmdletInput: { CmdletName: 'Set-Mailbox', Parameters: { Identity: 'anna', EmailAddresses: { '@odata.type': '#Exchange.GenericHashTable', add: ['a@b.test'] }, Enabled: true } } });
  const { authorization, 'x-cmdletname': cmdlet, 'x-anchormailbox': anchor, 'client-request-id': id } = seen[0]?.headers ?? {};
  assert.deepEqual([authorization, cmdlet, anchor, typeof id], ['Bearer token', 'Set-Mailbox', 'UPN:admin@contoso.onmicrosoft.com', 'string']);
});

test('follows pages, drops type annotations, passes warnings on', async (t) => {
  const pages = [
    { '@odata.context': 'x', '@adminapi.warnings': ['careful'], value: [{ '@odata.type': 't', Name: 'one', 'Guid@data.type': 'System.Guid', Guid: '1' }], '@odata.nextLink': '/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand?$skiptoken=2' },
    { value: ['text', 5, { Name: 'two' }] },
  ];
  const { session, seen, warnings } = await service(t, (response) => json(response, 200, pages[seen.length - 1]));
  assert.deepEqual(await session.invoke('Get-Mailbox'), [{ Name: 'one', Guid: '1' }, { Value: 'text' }, { Value: 5 }, { Name: 'two' }]);
  assert.equal(seen[1]?.url, '/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand?$skiptoken=2');
  assert.deepEqual(warnings, ['careful']);
});

test('credentials are never sent to another origin that an answer names', async (t) => {
  const other = await service(t, (response) => json(response, 200, { value: [] }));
  const { session, seen } = await service(t, (response) => json(response, 200, { value: [{ Name: 'one' }], '@odata.nextLink': `${other.base}/adminapi` }));
  assert.equal((await session.invoke('Get-Mailbox')).length, 1);
  assert.equal(seen.length, 1);
  assert.equal(other.seen.length, 0);
});

test('published errors become codes that can be decided on', async (t) => {
  const refusal = (message: string): unknown => ({ error: { code: 'NotFound', message: 'Error executing cmdlet', details: [{ code: 'Client', target: '', message }], innererror: { message: 'x', type: 'y' } } });
  for (const [status, body, code, message] of [
    [404, refusal("Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object 'x' couldn't be found on 'y'."), 'MANAGEMENT_OBJECT_NOT_FOUND', /object 'x' couldn't be found on 'y'\.$/],
    [400, refusal('|System.Management.Automation.ParameterBindingException|A | B'), 'MANAGEMENT_PARAMETER_INVALID', /^A \| B$/],
    [400, refusal('just text'), 'MANAGEMENT_INVALID_VALUE', /^just text$/],
    [403, {}, 'MANAGEMENT_ACCESS_DENIED', /status 403/],
    [401, {}, 'MANAGEMENT_UNAUTHENTICATED', /status 401/],
    [503, {}, 'MANAGEMENT_UNREACHABLE', /status 503/],
    [400, { error: { innererror: { hybridgeCode: 'NOT_OURS' } } }, 'MANAGEMENT_INVALID_VALUE', /status 400/],
  ] as const) {
    const { session } = await service(t, (response) => json(response, status, body));
    await assert.rejects(session.invoke('Get-Mailbox'), { code, message });
  }
});

test('an answer that is not JSON, or not this shape, is said to be so', async (t) => {
  for (const body of ['<html>sign in</html>', '[]', '{"@adminapi.warnings":5}']) {
    const { session } = await service(t, (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(body);
    });
    await assert.rejects(session.invoke('Get-Mailbox'), { code: 'MANAGEMENT_UNEXPECTED_ANSWER' }, body);
  }
});
