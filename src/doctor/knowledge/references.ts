import type { Reference } from './failure.ts';

/** The part of “Resolve free/busy errors” that stands under these numbers, which Exchange writes as `LID:` behind the error. */
export function resolveErrorsAt(lids: string): Reference {
  return { ...resolveErrors, title: `${resolveErrors.title}, LID ${lids}` };
}

/** A row of the error table in the Exchange team's article. */
export function errorTable(row: string): Reference {
  return { title: `Exchange Team Blog, “Demystifying Hybrid Free/Busy: Finding errors and troubleshooting”, error table, row ${row}`, url: 'https://techcommunity.microsoft.com/t5/exchange-team-blog/demystifying-hybrid-free-busy-finding-errors-and-troubleshooting/ba-p/607727' };
}

export const movingParts: Reference = { title: 'Exchange Team Blog, “Demystifying Hybrid Free/Busy: what are the moving parts?”', url: 'https://techcommunity.microsoft.com/t5/exchange-team-blog/demystifying-hybrid-free-busy-what-are-the-moving-parts/ba-p/607704' };
export const resolveErrors: Reference = { title: 'Microsoft Learn, “Resolve free/busy errors”', url: 'https://learn.microsoft.com/en-us/outlook/troubleshoot/calendaring/resolve-free-busy-errors' };
export const configureOAuth: Reference = { title: 'Microsoft Learn, “Configure OAuth authentication between Exchange and Exchange Online organizations”', url: 'https://docs.microsoft.com/en-us/exchange/configure-oauth-authentication-between-exchange-and-exchange-online-organizations-exchange-2013-help' };
export const announcingHma: Reference = { title: 'Exchange Team Blog, “Announcing Hybrid Modern Authentication for Exchange On-Premises”' };
export const configureHma: Reference = { title: 'Microsoft Learn, “How to configure Exchange Server on-premises to use Hybrid Modern Authentication”', url: 'https://learn.microsoft.com/en-us/microsoft-365/enterprise/configure-exchange-server-for-hybrid-modern-authentication' };
export const tls12: Reference = { title: 'Microsoft Support 4057306, “Preparing for TLS 1.2 in Office 365”', url: 'https://support.microsoft.com/en-us/help/4057306/preparing-for-tls-1-2-in-office-365' };
export const deployHybridApp: Reference = { title: 'Microsoft Learn, “Deploy dedicated Exchange hybrid app”', url: 'https://learn.microsoft.com/en-us/exchange/hybrid-deployment/deploy-dedicated-hybrid-app' };
export const hybridAppScript: Reference = { title: 'CSS-Exchange, ConfigureExchangeHybridApplication', url: 'https://microsoft.github.io/CSS-Exchange/Hybrid/ConfigureExchangeHybridApplication/' };
export const hybridAgent: Reference = { title: 'Microsoft Learn, “Microsoft Hybrid Agent”', url: 'https://learn.microsoft.com/en-us/exchange/hybrid-deployment/hybrid-agent' };
export const hybridAgentTroubleshooting: Reference = { title: 'Exchange Team Blog, “Modern HCW (Hybrid Agent): troubleshooting like a pro”', url: 'https://techcommunity.microsoft.com/t5/exchange-team-blog/modern-hcw-hybrid-agent-troubleshooting-like-a-pro/ba-p/1558725' };
export const lookupsStop: Reference = { title: 'Microsoft Learn, “Free/busy lookups stop working”', url: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/calendars/freebusy-lookups-stop-working' };
export const renewFederation: Reference = { title: 'Microsoft Learn, “Renew the federation certificate”', url: 'https://learn.microsoft.com/en-us/exchange/renew-the-federation-certificate-exchange-2013-help' };
export const endpoints: Reference = { title: 'Microsoft Learn, “Office 365 URLs and IP address ranges”', url: 'https://docs.microsoft.com/office365/enterprise/urls-and-ip-address-ranges' };
export const agentProxies: Reference = { title: 'Microsoft Learn, “Work with existing on-premises proxy servers”', url: 'https://docs.microsoft.com/azure/active-directory/manage-apps/application-proxy-configure-connectors-with-proxy-servers' };
