import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOrganization } from '../../../organization/index.ts';

test('calendar processing has the published defaults, by kind of mailbox and side', async () => {
  const organization = await openOrganization({ file: ':memory:', passwordCost: { cost: 1024, blockSize: 8, parallelization: 1 } });
  try {
    const add = (name: string, recipientTypeDetails: 'UserMailbox' | 'RoomMailbox') => organization.directory.create({ recipientTypeDetails, displayName: name, userPrincipalName: `${name}@contoso.test`, primarySmtpAddress: `${name}@contoso.test` });
    const [anna, room] = [await add('anna', 'UserMailbox'), await add('room', 'RoomMailbox')];
    const { calendarProcessing } = organization;
    assert.equal((await calendarProcessing.of(anna, true)).AutomateProcessing, 'AutoUpdate');
    assert.equal((await calendarProcessing.of(room, true)).AutomateProcessing, 'AutoAccept');
    const settings = await calendarProcessing.of(room, false);
    assert.deepEqual(
      [settings.AutomateProcessing, settings.AllowConflicts, settings.BookingWindowInDays, settings.MaximumDurationInMinutes, settings.AllBookInPolicy, settings.AllRequestInPolicy, settings.ProcessExternalMeetingMessages, settings.EnforceSchedulingHorizon],
      ['AutoUpdate', false, 180, 1440, true, false, false, true],
    );
    await assert.rejects(calendarProcessing.set(room, false, { BookingWindowInDays: 1081 }), { code: 'ORGANIZATION_INVALID_CALENDAR_CONFIGURATION' });
    await calendarProcessing.set(room, false, { AllowConflicts: true });
    assert.equal((await calendarProcessing.of(room, false)).AllowConflicts, true);
  } finally {
    await organization.close();
  }
});
