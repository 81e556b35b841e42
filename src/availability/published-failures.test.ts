import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { RemoteProblem } from './cross-premises/remote-failures.ts';
import { autodiscoverFailure, autodiscoverUserFailure, proxyFailure } from './cross-premises/remote-failures.ts';
import type { MailboxFailure } from './published-failures.ts';
import { publishedFailure } from './published-failures.ts';

test('writes a failure as the published capture of an answer has it', () => {
  const failure = publishedFailure(
    { code: 'AVAILABILITY_RECIPIENT_NOT_FOUND', message: 'Unable to resolve e-mail address someone@ExServer.example.com to an Active Directory object.' },
    'PR3PR01MB6473',
  );
  assert.deepEqual(failure, {
    responseCode: 'ErrorMailRecipientNotFound',
    messageText:
      'Microsoft.Exchange.InfoWorker.Common.Availability.MailRecipientNotFoundException: Unable to resolve e-mail address someone@ExServer.example.com to an Active Directory object.\r\n. Name of the server where exception originated: PR3PR01MB6473. LID: 57660',
    exceptionType: 'MailRecipientNotFoundException',
    exceptionCode: 5009,
    exceptionServerName: 'PR3PR01MB6473',
  });
});

test('our own failures carry no exception that Exchange does not have', () => {
  const failure = publishedFailure({ code: 'AVAILABILITY_ACCESS_METHOD', message: 'Not built.' }, 'EX1');
  assert.deepEqual(failure, {
    responseCode: 'ErrorProxyRequestNotAllowed',
    messageText: 'Not built.\r\n. Name of the server where exception originated: EX1',
    exceptionServerName: 'EX1',
  });
});

/** The rows of the free/busy error table whose wording this room produces, and what produces it. */
const rows: Readonly<Record<string, { failure: MailboxFailure; published: string }>> = {
  '4': {
    failure: proxyFailure({ kind: 'NotConnected', reason: 'silent', host: 'mail.contoso.com', port: 443 }),
    published:
      'Proxy web request failed. , inner exception: System.Net.WebException: Unable to connect to the remote server ; System.Net.Sockets.SocketException: A connection attempt failed because the connected party did not properly respond after a period of time, or established connection',
  },
  '5': {
    failure: autodiscoverFailure('user@contoso.fr', { kind: 'HttpStatus', status: 404, reason: 'Not Found' }),
    published: 'Autodiscover failed for email address user@contoso.fr with error System.Net.WebException: The request failed with HTTP status 404: Not Found.',
  },
  '7': {
    failure: proxyFailure({ kind: 'Cut', during: 'receiving' }),
    published:
      'System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host. System.Net.Sockets.SocketException: An existing connection was forcibly closed by the remote host',
  },
  '8': {
    failure: proxyFailure({ kind: 'Cut', during: 'sending' }),
    published:
      'The underlying connection was closed: An unexpected error occurred on a send. ; System.IO.IOException: Unable to read data from the transport connection',
  },
  '10': {
    failure: proxyFailure({ kind: 'HttpStatus', status: 401, reason: 'Unauthorized' }),
    published: 'Proxy web request failed. , inner exception: System.Net.WebException: The request failed with HTTP status 401: Unauthorized.',
  },
  '11': {
    failure: autodiscoverUserFailure('user@contoso.com', 'https://autodiscover/autodiscover.svc/WSSecurity', 'InvalidUser'),
    published:
      "Autodiscover failed for email address user@contoso.com with error Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverInvalidUserException: The response from the Autodiscover service at 'https://autodiscover/autodiscover.svc/WSSecurity' failed due to an error in user setting 'ExternalEwsUrl'. Error message: InvalidUser.",
  },
  '13': {
    failure: proxyFailure({
      kind: 'HttpStatus',
      status: 403,
      reason: 'Forbidden ( The server denied the specified Uniform Resource Locator (URL). Contact the server administrator. )',
    }),
    published:
      'Proxy web request failed. , inner exception: The request failed with HTTP status 403: Forbidden ( The server denied the specified Uniform Resource Locator (URL). Contact the server administrator. ).',
  },
  '15': {
    failure: proxyFailure({ kind: 'Fault', text: 'An error occurred when processing the security tokens in the message.' }),
    published: 'An error occurred when processing the security tokens in the message.',
  },
  '22': { failure: proxyFailure({ kind: 'Timeout' }), published: 'Request could not be processed in time.' },
  '27': { failure: proxyFailure({ kind: 'NotXml' }), published: 'Proxy web request failed. , inner exception: Response is not well-formed XML.' },
  '29': {
    failure: autodiscoverFailure('joe@contoso.com', { kind: 'NameNotResolved', host: 'mail.contoso.com' }),
    published: "System.Net.WebException: The remote name could not be resolved: 'mail.contoso.com'",
  },
  '31': {
    failure: proxyFailure({ kind: 'Redirected' }),
    published: 'Proxy web request failed. , inner exception: System.Net.WebException: The request failed with the error message:--',
  },
  '32': { failure: proxyFailure({ kind: 'Tls', untrusted: false }), published: 'The request was aborted: Could not create SSL/TLS secure channel.' },
};

test('the texts of rows contain the published ones', () => {
  for (const [row, { failure, published }] of Object.entries(rows)) assert.ok(failure.message.includes(published), `row ${row}: ${failure.message}`);
});

test('what counts as published stands in the free/busy error table', (t) => {
  const seeds = join(import.meta.dirname, '../../../shared/seeds');
  if (!existsSync(seeds)) {
    t.skip('the error table is not beside this repository');
    return;
  }
  const file = readdirSync(seeds).find((name) => name.startsWith('002_')) ?? '';
  const plain = (text: string): string =>
    text
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll(/&#xD;|&amp;#xD;/g, '')
      .replaceAll(/\s+/g, '')
      .toLowerCase();
  const table = plain(readFileSync(join(seeds, file), 'utf8'));
  for (const [row, { published }] of Object.entries(rows)) {
    const text = plain(published);
    // The table breaks some long sentences with a stray blank or dash; what remains must be there letter for letter.
    assert.ok(table.includes(text) || table.includes(text.replace(/\.$/, '')), `row ${row}: ${published}`);
  }
});

test('a user that the token names and nobody is shows the diagnostics, as rows 6 and 33 do', () => {
  const problem: RemoteProblem = {
    kind: 'HttpStatus',
    status: 401,
    reason: 'Unauthorized',
    diagnostics: '2000005;reason="The user specified by the user-context in the token does not exist.";error_category="invalid_user"',
  };
  const failure = proxyFailure(problem);
  assert.equal(failure.code, 'AVAILABILITY_PROXY_HTTP');
  assert.equal(
    failure.message,
    'Proxy web request failed. , inner exception: The request failed with HTTP status 401: Unauthorized diagnostics: 2000005;reason="The user specified by the user-context in the token does not exist.";error_category="invalid_user"',
  );
});

test('each kind of failure has its location id', () => {
  const lid = (failure: MailboxFailure): string | undefined => /LID: (\d+)$/.exec(publishedFailure(failure, 'EX1').messageText)?.[1];
  assert.equal(lid(proxyFailure({ kind: 'HttpStatus', status: 401, reason: 'Unauthorized' })), '43532');
  assert.equal(lid(proxyFailure({ kind: 'Fault', text: 'x' })), '59916');
  assert.equal(lid(proxyFailure({ kind: 'Timeout' })), '43404');
  assert.equal(lid(autodiscoverUserFailure('a@b.test', 'https://b.test', 'InvalidUser')), '33676');
  assert.equal(lid({ code: 'AVAILABILITY_NO_CONFIGURATION', message: 'x' }), '47932');
  assert.equal(lid({ code: 'AVAILABILITY_FOREIGN_REQUESTER', message: 'x' }), '39660');
  assert.equal(lid({ code: 'AVAILABILITY_TOO_MANY_ENTRIES', message: 'x' }), '54796');
});
