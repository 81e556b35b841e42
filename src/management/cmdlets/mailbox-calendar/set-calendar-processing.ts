import type { CalendarProcessing } from '../../../organization/index.ts';
import type { MultiValued, ParameterDefinition } from '../../binding/parameter-definition.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { guidsOfMembers } from '../distribution-group/distribution-group-object.ts';
import { mailboxTypes, namedRecipient, oneRecipient, recipientIdentity } from '../recipients/recipient-cmdlets.ts';
import { calendarProcessingOutput, peopleLists } from './get-calendar-processing.ts';

const yes = (description: string) => ({ type: 'boolean', description }) as const satisfies ParameterDefinition;
const people = (description: string) => ({ type: 'string', many: true, nullable: true, description }) as const satisfies ParameterDefinition;

export const setCalendarProcessing = defineExchangeCmdlet({
  name: 'Set-CalendarProcessing',
  synopsis: 'Changes what becomes of the meeting requests of a mailbox, above all how a room or equipment books itself.',
  parameters: {
    Identity: recipientIdentity,
    AutomateProcessing: { type: ['None', 'AutoUpdate', 'AutoAccept'], description: 'AutoAccept: the resource accepts and declines by itself. AutoUpdate: requests stand tentatively. None: nothing is done. Only resource mailboxes can be changed.' },
    AddAdditionalResponse: yes('$true: answers carry AdditionalResponse. Default $false.'),
    AdditionalResponse: { type: 'string', description: 'More text for answers.' },
    AddNewRequestsTentatively: yes('$false: only what is in the calendar already is brought up to date. Default $true.'),
    AddOrganizerToSubject: yes('$true: the subject in the calendar is the name of the organiser. Default $true.'),
    AllBookInPolicy: yes('$true: everybody who keeps to the policy is accepted. Default $true.'),
    AllowConflicts: yes('$true: several meetings at once are accepted. Default $false.'),
    AllowRecurringMeetings: yes('$false: series are declined. Default $true.'),
    AllRequestInPolicy: yes('$true: everybody who keeps to the policy may ask a delegate. Default $false.'),
    AllRequestOutOfPolicy: yes('$true: everybody may ask a delegate for what the policy does not allow. Default $false.'),
    BookingType: { type: ['Standard', 'Reserved'], side: 'Cloud', description: 'Reserved: the resource cannot be booked.' },
    BookingWindowInDays: { type: 'integer', description: 'How far ahead can be booked, 0 to 1080 days. Default 180.' },
    BookInPolicy: people('Who is accepted where AllBookInPolicy is $false: people and groups.'),
    ConflictPercentageAllowed: { type: 'integer', description: 'Conflicts of a series, in hundredths of its meetings, with which it is still accepted. Default 0.' },
    DeleteAttachments: yes('$true: attachments are not kept in the calendar. Default $true.'),
    DeleteComments: yes('$true: the text of requests is not kept in the calendar. Default $true.'),
    DeleteNonCalendarItems: yes('$true: mail that is not about meetings is deleted. Default $true.'),
    DeleteSubject: yes('$true: the subject of requests is not kept in the calendar. Default $true.'),
    EnableResponseDetails: yes('$true: answers say why. Default $true.'),
    EnforceSchedulingHorizon: yes('$true: series that go on beyond the booking window are declined. $false: they are accepted up to its end. Default $true.'),
    ForwardRequestsToDelegates: yes('$true: delegates hear of requests that wait for them. Default $true.'),
    MaximumConflictInstances: { type: 'integer', description: 'Conflicts of a series with which it is still accepted. Default 0.' },
    MaximumDurationInMinutes: { type: 'integer', description: 'The longest meeting; 0 for any. Default 1440.' },
    MinimumDurationInMinutes: { type: 'integer', side: 'Cloud', description: 'The shortest meeting. Default 0.' },
    OrganizerInfo: yes('$true: refusals because of conflicts name who has the resource. Default $true.'),
    ProcessExternalMeetingMessages: yes('$true: requests from outside are entered too. Default $false.'),
    RemoveOldMeetingMessages: yes('$true: messages that are out of date are deleted. Default $true.'),
    RemovePrivateProperty: yes('$true: meetings are not private in the calendar. Default $true.'),
    RequestInPolicy: people('Who may ask a delegate for what the policy allows.'),
    RequestOutOfPolicy: people('Who may ask a delegate for what the policy does not allow.'),
    ResourceDelegates: people('Who decides on requests that wait.'),
    ScheduleOnlyDuringWorkHours: yes('$true: meetings outside of working hours are declined. Default $false.'),
    TentativePendingApproval: yes('$true: requests that wait stand in the calendar tentatively. Default $true.'),
  },
  example: 'Set-CalendarProcessing room1 -AutomateProcessing AutoAccept -MaximumDurationInMinutes 480 -BookingWindowInDays 90',
  roles: ['Mail Recipients', 'User Options'],
  async run(context, { Identity, ResourceDelegates, RequestOutOfPolicy, BookInPolicy, RequestInPolicy, ...given }) {
    const mailbox = await oneRecipient(context, mailboxTypes, Identity);
    const { calendarProcessing } = context.organization;
    const automatic = context.side === 'Cloud';
    if (given.AutomateProcessing !== undefined && mailbox.recipientTypeDetails === 'UserMailbox') {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'AutomateProcessing can be changed on resource mailboxes only.', { remedy: 'Name a room or equipment mailbox.' });
    }
    const former = await calendarProcessing.of(mailbox, automatic);
    const changes: Partial<CalendarProcessing> = { ...given };
    // $null empties a list.
    const lists: Readonly<Record<(typeof peopleLists)[number], MultiValued | null | undefined>> = { ResourceDelegates, RequestOutOfPolicy, BookInPolicy, RequestInPolicy };
    for (const list of peopleLists) {
      const change = lists[list];
      if (change !== undefined) changes[list] = change === null ? [] : await guidsOf(context, former[list], change, list === 'ResourceDelegates');
    }
    await context.change({
      target: mailbox.displayName,
      before: await calendarProcessingOutput(context, mailbox.displayName, former),
      apply: async () => calendarProcessingOutput(context, mailbox.displayName, await calendarProcessing.set(mailbox, automatic, changes)),
      after: (output) => output,
    });
    return [];
  },
});

const anybody = [...mailboxTypes, 'MailUser', 'RemoteUserMailbox', 'MailContact'] as const;

/** @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` */
async function guidsOf(context: ExchangeContext, former: readonly string[], change: MultiValued, peopleOnly: boolean): Promise<string[]> {
  const guids = async (names: readonly string[]): Promise<string[]> => (peopleOnly ? Promise.all(names.map(async (name) => (await namedRecipient(context, anybody, name)).guid)) : guidsOfMembers(context, names));
  const named: MultiValued = 'replace' in change ? { replace: await guids(change.replace) } : { add: await guids(change.add), remove: await guids(change.remove) };
  return applyMultiValued(former, named);
}
