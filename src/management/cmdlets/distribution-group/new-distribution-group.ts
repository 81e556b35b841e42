import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { distributionGroupOutput, refuseOutsideRoomList, refuseTakenAddress, theMember } from './distribution-group-object.ts';

export const newDistributionGroup = defineExchangeCmdlet({
  name: 'New-DistributionGroup',
  synopsis: 'Makes a group of recipients, or a list of rooms.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the group, at most 64 characters.' },
    Alias: { type: 'string', description: 'Default: the name without blanks.' },
    DisplayName: { type: 'string', description: 'Default: the name.' },
    Members: { type: 'string', many: true, description: 'Who is in it.' },
    PrimarySmtpAddress: { type: 'smtpAddress', description: 'Default: the alias in the default domain.' },
    RequireSenderAuthenticationEnabled: { type: 'boolean', description: '$true: mail from outside of the organisation is refused. Default $true.' },
    RoomList: { type: 'switch', description: 'A list of rooms.' },
    Type: { type: ['Distribution', 'Security'], description: 'Default Distribution.' },
  },
  example: 'New-DistributionGroup -Name "Room1 list A" -RoomList -Members room1',
  roles: ['Distribution Groups'],
  async run(context, { Name, Alias, DisplayName, Members, PrimarySmtpAddress, RequireSenderAuthenticationEnabled, RoomList, Type }) {
    const alias = Alias ?? Name.replace(/[^A-Za-z0-9._-]/g, '');
    const address = PrimarySmtpAddress ?? `${alias}@${await defaultDomain(context)}`;
    await refuseTakenAddress(context, address, alias);
    const members = await Promise.all((Members === undefined ? [] : valuesOf(Members)).map((member) => theMember(context, member)));
    if (RoomList === true) members.forEach(refuseOutsideRoomList);
    return newConfiguration(
      context,
      'DistributionGroup',
      Name,
      {
        RecipientTypeDetails: RoomList === true ? 'RoomList' : Type === 'Security' ? 'MailUniversalSecurityGroup' : 'MailUniversalDistributionGroup',
        Alias: alias,
        DisplayName: DisplayName ?? Name,
        PrimarySmtpAddress: address,
        ...(RequireSenderAuthenticationEnabled === undefined ? {} : { RequireSenderAuthenticationEnabled }),
        Members: [...new Set(members.map((member) => member.guid))],
      },
      distributionGroupOutput,
    );
  },
});

async function defaultDomain({ organization }: ExchangeContext): Promise<string> {
  const domains = await organization.configuration.list('AcceptedDomain');
  const domain = domains.find(({ properties }) => properties.Default) ?? domains[0];
  if (domain !== undefined) return domain.properties.DomainName;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'There is no accepted domain to make an address in.', { remedy: 'Give -PrimarySmtpAddress.' });
}
