import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMessage, descendants, idOf, openEwsFixture, readAnswer, textOf } from '../ews-fixture.ts';
import type { EwsFixture, EwsReading } from '../ews-fixture.ts';

const everything = ['CopiedEvent', 'CreatedEvent', 'DeletedEvent', 'ModifiedEvent', 'MovedEvent', 'NewMailEvent', 'FreeBusyChangedEvent'].map((type) => `<t:EventType>${type}</t:EventType>`).join('');
const drafts = '<t:DistinguishedFolderId Id="drafts"/>';

function pullRequest(folders = drafts, types = everything, watermark = ''): string {
  return `<m:Subscribe><m:PullSubscriptionRequest><t:FolderIds>${folders}</t:FolderIds><t:EventTypes>${types}</t:EventTypes>${watermark}<t:Timeout>10</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>`;
}

function streamingRequest(folders = drafts): string {
  return `<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>${folders}</t:FolderIds><t:EventTypes>${everything}</t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>`;
}

function getEvents(id: string, watermark: string): string {
  return `<m:GetEvents><m:SubscriptionId>${id}</m:SubscriptionId><m:Watermark>${watermark}</m:Watermark></m:GetEvents>`;
}

function getStreamingEvents(...ids: readonly string[]): string {
  return `<m:GetStreamingEvents><m:SubscriptionIds>${ids.map((id) => `<t:SubscriptionId>${id}</t:SubscriptionId>`).join('')}</m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>`;
}

/** Names of the events in an answer, in order. */
function eventsIn({ body }: Pick<EwsReading, 'body'>): readonly string[] {
  return descendants(body, 'Notification').flatMap(({ children }) => children.map(({ local }) => local).filter((local) => local.endsWith('Event')));
}

async function subscribe(fixture: EwsFixture, request: string, as?: 'anna' | 'bert'): Promise<{ id: string; watermark: string }> {
  const answer = await fixture.ask(request, as === undefined ? {} : { as });
  assert.deepEqual(answer.codes, ['NoError']);
  return { id: textOf(answer.body, 'SubscriptionId') ?? '', watermark: textOf(answer.body, 'Watermark') ?? '' };
}

interface OpenStream {
  next(): Promise<ReturnType<typeof readAnswer>>;
  isOver(): Promise<boolean>;
  goAway(): void;
}

async function openStream(fixture: EwsFixture, ...ids: readonly string[]): Promise<OpenStream> {
  const gone = new AbortController();
  const { status, stream } = await fixture.post(getStreamingEvents(...ids), { signal: gone.signal });
  assert.equal(status, 200);
  assert.ok(stream !== undefined);
  const pieces = stream[Symbol.asyncIterator]();
  return {
    async next() {
      const { value, done } = await pieces.next();
      assert.notEqual(done, true, 'the stream has ended');
      return readAnswer(value as Buffer);
    },
    isOver: async () => (await pieces.next()).done === true,
    goAway: () => gone.abort(),
  };
}

const statusOf = ({ body }: Pick<EwsReading, 'body'>): string | undefined => textOf(body, 'ConnectionStatus');

test('pull: events since the watermark, once each, then a status event', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { id, watermark } = await subscribe(fixture, pullRequest());
  const item = await createMessage(fixture, 'told');
  const first = await fixture.ask(getEvents(id, watermark));
  assert.equal(textOf(first.body, 'PreviousWatermark'), watermark);
  assert.equal(textOf(first.body, 'MoreEvents'), 'false');
  const [created] = descendants(first.body, 'CreatedEvent');
  assert.deepEqual(created?.children.map(({ local }) => local), ['Watermark', 'TimeStamp', 'ItemId', 'ParentFolderId']);
  assert.equal(created === undefined ? '' : idOf(created), item);
  const last = descendants(first.body, 'Watermark').at(-1)?.text ?? '';
  assert.deepEqual(eventsIn(await fixture.ask(getEvents(id, last))), ['StatusEvent']);
  await fixture.ask(`<m:DeleteItem DeleteType="HardDelete"><m:ItemIds><t:ItemId Id="${item}"/></m:ItemIds></m:DeleteItem>`);
  assert.ok(eventsIn(await fixture.ask(getEvents(id, last))).includes('DeletedEvent'));
  // A question repeated is answered again: the watermark alone says where the client stands.
  assert.ok(eventsIn(await fixture.ask(getEvents(id, watermark))).includes('CreatedEvent'));
});

test('pull: only the folders and kinds that were asked for, and the watermark passes what was not', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { id, watermark } = await subscribe(fixture, pullRequest('<t:DistinguishedFolderId Id="inbox"/>', '<t:EventType>NewMailEvent</t:EventType>'));
  await createMessage(fixture, 'elsewhere');
  const quiet = await fixture.ask(getEvents(id, watermark));
  assert.deepEqual(eventsIn(quiet), ['StatusEvent']);
  assert.notEqual(textOf(quiet.body, 'Watermark'), watermark);
  const sent = await fixture.ask('<m:CreateItem MessageDisposition="SendOnly"><m:Items><t:Message><t:Subject>s</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>', { as: 'anna' });
  assert.deepEqual(sent.codes, ['NoError']);
  assert.deepEqual(eventsIn(await fixture.ask(getEvents(id, watermark))), ['NewMailEvent']);
});

test('pull: many events come in pieces, none lost and none twice', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { id, watermark } = await subscribe(fixture, pullRequest(drafts, '<t:EventType>CreatedEvent</t:EventType>'));
  const items = Array.from({ length: 620 }, (_, index) => `<t:Message><t:Subject>${index}</t:Subject></t:Message>`).join('');
  const made = await fixture.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items>${items}</m:Items></m:CreateItem>`);
  const told: string[] = [];
  let since = watermark;
  for (let more = 'true'; more === 'true'; ) {
    const answer = await fixture.ask(getEvents(id, since));
    told.push(...descendants(answer.body, 'CreatedEvent').map((event) => idOf(event)));
    more = textOf(answer.body, 'MoreEvents') ?? '';
    since = descendants(answer.body, 'Watermark').at(-1)?.text ?? '';
  }
  assert.deepEqual(told, descendants(made.body, 'ItemId').map((element) => element.attributes.find(({ local }) => local === 'Id')?.value));
});

test('subscriptions: what cannot be had is refused with its published code', async (t) => {
  let now = Date.now();
  const fixture = await openEwsFixture({ clock: { now: () => now }, notifications: { limits: { perUser: 2 } } });
  t.after(() => fixture.close());
  const { id, watermark } = await subscribe(fixture, pullRequest());
  const streaming = await subscribe(fixture, streamingRequest());
  const codes = async (body: string, as?: 'anna' | 'bert'): Promise<readonly (string | undefined)[]> => (await fixture.ask(body, as === undefined ? {} : { as })).codes;
  assert.deepEqual(await codes(pullRequest()), ['ErrorExceededSubscriptionCount']);
  assert.deepEqual(await codes(getEvents('nonsense', watermark)), ['ErrorSubscriptionNotFound']);
  assert.deepEqual(await codes(getEvents(id, 'nonsense')), ['ErrorInvalidWatermark']);
  assert.deepEqual(await codes(getEvents(id, watermark), 'anna'), ['ErrorSubscriptionAccessDenied']);
  assert.deepEqual(await codes(getEvents(streaming.id, watermark)), ['ErrorInvalidPullSubscriptionId']);
  assert.deepEqual(await codes(`<m:Unsubscribe><m:SubscriptionId>${id}</m:SubscriptionId></m:Unsubscribe>`), ['NoError']);
  assert.deepEqual(await codes(getEvents(id, watermark)), ['ErrorSubscriptionNotFound']);
  const push = `<m:Subscribe><m:PushSubscriptionRequest><t:FolderIds>${drafts}</t:FolderIds><t:EventTypes>${everything}</t:EventTypes><t:StatusFrequency>1</t:StatusFrequency><t:URL>http://x.test/</t:URL></m:PushSubscriptionRequest></m:Subscribe>`;
  assert.deepEqual(await codes(push), ['ErrorInvalidSubscriptionRequest']);
  const foreign = '<t:DistinguishedFolderId Id="inbox"><t:Mailbox><t:EmailAddress>anna@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>';
  assert.deepEqual(await codes(pullRequest(foreign)), ['ErrorAccessDenied']);
  const again = await subscribe(fixture, pullRequest());
  now += 11 * 60_000;
  assert.deepEqual(await codes(getEvents(again.id, again.watermark)), ['ErrorSubscriptionNotFound']);
});

test('a right that was taken away ends a subscription to the folder of another', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const share = (level: string): Promise<EwsReading> =>
    fixture.ask(`<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="drafts"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:Folder><t:PermissionSet><t:Permissions><t:Permission><t:UserId><t:PrimarySmtpAddress>anna@contoso.test</t:PrimarySmtpAddress></t:UserId><t:PermissionLevel>${level}</t:PermissionLevel></t:Permission></t:Permissions></t:PermissionSet></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`);
  await share('Reviewer');
  const { id, watermark } = await subscribe(fixture, pullRequest('<t:DistinguishedFolderId Id="drafts"><t:Mailbox><t:EmailAddress>bert@contoso.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>'), 'anna');
  await createMessage(fixture, 'shared');
  assert.ok(eventsIn(await fixture.ask(getEvents(id, watermark), { as: 'anna' })).includes('CreatedEvent'));
  await share('None');
  assert.deepEqual((await fixture.ask(getEvents(id, watermark), { as: 'anna' })).codes, ['ErrorAccessDenied']);
});

test('streaming: an envelope at once, one for what happens, none lost between two connections', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { id } = await subscribe(fixture, streamingRequest());
  const stream = await openStream(fixture, id);
  const opened = await stream.next();
  assert.deepEqual([opened.codes, statusOf(opened), eventsIn(opened), opened.header[0]?.local], [['NoError'], 'OK', [], 'ServerVersionInfo']);
  const waiting = stream.next();
  const item = await createMessage(fixture, 'streamed');
  const told = await waiting;
  const [created] = descendants(told.body, 'CreatedEvent');
  assert.deepEqual(created?.children.map(({ local }) => local), ['TimeStamp', 'ItemId', 'ParentFolderId']);
  assert.equal(created === undefined ? '' : idOf(created), item);
  assert.equal(textOf(told.body, 'SubscriptionId'), id);
  stream.goAway();
  assert.equal(await stream.isOver(), true);
  const missed = await createMessage(fixture, 'while away');
  const again = await openStream(fixture, id);
  await again.next();
  assert.deepEqual(descendants((await again.next()).body, 'CreatedEvent').map((event) => idOf(event)), [missed]);
});

test('streaming: quiet connections get status events, and end when their time is over', async (t) => {
  let now = Date.now();
  const timers: { callback: () => void; ms: number }[] = [];
  const fixture = await openEwsFixture({
    clock: { now: () => now },
    notifications: {
      startTimer(callback, ms) {
        timers.push({ callback, ms });
        return () => undefined;
      },
    },
  });
  t.after(() => fixture.close());
  const { id } = await subscribe(fixture, streamingRequest());
  const stream = await openStream(fixture, id);
  await stream.next();
  const pass = async (): Promise<ReturnType<typeof readAnswer>> => {
    const next = stream.next();
    while (timers.length === 0) await new Promise(setImmediate);
    const { callback, ms } = timers.shift() ?? assert.fail();
    now += ms;
    callback();
    return next;
  };
  const sign = await pass();
  assert.deepEqual([eventsIn(sign), statusOf(sign)], [['StatusEvent'], 'OK']);
  const end = await pass();
  assert.deepEqual([eventsIn(end), statusOf(end), end.codes], [[], 'Closed', ['NoError']]);
  assert.equal(await stream.isOver(), true);
});

test('streaming: subscriptions end clearly', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const ids = [(await subscribe(fixture, streamingRequest())).id, (await subscribe(fixture, streamingRequest())).id];
  const [first = '', second = ''] = ids;
  const unknown = await (await openStream(fixture, first, 'nonsense')).next();
  assert.deepEqual([unknown.codes, statusOf(unknown), textOf(unknown.body, 'ErrorSubscriptionIds'), textOf(descendants(unknown.body, 'ErrorSubscriptionIds')[0] ?? unknown.body, 'SubscriptionId')], [['ErrorSubscriptionNotFound'], 'Closed', '', 'nonsense']);

  const stream = await openStream(fixture, first, second);
  await stream.next();
  const ended = stream.next();
  await fixture.ask(`<m:Unsubscribe><m:SubscriptionId>${first}</m:SubscriptionId></m:Unsubscribe>`);
  const unsubscribed = await ended;
  assert.deepEqual([unsubscribed.codes, statusOf(unsubscribed)], [['ErrorSubscriptionUnsubsribed'], 'OK']);

  const replaced = stream.next();
  const other = await openStream(fixture, second);
  await other.next();
  const lost = await replaced;
  assert.deepEqual([lost.codes, statusOf(lost)], [['ErrorNewEventStreamConnectionOpened'], 'Closed']);
  assert.equal(await stream.isOver(), true);

  const closing = other.next();
  fixture.service.close();
  assert.equal(statusOf(await closing), 'Closed');
  assert.equal(await other.isOver(), true);
});

test('streaming: a client that does not take its events loses the subscription, not the server its memory', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { id } = await subscribe(fixture, streamingRequest());
  const stream = await openStream(fixture, id);
  await stream.next();
  const items = Array.from({ length: 300 }, () => '<t:Message/>').join('');
  await fixture.ask(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items>${items}</m:Items></m:CreateItem>`);
  for (let turn = 0; turn < 15; turn += 1) await fixture.ask(`<m:MarkAllItemsAsRead><m:ReadFlag>${turn % 2 === 0 ? 'false' : 'true'}</m:ReadFlag><m:SuppressReadReceipts>true</m:SuppressReadReceipts><m:FolderIds>${drafts}</m:FolderIds></m:MarkAllItemsAsRead>`);
  const missed = await stream.next();
  assert.deepEqual([missed.codes, statusOf(missed)], [['ErrorMissedNotificationEvents'], 'Closed']);
});

test('streaming: connections of one user are counted, and freed', async (t) => {
  const fixture = await openEwsFixture({ notifications: { limits: { connectionsPerUser: 1 } } });
  t.after(() => fixture.close());
  const [one, two] = [(await subscribe(fixture, streamingRequest())).id, (await subscribe(fixture, streamingRequest())).id];
  const first = await openStream(fixture, one);
  await first.next();
  const second = await (await openStream(fixture, two)).next();
  assert.deepEqual([second.codes, statusOf(second)], [['ErrorExceededConnectionCount'], 'Closed']);
  first.goAway();
  assert.equal(await first.isOver(), true);
  assert.equal(statusOf(await (await openStream(fixture, two)).next()), 'OK');
});
