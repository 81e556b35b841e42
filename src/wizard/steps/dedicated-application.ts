import type { CmdletInvocation } from '../../management/index.ts';
import { fullAccessAsApp, keyCredential, keyCredentialsOf } from '../exchange-online.ts';
import { differences, isTrue, listOf, textOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { SetupStep, StepView } from '../plan.ts';
import { authCertificateValue } from './tenant-credential.ts';

const overrideName = 'EnableExchangeHybrid3PAppFeature';

/** The setting override that switches the dedicated application on. */
export function isDedicatedOverride(override: Observed): boolean {
  return textOf(override, 'SectionName') === 'ExchangeOnpremAsThirdPartyAppId' && listOf(override, 'Parameters').some((parameter) => /^Enabled=true$/i.test(parameter));
}

/**
 * The dedicated hybrid application of 2025: servers call the cloud as an application of their own organisation, no
 * longer as Exchange Online itself. It wants the application with the Auth certificate, its id at the authorization
 * server that signs users in, and a setting override, which the original wizard never makes. An administrator has to
 * consent to it in a browser where the tenant is Microsoft's.
 */
export const dedicatedApplication: SetupStep = {
  id: 'dedicated-application',
  title: 'Dedicated hybrid application',
  why: "Exchange Online lets servers in only as an application of their own organisation: the shared principal's calls end in 403.",
  onlyFor: ['oauth', 'both'],
  isOAuth: true,
  isDedicated: true,
  needs: [{ session: 'Tenant', cmdlet: 'Get-MgApplication' }],
  async changes(view) {
    const { get, settings } = view;
    const name = `ExchangeServerApp-${settings.organizationGuid}`;
    const application = (await get('Tenant', 'Get-MgApplication', { Filter: `displayName eq '${name}'`, Property: ['Id', 'AppId', 'DisplayName', 'KeyCredentials'] }))[0];
    const value = await authCertificateValue(view);
    if (application === undefined) return [{ session: 'Tenant', cmdlet: 'New-MgApplication', parameters: { DisplayName: name, SignInAudience: 'AzureADMyOrg', RequiredResourceAccess: [fullAccessAsApp], KeyCredentials: [keyCredential(value)] } }];
    const appId = textOf(application, 'AppId');
    const present = keyCredentialsOf(application);
    if (!present.some(({ Key }) => Key === value)) return [{ session: 'Tenant', cmdlet: 'Update-MgApplication', parameters: { ApplicationId: textOf(application, 'Id'), KeyCredentials: [...present, keyCredential(value)] } }];
    if ((await get('Tenant', 'Get-MgServicePrincipal', { Filter: `appId eq '${appId}'` })).length === 0) return [{ session: 'Tenant', cmdlet: 'New-MgServicePrincipal', parameters: { AppId: appId } }];
    return [...(await letIn(view, name, appId)), ...(await authServer(view, appId)), ...(await override(view))];
  },
};

/** A cloud of this project keeps whom it lets in as partner applications; the dedicated one gets the roles of the shared one. */
async function letIn({ get }: StepView, name: string, appId: string): Promise<readonly CmdletInvocation[]> {
  const partners = await get('Cloud', 'Get-PartnerApplication').catch(() => []);
  const shared = partners.find((partner) => textOf(partner, 'Name') === 'Exchange On-Premises');
  if (shared === undefined || partners.some((partner) => textOf(partner, 'ApplicationIdentifier') === appId)) return [];
  return [{ session: 'Cloud', cmdlet: 'New-PartnerApplication', parameters: { Name: name, ApplicationIdentifier: appId, UseAuthServer: isTrue(shared, 'UseAuthServer'), Enabled: true, LinkedAccount: textOf(shared, 'LinkedAccount') } }];
}

async function authServer({ get, settings }: StepView, appId: string): Promise<readonly CmdletInvocation[]> {
  const identity = `EvoSts - ${settings.organizationGuid}`;
  const found = (await get('OnPremises', 'Get-AuthServer')).find((server) => textOf(server, 'Name') === identity);
  const different = differences(found ?? {}, { ApplicationIdentifier: appId, DomainName: [...settings.hybridDomains, settings.coexistenceDomain] });
  return Object.keys(different).length === 0 ? [] : [{ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: identity, ...different } }];
}

async function override({ get }: StepView): Promise<readonly CmdletInvocation[]> {
  if ((await get('OnPremises', 'Get-SettingOverride')).some(isDedicatedOverride)) return [];
  return [{ session: 'OnPremises', cmdlet: 'New-SettingOverride', parameters: { Name: overrideName, Component: 'Global', Section: 'ExchangeOnpremAsThirdPartyAppId', Parameters: ['Enabled=true'], Reason: 'Dedicated hybrid application' } }];
}
