import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serveExchange } from '../../admin-api/served-exchange.ts';

test('queues show what waits and why; it is tried again at once, and taken out with or without a report', async () => {
  const exchange = await serveExchange();
  try {
    const { transportQueue } = exchange.organization;
    const nextHop = { deliveryType: 'SmartHostConnectorDelivery', domain: 'mail.cloud.test', connector: 'Outbound to Office 365', tlsDomain: 'mail.protection.outlook.com' } as const;
    const add = (subject: string) => transportQueue.add({ sender: 'anna@contoso.test', recipients: [{ address: 'bert@contoso.mail.onmicrosoft.test', original: 'bert@contoso.test', nextHop }], isInternal: true, subject, messageId: `<${subject}@contoso.test>` }, Buffer.alloc(2048, 'x'));
    const run = (cmdlet: string, parameters: Record<string, unknown> = {}) => exchange.session.invoke(cmdlet, parameters);
    const first = await add('first');
    const second = await add('second');
    await transportQueue.add({ sender: '', recipients: [{ address: 'anna@contoso.test' }], isInternal: false }, Buffer.from('\r\n'));
    const later = Date.now() + 600_000;
    await transportQueue.postpone(first.number, { recipients: [{ ...(first.recipients[0] ?? { address: '' }), lastError: '421 4.3.2 Service not available' }], attempts: 3, nextAttemptAt: later });

    const queues = await run('Get-Queue');
    assert.deepEqual(queues.map((queue) => [queue['NextHopDomain'], queue['DeliveryType'], queue['Status'], queue['MessageCount'], queue['DeferredMessageCount'], queue['RetryCount'], queue['LastError']]), [
      ['mail.cloud.test', 'SmartHostConnectorDelivery', 'Active', 2, 1, 3, '421 4.3.2 Service not available'],
      ['Submission', 'Undefined', 'Active', 1, 0, 0, null],
    ]);
    assert.equal(queues[0]?.['NextRetryTime'], new Date(later).toISOString());
    const identity = String(queues[0]?.['Identity']);
    assert.equal((await run('Get-Queue', { Identity: identity.slice(identity.indexOf('\\') + 1) }))[0]?.['Identity'], identity);
    assert.equal((await run('Get-Queue', { Filter: "NextHopDomain -eq 'Submission'" })).length, 1);
    await assert.rejects(run('Get-Queue', { Identity: 'EX1\\70000' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
    await assert.rejects(run('Get-Queue', { Server: 'EX9' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });

    const messages = await run('Get-Message', { Queue: identity, IncludeRecipientInfo: true });
    assert.deepEqual(messages.map((message) => [message['Subject'], message['Status'], message['Size'], message['Recipients']]), [
      ['first', 'Retry', '2 KB (2,048 bytes)', ['bert@contoso.mail.onmicrosoft.test;Retry;421 4.3.2 Service not available']],
      ['second', 'Active', '2 KB (2,048 bytes)', ['bert@contoso.mail.onmicrosoft.test;Ready;']],
    ]);
    let due = 0;
    const forget = transportQueue.onDue(() => void (due += 1));
    await run('Retry-Queue', { Filter: "NextHopConnector -like 'Outbound*'" });
    assert.equal(due, 1);
    assert.ok(((await transportQueue.list()).find(({ number }) => number === first.number)?.nextAttemptAt ?? later) < later);
    await run('Remove-Message', { Identity: messages[1]?.['Identity'], WithNDR: false });
    assert.deepEqual((await transportQueue.list()).map(({ number }) => number).includes(second.number), false);
    await run('Remove-Message', { Filter: "Subject -eq 'first'" });
    const removed = (await transportQueue.list()).find(({ number }) => number === first.number);
    assert.deepEqual([removed?.recipients, removed?.removed], [[], ['bert@contoso.test']]);
    forget();
  } finally {
    await exchange.close();
  }
});
