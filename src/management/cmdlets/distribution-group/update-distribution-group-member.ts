import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { distributionGroupOutput, guidsOfMembers, membersByGuid, theGroup } from './distribution-group-object.ts';

export const updateDistributionGroupMember = defineExchangeCmdlet({
  name: 'Update-DistributionGroupMember',
  synopsis: 'Replaces the members of a group.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'Name, alias or address of the group.' },
    Members: { type: 'string', many: true, mandatory: true, description: 'Who is in it from now on; or @{add=…; remove=…}.' },
  },
  example: 'Update-DistributionGroupMember "Room1 list A" -Members room1,room2 -Confirm:$false',
  roles: ['Distribution Groups'],
  async run(context, { Identity, Members }) {
    const group = await theGroup(context, Identity);
    const change = 'replace' in Members ? { replace: await guidsOfMembers(context, Members.replace) } : { add: await guidsOfMembers(context, Members.add), remove: await guidsOfMembers(context, Members.remove) };
    const present = (await membersByGuid(context, group.properties.Members)).map(({ guid }) => guid);
    return setConfiguration(context, 'DistributionGroup', group, { Members: applyMultiValued(present, change) }, { output: (changed) => ({ ...distributionGroupOutput(changed), Members: changed.properties.Members }) });
  },
});
