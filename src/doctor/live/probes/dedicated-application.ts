import { recognizeFailures } from '../../recognition/recognize-failures.ts';
import type { CmdletInvocation } from '../../../management/index.ts';
import { fail, pass, sessionOf, skipped, text, texts } from '../probe.ts';
import { applicationsNamed, setKeys } from '../tenant-directory.ts';
import { notOver } from '../free-busy-case.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

const override = { Name: 'EnableExchangeHybrid3PAppFeature', Component: 'Global', Section: 'ExchangeOnpremAsThirdPartyAppId', Parameters: ['Enabled=true'], Reason: 'Dedicated hybrid application' };

/** Since October 2025 Exchange Online takes calls of servers on premises only from an application of their own. */
export const dedicatedApplication: FreeBusyProbe = {
  id: 'dedicated-application',
  title: 'dedicated hybrid application',
  async run(given, { route, lookup }) {
    if (route?.trust !== 'OAuth') return skipped(notOver('OAuth', route));
    if (given.askingSide !== 'OnPremises') return skipped('only servers on premises need one');
    const [application] = await applicationsNamed(given, 'ExchangeServerApp-');
    const isRefused = lookup?.ok === false && recognizeFailures(lookup.text).some(({ failure }) => failure.id === 'N1');
    if (application === undefined) return isRefused ? fail('there is none', { cause: 'n1-override-missing', proof: 'The tenant has no application ExchangeServerApp-…, and Exchange Online answers 403.', repair: [], undo: [] }) : skipped('the tenant has none, and Exchange Online does not ask for it');
    const session = sessionOf(given, 'OnPremises');
    const { appId, keys } = application;
    const findings: Finding[] = [];
    const evoSts = (await session.invoke('Get-AuthServer')).find((each) => text(each, 'Type') === 'AzureAD');
    if (text(evoSts, 'ApplicationIdentifier') !== appId) {
      const set = (ApplicationIdentifier: string | null): CmdletInvocation[] => [{ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: text(evoSts, 'Name'), ApplicationIdentifier } }];
      findings.push({ cause: 'n1-application-id', proof: `ApplicationIdentifier of "${text(evoSts, 'Name')}" is ${text(evoSts, 'ApplicationIdentifier') || 'empty'}; the tenant’s application is ${appId}.`, repair: set(appId), undo: set(text(evoSts, 'ApplicationIdentifier') || null) });
    }
    const overrides = await session.invoke('Get-SettingOverride').catch(() => []);
    if (!overrides.some((each) => text(each, 'SectionName') === override.Section && texts(each, 'Parameters').some((parameter) => /^Enabled=true$/i.test(parameter)))) {
      findings.push({
        cause: 'n1-override-missing',
        proof: `Get-SettingOverride shows none of ${override.Section} with Enabled=true: servers call with the shared principal.`,
        repair: [{ session: 'OnPremises', cmdlet: 'New-SettingOverride', parameters: override }],
        undo: [{ session: 'OnPremises', cmdlet: 'Remove-SettingOverride', parameters: { Identity: override.Name, Confirm: false } }],
      });
    }
    const [organization] = await sessionOf(given, 'Cloud').invoke('Get-OrganizationConfig');
    const allowed = texts(organization, 'EwsAllowedAppIDs');
    if (allowed.length > 0 && !allowed.includes(appId)) {
      const change = (how: 'add' | 'remove'): CmdletInvocation[] => [{ session: 'Cloud', cmdlet: 'Set-OrganizationConfig', parameters: { EwsAllowedAppIDs: { [how]: [appId] } } }];
      findings.push({ cause: 'n1-ews-allow-list', proof: `EwsAllowedAppIDs of Exchange Online is ${allowed.join(', ')}; the application is ${appId}.`, repair: change('add'), undo: change('remove') });
    }
    const [config] = await session.invoke('Get-AuthConfig');
    const thumbprint = text(config, 'CurrentCertificateThumbprint');
    const certificate = (await session.invoke('Get-ExchangeCertificate')).find((each) => text(each, 'Thumbprint') === thumbprint);
    const [exported] = certificate === undefined ? [] : await session.invoke('Export-ExchangeCertificate', { Thumbprint: thumbprint });
    const value = text(exported, 'FileData');
    if (value !== '' && !keys.includes(value)) {
      findings.push({
        cause: 'n1-consent',
        proof: `The application ${appId} has ${keys.length} keys, and none is the current Auth certificate ${thumbprint}.`,
        repair: setKeys('Application', application, [...keys, value]),
        undo: setKeys('Application', application, keys),
      });
    }
    return findings.length > 0 ? fail(findings.map(({ proof }) => proof).join(' '), ...findings) : pass(`${application.displayName} (${appId})`);
  },
};
