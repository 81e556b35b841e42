import type { DistributionGroup } from '../../../organization/index.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import type { MultiValued, ParameterDefinition } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { identityToChange, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { distributionGroupOutput, guidsOfMembers, membersByGuid, refuseTakenAddress, theGroup } from './distribution-group-object.ts';

const people = (description: string) => ({ type: 'string', many: true, nullable: true, description }) as const satisfies ParameterDefinition;

export const setDistributionGroup = defineExchangeCmdlet({
  name: 'Set-DistributionGroup',
  synopsis: 'Changes names and address of a group, and who may send to it.',
  parameters: {
    Identity: { ...identityToChange, description: 'Name, alias or address of the group.' },
    Name: { type: 'string', description: 'Name of the object.' },
    Alias: { type: 'string', description: 'Unique short name.' },
    DisplayName: { type: 'string', description: 'The name that people see.' },
    PrimarySmtpAddress: { type: 'smtpAddress', aliases: ['WindowsEmailAddress'], description: 'The address.' },
    RoomList: { type: 'switch', description: 'Makes it a list of rooms.' },
    RequireSenderAuthenticationEnabled: { type: 'boolean', description: '$true: mail from outside of the organisation is refused. Default $true.' },
    SendOofMessageToOriginatorEnabled: { type: 'boolean', description: '$true: who writes to the group hears which of its members are away. Default $false.' },
    ReportToOriginatorEnabled: { type: 'boolean', description: '$true: as it is. $false is refused, because groups have no owners here who could hear what was not delivered instead.' },
    MailTip: { type: 'string', nullable: true, description: 'HTML that people see when they write to the group, before they send: 175 characters at most. $null for none.' },
    AcceptMessagesOnlyFrom: people('Only these people send to it; $null for everybody.'),
    AcceptMessagesOnlyFromDLMembers: people('Only members of these groups send to it.'),
    AcceptMessagesOnlyFromSendersOrMembers: people('Only these people and members of these groups send to it.'),
    RejectMessagesFrom: people('These people do not send to it.'),
    RejectMessagesFromDLMembers: people('Members of these groups do not send to it.'),
    RejectMessagesFromSendersOrMembers: people('These people and members of these groups do not send to it.'),
  },
  example: 'Set-DistributionGroup "Room1 list A" -DisplayName "Rooms, house A"',
  roles: ['Distribution Groups'],
  async run(context, { Identity, Name, Alias, DisplayName, PrimarySmtpAddress, RoomList, RequireSenderAuthenticationEnabled, SendOofMessageToOriginatorEnabled, ReportToOriginatorEnabled, MailTip, ...lists }) {
    if (ReportToOriginatorEnabled === false) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Who wrote to a group always hears what was not delivered here.', { remedy: 'Leave -ReportToOriginatorEnabled out.' });
    const former = await theGroup(context, Identity);
    const { properties } = former;
    if (Alias !== undefined || PrimarySmtpAddress !== undefined) await refuseTakenAddress(context, PrimarySmtpAddress ?? properties.PrimarySmtpAddress, Alias ?? properties.Alias);
    const changes: Partial<DistributionGroup> = {
      ...(Alias === undefined ? {} : { Alias }),
      ...(DisplayName === undefined ? {} : { DisplayName }),
      ...(PrimarySmtpAddress === undefined ? {} : { PrimarySmtpAddress }),
      ...(RoomList === true ? { RecipientTypeDetails: 'RoomList' } : {}),
      ...(RequireSenderAuthenticationEnabled === undefined ? {} : { RequireSenderAuthenticationEnabled }),
      ...(SendOofMessageToOriginatorEnabled === undefined ? {} : { SendOofMessageToOriginatorEnabled }),
      ...(MailTip === undefined ? {} : { MailTip }),
      ...(await sendersOf(context, 'AcceptMessagesOnlyFromSendersOrMembers', properties, { people: lists.AcceptMessagesOnlyFrom, groups: lists.AcceptMessagesOnlyFromDLMembers, all: lists.AcceptMessagesOnlyFromSendersOrMembers })),
      ...(await sendersOf(context, 'RejectMessagesFromSendersOrMembers', properties, { people: lists.RejectMessagesFrom, groups: lists.RejectMessagesFromDLMembers, all: lists.RejectMessagesFromSendersOrMembers })),
    };
    context.requireWriteScope({ ...former, name: Name ?? former.name, properties: { ...properties, ...changes } });
    return setConfiguration(context, 'DistributionGroup', former, changes, { newName: Name, output: distributionGroupOutput });
  },
});

type Change = MultiValued | null | undefined;

/** One list of who may or may not send, of which cmdlets change all, or the people or the groups in it. */
async function sendersOf(context: ExchangeContext, list: 'AcceptMessagesOnlyFromSendersOrMembers' | 'RejectMessagesFromSendersOrMembers', former: DistributionGroup, changes: { people: Change; groups: Change; all: Change }): Promise<Partial<DistributionGroup>> {
  let members = (await membersByGuid(context, former[list])).map(({ guid, kind }) => ({ guid, kind }));
  for (const [change, concerned] of [[changes.all, undefined], [changes.people, 'recipient'], [changes.groups, 'group']] as const) {
    if (change === undefined) continue;
    const named: MultiValued = change === null ? { replace: [] } : 'replace' in change ? { replace: await guidsOfMembers(context, change.replace) } : { add: await guidsOfMembers(context, change.add), remove: await guidsOfMembers(context, change.remove) };
    const kept = concerned === undefined ? [] : members.filter(({ kind }) => kind !== concerned);
    const present = members.filter((member) => !kept.includes(member)).map(({ guid }) => guid);
    members = [...kept, ...(await membersByGuid(context, applyMultiValued(present, named)))];
  }
  return Object.values(changes).every((change) => change === undefined) ? {} : { [list]: members.map(({ guid }) => guid) };
}
