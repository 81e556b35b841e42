import type { ConfigurationProperties } from '../../../organization/index.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { newConfiguration, objectNotFound, setConfiguration } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { availabilityConfigName } from './availability-config-name.ts';

const account = { type: 'string', nullable: true, side: 'OnPremises' } as const;

export const setAvailabilityConfig = defineExchangeCmdlet({
  name: 'Set-AvailabilityConfig',
  synopsis: 'Says whose accounts may ask for free/busy on behalf of another forest’s people.',
  parameters: {
    OrgWideAccount: { ...account, description: 'An account that sees times only; $null for none. Groups are not supported.' },
    PerUserAccount: { ...account, description: 'An account that sees what each calendar gives to everybody; $null for none. Groups are not supported.' },
    AllowedTenantIds: { type: 'guid', many: true, side: 'Cloud', description: 'Tenants with which free/busy is shared by OrgWideFBToken, at most 25. Kept and shown.' },
  },
  example: 'Set-AvailabilityConfig -OrgWideAccount svc-freebusy@contoso.test',
  roles: ['Federated Sharing'],
  async run(context, { OrgWideAccount, PerUserAccount, AllowedTenantIds }) {
    const [former] = await context.organization.configuration.list('AvailabilityConfig');
    const changes: Partial<ConfigurationProperties['AvailabilityConfig']> = {
      ...(PerUserAccount === undefined ? {} : { PerUserAccount: await nameOf(context, PerUserAccount) }),
      ...(OrgWideAccount === undefined ? {} : { OrgWideAccount: await nameOf(context, OrgWideAccount) }),
      ...(AllowedTenantIds === undefined ? {} : { AllowedTenantIds: applyMultiValued(former?.properties.AllowedTenantIds ?? [], AllowedTenantIds) }),
    };
    if (former !== undefined) return setConfiguration(context, 'AvailabilityConfig', former, changes);
    if (context.side === 'Cloud') throw objectNotFound(context, availabilityConfigName);
    await newConfiguration(context, 'AvailabilityConfig', availabilityConfigName, changes);
    return [];
  },
});

/** The name under which the account signs in. */
async function nameOf(context: ExchangeContext, identity: string | null): Promise<string | null> {
  if (identity === null) return null;
  const [found, ...others] = await context.organization.directory.find(identity);
  if (found === undefined || others.length > 0) throw objectNotFound(context, identity);
  return found.userPrincipalName ?? found.primarySmtpAddress;
}
