import type { OofSettings } from '../../../organization/index.ts';
import type { ParameterDefinition } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { mailboxTypes, oneRecipient, recipientIdentity } from '../recipients/recipient-cmdlets.ts';
import { autoReplyOutput } from './get-mailbox-auto-reply-configuration.ts';

const calendarStays = (what: string) => ({ type: 'boolean', refused: 'unlessFalse', description: `${what}: the calendar stays as it is here while somebody is away.` }) as const satisfies ParameterDefinition;

export const setMailboxAutoReplyConfiguration = defineExchangeCmdlet({
  name: 'Set-MailboxAutoReplyConfiguration',
  synopsis: 'Says that the owner of a mailbox is away, from when to when, and what senders are told.',
  parameters: {
    Identity: recipientIdentity,
    AutoReplyState: { type: ['Enabled', 'Disabled', 'Scheduled'], description: 'Enabled: away until further notice. Scheduled: away from StartTime to EndTime. Default Disabled.' },
    StartTime: { type: 'dateTime', description: 'When a scheduled absence begins; UTC unless it has an offset.' },
    EndTime: { type: 'dateTime', description: 'When a scheduled absence ends.' },
    ExternalAudience: { type: ['None', 'Known', 'All'], description: 'Which senders outside the organisation hear of it: none, those among the contacts, or all.' },
    ExternalMessage: { type: 'string', nullable: true, description: 'What senders outside are told; HTML or text. Without it they hear nothing.' },
    InternalMessage: { type: 'string', nullable: true, description: 'What senders inside are told, in either half of the hybrid; HTML or text. Without it they hear nothing.' },
    IgnoreDefaultScope: { type: 'switch', ignored: true, description: 'There is one scope here.' },
    AutoDeclineFutureRequestsWhenOOF: calendarStays('New requests are not declined'),
    CreateOOFEvent: calendarStays('No event is made'),
    DeclineAllEventsForScheduledOOF: calendarStays('Meetings are not declined'),
    DeclineEventsForScheduledOOF: calendarStays('Meetings are not declined'),
    DeclineMeetingMessage: { type: 'string', refused: true, description: 'Nothing is declined because of an absence here.' },
    EventsToDeleteIDs: { type: 'string', many: true, refused: true, description: 'Nothing is deleted because of an absence here.' },
    OOFEventSubject: { type: 'string', refused: true, description: 'No event is made for an absence here.' },
  },
  example: 'Set-MailboxAutoReplyConfiguration bert -AutoReplyState Scheduled -StartTime "7/10/2027 08:00:00" -EndTime "7/15/2027 17:00:00" -InternalMessage "Back on the 16th."',
  roles: ['Mail Recipients', 'User Options'],
  async run(context, { Identity, AutoReplyState, StartTime, EndTime, ExternalAudience, ExternalMessage, InternalMessage }) {
    const mailbox = await oneRecipient(context, mailboxTypes, Identity);
    const store = context.organization.mailboxes.of(mailbox.guid);
    const changed = ({ duration, ...former }: OofSettings): OofSettings => {
      const [start, end] = [StartTime ?? duration?.start, EndTime ?? duration?.end];
      const state = AutoReplyState ?? former.state;
      const hasTimes = start !== undefined && end !== undefined && start < end;
      if (state === 'Scheduled' && !hasTimes) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'A scheduled absence needs a StartTime, and an EndTime that comes after it.', { remedy: 'Pass -StartTime and -EndTime.' });
      return {
        ...former,
        state,
        externalAudience: ExternalAudience ?? former.externalAudience,
        internalReply: InternalMessage === undefined ? former.internalReply : (InternalMessage ?? ''),
        externalReply: ExternalMessage === undefined ? former.externalReply : (ExternalMessage ?? ''),
        ...(hasTimes ? { duration: { start, end } } : {}),
      };
    };
    const former = await store.oofSettings();
    const settings = changed(former);
    await context.change({
      target: mailbox.displayName,
      before: autoReplyOutput(mailbox.displayName, former),
      apply: () => store.setOofSettings(changed),
      after: () => autoReplyOutput(mailbox.displayName, settings),
    });
    return [];
  },
});
