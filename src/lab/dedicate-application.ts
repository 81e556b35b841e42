import { randomUUID } from 'node:crypto';
import { exchangeApplicationId } from '../identity/index.ts';
import type { StsAdminClient } from '../identity/index.ts';
import type { CmdletSession } from '../management/index.ts';
import { labNames } from './lab-names.ts';

export interface DedicateApplicationOptions {
  onPremises: CmdletSession;
  cloud: CmdletSession;
  sts: StsAdminClient;
  tenantId: string;
  organizationGuid: string;
}

/** The account of the classic partner application: its roles are the ones that servers of the other side need. */
const applicationAccount = 'Exchange On-Premises-ApplicationAccount';
const overrideName = 'EnableExchangeHybrid3PAppFeature';

/**
 * What Microsoft's script for the dedicated hybrid application does (2025), and what its cloud has done since: the
 * tenant registers an application of the organisation's own, with its Auth certificate; the organisation's AuthServer
 * names it and a setting override switches it on; the cloud lets it in and the shared principal no longer. What is there
 * already stays. Lookups from the cloud go on with the cloud's own principal.
 *
 * @returns the application's id
 */
export async function dedicateApplication({ onPremises, cloud, sts, tenantId, organizationGuid }: DedicateApplicationOptions): Promise<string> {
  const name = `ExchangeServerApp-${organizationGuid}`;
  const appId = await registerApplication(name, { onPremises, sts, tenantId });

  const partners = await cloud.invoke('Get-PartnerApplication', {});
  if (!partners.some(({ ApplicationIdentifier }) => ApplicationIdentifier === appId)) {
    await cloud.invoke('New-PartnerApplication', { Name: name, ApplicationIdentifier: appId, UseAuthServer: true, Enabled: true, LinkedAccount: applicationAccount });
  }
  await cloud.invoke('Set-PartnerApplication', { Identity: 'Exchange On-Premises', Enabled: false });

  const evoSts = (await onPremises.invoke('Get-AuthServer', {})).find(({ Type }) => Type === 'AzureAD');
  await onPremises.invoke('Set-AuthServer', { Identity: evoSts?.['Name'], ApplicationIdentifier: appId, DomainName: [labNames.domain] });
  const overrides = await onPremises.invoke('Get-SettingOverride', {});
  if (!overrides.some((override) => override['Name'] === overrideName)) {
    await onPremises.invoke('New-SettingOverride', { Name: overrideName, Component: 'Global', Section: 'ExchangeOnpremAsThirdPartyAppId', Parameters: ['Enabled=true'], Reason: 'Dedicated hybrid application' });
  }
  return appId;
}

/** The service principal with the certificate that signs on premises now, as the classic principal has it. */
async function registerApplication(name: string, { onPremises, sts, tenantId }: Pick<DedicateApplicationOptions, 'onPremises' | 'sts' | 'tenantId'>): Promise<string> {
  const known = (await sts.listServicePrincipals(tenantId)).find(({ displayName }) => displayName === name);
  const appId = known?.appId ?? randomUUID();
  const principal = known ?? (await sts.createServicePrincipal(tenantId, { appId, displayName: name }));
  const [authConfig] = await onPremises.invoke('Get-AuthConfig', {});
  const classic = await sts.getServicePrincipal(tenantId, exchangeApplicationId);
  const current = classic.keyCredentials.find(({ thumbprint }) => thumbprint === authConfig?.['CurrentCertificateThumbprint']);
  if (current !== undefined && !principal.keyCredentials.some(({ thumbprint }) => thumbprint === current.thumbprint)) {
    await sts.addKeyCredential(tenantId, appId, { value: current.value });
  }
  return appId;
}
