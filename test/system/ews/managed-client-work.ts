// Real work by `ews-javascript-api`, Microsoft's EWS Managed API in JavaScript: a program of its own, because the library
// takes its CA from the environment. Facts come as JSON on standard input; every step checks itself.
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { createRequire } from 'node:module';
import ews from 'ews-javascript-api';
import type * as Ews from 'ews-javascript-api';

const require = createRequire(import.meta.url);
// Node took this away; the library still calls it.
Object.assign(require('node:util') as object, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
// RFC 6761: every name under localhost is this machine; glibc leaves that to an optional module.
const dns = require('node:dns') as { lookup: (host: string, ...rest: unknown[]) => void };
const { lookup } = dns;
dns.lookup = (host, ...rest) => lookup(host.endsWith('.localhost') ? '127.0.0.1' : host, ...rest);

interface Person {
  user: string;
  password: string;
  address: string;
  token?: string;
}

const { me, other, url, run, ntlm } = JSON.parse(await text(process.stdin)) as { me: Person; other: Person; url: string; run: string; ntlm: boolean };

/** The library's own carrier of requests, which can sign in by NTLM: a connection for each request. */
const { XhrApi } = createRequire(require.resolve('ews-javascript-api'))('@ewsjs/xhr') as { XhrApi: new () => { useNtlmAuthentication(user: string, password: string): Ews.IXHRApi } };

function serviceOf(person: Person): Ews.ExchangeService {
  const service = new ews.ExchangeService(ews.ExchangeVersion.Exchange2016);
  service.Credentials = person.token === undefined ? new ews.WebCredentials(person.user, person.password) : new ews.OAuthCredentials(person.token);
  if (ntlm) service.XHRApi = new XhrApi().useNtlmAuthentication(person.user, person.password);
  service.Url = new ews.Uri(url);
  return service;
}

const service = serviceOf(me);
const theirs = serviceOf(other);
const inbox = new ews.FolderId(ews.WellKnownFolderName.Inbox);

async function makeFolder(): Promise<Ews.Folder> {
  const folder = new ews.Folder(service);
  folder.DisplayName = `Managed ${run}`;
  await folder.Save(inbox);
  const bound = await ews.Folder.Bind(service, folder.Id);
  assert.equal(bound.DisplayName, `Managed ${run}`);
  return bound;
}

const marker = new ews.ExtendedPropertyDefinition(new ews.Guid('c11ff724-aa03-4555-9952-8fa248a11c3e'), 'Managed', ews.MapiPropertyType.String);

async function mail(folder: Ews.Folder): Promise<void> {
  const message = new ews.EmailMessage(service);
  message.Subject = `Plan ${run}`;
  message.Body = new ews.MessageBody(ews.BodyType.HTML, '<p>see <b>file</b></p>');
  message.ToRecipients.Add(other.address);
  message.SetExtendedProperty(marker, 'm-1');
  const content = Buffer.from('a;b\r\n'.repeat(1_000)).toString('base64');
  message.Attachments.AddFileAttachment('plan.csv', content);
  await message.Save(folder.Id);
  const bound = await ews.EmailMessage.Bind(service, message.Id, new ews.PropertySet(ews.BasePropertySet.FirstClassProperties, [marker]));
  assert.equal(bound.Attachments.Count, 1);
  const file = bound.Attachments._getItem(0) as Ews.FileAttachment;
  await file.Load();
  assert.equal(file.Base64Content, content);
  assert.equal(bound.ExtendedProperties._getItem(0).Value, 'm-1');
  bound.Subject = `Plan ${run}, second`;
  await bound.Update(ews.ConflictResolutionMode.AutoResolve);
  const found = await service.FindItems(folder.Id, new ews.SearchFilter.IsEqualTo(marker, 'm-1'), new ews.ItemView(10));
  assert.deepEqual([found.TotalCount, found.Items[0]?.Subject], [1, `Plan ${run}, second`]);
  await bound.SendAndSaveCopy();
  const received = await theirs.FindItems(inbox, new ews.SearchFilter.ContainsSubstring(ews.ItemSchema.Subject, `Plan ${run}`), new ews.ItemView(10));
  assert.equal(received.TotalCount, 1);
}

async function calendar(): Promise<void> {
  const appointment = new ews.Appointment(service);
  appointment.Subject = `Managed series ${run}`;
  appointment.Start = new ews.DateTime('2026-12-07T09:00:00Z');
  appointment.End = new ews.DateTime('2026-12-07T10:00:00Z');
  // The library's types know the constructor without parameters only.
  const Weekly = ews.Recurrence.WeeklyPattern as unknown as new (start: Ews.DateTime, interval: number, days: Ews.DayOfTheWeek[]) => Ews.Recurrence;
  appointment.Recurrence = new Weekly(appointment.Start, 1, [ews.DayOfTheWeek.Monday]);
  appointment.Recurrence.NumberOfOccurrences = 4;
  await appointment.Save(ews.SendInvitationsMode.SendToNone);
  const view = new ews.CalendarView(new ews.DateTime('2026-12-01T00:00:00Z'), new ews.DateTime('2027-01-31T00:00:00Z'));
  const ours = async (): Promise<string[]> => (await service.FindAppointments(new ews.FolderId(ews.WellKnownFolderName.Calendar), view)).Items.filter(({ Subject }) => Subject.includes(run)).map(({ Subject }) => Subject);
  assert.equal((await ours()).length, 4);
  const second = await ews.Appointment.BindToOccurrence(service, appointment.Id, 2);
  second.Subject = `Managed series ${run}, changed`;
  await second.Update(ews.ConflictResolutionMode.AlwaysOverwrite, ews.SendInvitationsOrCancellationsMode.SendToNone);
  const third = await ews.Appointment.BindToOccurrence(service, appointment.Id, 3);
  await third.Delete(ews.DeleteMode.HardDelete, ews.SendCancellationsMode.SendToNone);
  assert.deepEqual((await ours()).toSorted(), [`Managed series ${run}`, `Managed series ${run}`, `Managed series ${run}, changed`]);
  await (await ews.Appointment.Bind(service, appointment.Id)).Delete(ews.DeleteMode.HardDelete, ews.SendCancellationsMode.SendToNone);
  assert.deepEqual(await ours(), []);
}

async function meeting(): Promise<void> {
  const subject = `Managed meeting ${run}`;
  const appointment = new ews.Appointment(service);
  appointment.Subject = subject;
  appointment.Start = new ews.DateTime('2026-12-09T13:00:00Z');
  appointment.End = new ews.DateTime('2026-12-09T14:00:00Z');
  appointment.RequiredAttendees.Add(other.address);
  await appointment.Save(ews.SendInvitationsMode.SendToAllAndSaveCopy);
  const arrived = await theirs.FindItems(inbox, new ews.SearchFilter.IsEqualTo(ews.ItemSchema.Subject, subject), new ews.ItemView(10));
  const [request] = arrived.Items;
  assert.ok(request instanceof ews.MeetingRequest);
  // The library stumbles over every answer to a response object, after the server has done its work; the next lines see that.
  await request.Accept(true).catch((error: unknown) => assert.ok(error instanceof TypeError, String(error)));
  const bound = await ews.Appointment.Bind(service, appointment.Id);
  assert.equal(bound.RequiredAttendees._getItem(0).ResponseType, ews.MeetingResponseType.Accept);
  await bound.CancelMeeting('not needed').catch((error: unknown) => assert.ok(error instanceof TypeError, String(error)));
  const cancelled = await theirs.FindItems(inbox, new ews.SearchFilter.ContainsSubstring(ews.ItemSchema.Subject, subject), new ews.ItemView(10));
  assert.ok(cancelled.Items.some((item) => item instanceof ews.MeetingCancellation));
}

async function sync(folder: Ews.Folder): Promise<void> {
  const changes = async (state: string): Promise<Ews.ChangeCollection<Ews.ItemChange>> => service.SyncFolderItems(folder.Id, ews.PropertySet.IdOnly, [], 100, ews.SyncFolderItemsScope.NormalItems, state);
  const first = await changes(null as unknown as string);
  const message = new ews.EmailMessage(service);
  message.Subject = 'synchronized';
  await message.Save(folder.Id);
  const second = await changes(first.SyncState);
  assert.deepEqual([second.Count, second._getItem(0).ChangeType, second._getItem(0).ItemId.UniqueId], [1, ews.ChangeType.Create, message.Id.UniqueId]);
  assert.equal((await changes(second.SyncState)).Count, 0);
}

async function pull(folder: Ews.Folder): Promise<void> {
  const subscription = await service.SubscribeToPullNotifications([folder.Id], 10, null as unknown as string, ews.EventType.Created, ews.EventType.NewMail);
  const message = new ews.EmailMessage(service);
  message.Subject = 'pulled';
  await message.Save(folder.Id);
  const events = await subscription.GetEvents();
  assert.deepEqual([...events.ItemEvents].map(({ EventType, ItemId }) => [EventType, ItemId.UniqueId]), [[ews.EventType.Created, message.Id.UniqueId]]);
  await subscription.Unsubscribe();
}

async function streaming(folder: Ews.Folder): Promise<void> {
  const subscription = await service.SubscribeToStreamingNotifications([folder.Id], ews.EventType.Created);
  const connection = new ews.StreamingSubscriptionConnection(service, 1);
  connection.AddSubscription(subscription);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // Signs of life come as notifications without events.
  connection.OnNotificationEvent.push((_sender, { Events }) => {
    for (const event of Events) resolve((event as Ews.ItemEvent).ItemId.UniqueId);
  });
  connection.OnSubscriptionError.push((_sender, { Exception: error }) => reject(new Error(String(error))));
  // Its promise is kept when the stream ends.
  connection.Open().catch(reject);
  const message = new ews.EmailMessage(service);
  message.Subject = 'streamed';
  await message.Save(folder.Id);
  assert.equal(await promise, message.Id.UniqueId);
}

async function people(): Promise<void> {
  const [alias = ''] = other.address.split('@');
  const resolved = await service.ResolveName(alias, ews.ResolveNameSearchLocation.DirectoryOnly, true);
  assert.ok(Array.from({ length: resolved.Count }, (_, index) => resolved._getItem(index).Mailbox.Address.toLowerCase()).includes(other.address.toLowerCase()));
  const settings = await service.GetUserOofSettings(me.address);
  settings.State = ews.OofState.Enabled;
  settings.InternalReply = new ews.OofReply('away');
  await service.SetUserOofSettings(me.address, settings);
  assert.equal((await service.GetUserOofSettings(me.address)).State, ews.OofState.Enabled);
  settings.State = ews.OofState.Disabled;
  await service.SetUserOofSettings(me.address, settings);
}

const folder = await makeFolder();
for (const [name, step] of Object.entries({ mail, calendar, meeting, sync, pull, streaming, people })) {
  try {
    await step(folder);
  } catch (error) {
    throw new Error(`step ${name}`, { cause: error });
  }
}
await folder.Delete(ews.DeleteMode.HardDelete);
process.exit(0);
