import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOrganization } from '../open-organization.ts';

test('settings of a mailbox that are changed at once do not lose one another', async (t) => {
  const organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  t.after(() => organization.close());
  const { directory, mailSettings, calendarProcessing, mailboxes } = organization;
  const room = await directory.create({ recipientTypeDetails: 'RoomMailbox', displayName: 'room', userPrincipalName: 'room@contoso.test', primarySmtpAddress: 'room@contoso.test' });
  const guids = Array.from({ length: 20 }, (_, index) => `00000000-0000-4000-8000-0000000000${String(index + 10)}`);
  await Promise.all([
    ...guids.map((guid) => mailSettings.set(room.guid, ({ GrantSendOnBehalfTo }) => ({ GrantSendOnBehalfTo: [...GrantSendOnBehalfTo, guid] }))),
    mailSettings.set(room.guid, { MailTip: 'Bring your own chair' }),
    mailSettings.set(room.guid, { DeliverMeetingRequests: 'DelegatesOnly' }),
  ]);
  const { GrantSendOnBehalfTo, MailTip, DeliverMeetingRequests } = await mailSettings.of(room.guid);
  assert.deepEqual([GrantSendOnBehalfTo.toSorted(), MailTip, DeliverMeetingRequests], [guids, 'Bring your own chair', 'DelegatesOnly']);

  await Promise.all([calendarProcessing.set(room, false, { AutomateProcessing: 'AutoAccept' }), calendarProcessing.set(room, false, { BookingWindowInDays: 7 }), calendarProcessing.set(room, false, { DeleteComments: false }), calendarProcessing.set(room, false, { AllowConflicts: true })]);
  const processing = await calendarProcessing.of(room, false);
  assert.deepEqual([processing.AutomateProcessing, processing.BookingWindowInDays, processing.DeleteComments, processing.AllowConflicts], ['AutoAccept', 7, false, true]);

  const mailbox = mailboxes.of(room.guid);
  await Promise.all([mailbox.setOofSettings((present) => ({ ...present, internalReply: 'inside' })), mailbox.setOofSettings((present) => ({ ...present, externalReply: 'outside' })), mailbox.setOofSettings((present) => ({ ...present, state: 'Enabled' }))]);
  const { internalReply, externalReply, state } = await mailbox.oofSettings();
  assert.deepEqual([internalReply, externalReply, state], ['inside', 'outside', 'Enabled']);

  const { id } = await mailbox.folders.distinguished('inbox');
  await Promise.all(guids.map((user) => mailbox.folders.setPermissions(id, (present) => [...present, { user, level: 'Reviewer', rights: { canCreateItems: false, canCreateSubFolders: false, isFolderOwner: false, isFolderVisible: true, isFolderContact: false, editItems: 'None', deleteItems: 'None', readItems: 'FullDetails' } }])));
  assert.equal((await mailbox.folders.permissions(id)).filter(({ level }) => level === 'Reviewer').length, guids.length);
});
