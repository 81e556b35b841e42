import type { DistributionGroup } from '../../../organization/index.ts';
import { identityToChange, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { distributionGroupOutput, refuseTakenAddress, theGroup } from './distribution-group-object.ts';

export const setDistributionGroup = defineExchangeCmdlet({
  name: 'Set-DistributionGroup',
  synopsis: 'Changes the names and the address of a group.',
  parameters: {
    Identity: { ...identityToChange, description: 'Name, alias or address of the group.' },
    Name: { type: 'string', description: 'Name of the object.' },
    Alias: { type: 'string', description: 'Unique short name.' },
    DisplayName: { type: 'string', description: 'The name that people see.' },
    PrimarySmtpAddress: { type: 'smtpAddress', aliases: ['WindowsEmailAddress'], description: 'The address.' },
    RoomList: { type: 'switch', description: 'Makes it a list of rooms.' },
  },
  example: 'Set-DistributionGroup "Room1 list A" -DisplayName "Rooms, house A"',
  roles: ['Distribution Groups'],
  async run(context, { Identity, Name, Alias, DisplayName, PrimarySmtpAddress, RoomList }) {
    const former = await theGroup(context, Identity);
    const { properties } = former;
    if (Alias !== undefined || PrimarySmtpAddress !== undefined) await refuseTakenAddress(context, PrimarySmtpAddress ?? properties.PrimarySmtpAddress, Alias ?? properties.Alias);
    const changes: Partial<DistributionGroup> = {
      ...(Alias === undefined ? {} : { Alias }),
      ...(DisplayName === undefined ? {} : { DisplayName }),
      ...(PrimarySmtpAddress === undefined ? {} : { PrimarySmtpAddress }),
      ...(RoomList === true ? { RecipientTypeDetails: 'RoomList' } : {}),
    };
    context.requireWriteScope({ ...former, name: Name ?? former.name, properties: { ...properties, ...changes } });
    return setConfiguration(context, 'DistributionGroup', former, changes, { newName: Name, output: distributionGroupOutput });
  },
});
