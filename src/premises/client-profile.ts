import type { IncomingHttpHeaders } from 'node:http';
import type { Organization } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';
import type { SettingsVersion } from './settings-version.ts';

/**
 * True while `OAuth2ClientProfileEnabled` keeps this client out of modern authentication. The switch is for Outlook for
 * Windows alone: Outlook for Mac and ActiveSync clients follow `authorization_uri` by itself (Exchange team, "Announcing
 * Hybrid Modern Authentication").
 */
export function createClientProfile({ configuration }: Organization, settings: Pick<SettingsVersion, 'version'> = configuration): (headers: IncomingHttpHeaders) => Promise<boolean> {
  const isEnabled = cachedByVersion(settings, async () => (await configuration.singleton('OrganizationConfig')).properties.OAuth2ClientProfileEnabled);
  return async (headers) => isOutlookForWindows(headers) && !(await isEnabled());
}

/**
 * Outlook for Windows names itself in two ways: `Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328;
 * Pro)` as user agent, and on MAPI over HTTP `X-ClientApplication: Outlook/16.0.17328.20000` ([MS-OXCMAPIHTTP] §2.2.3.3.3)
 * with the same user agent. Outlook for Mac says `MacOutlook/16…`, phones say `Outlook-iOS/…`. By which of these Exchange
 * itself tells them apart is *unverified*.
 */
function isOutlookForWindows(headers: IncomingHttpHeaders): boolean {
  const { 'user-agent': userAgent = '', 'x-clientapplication': application } = headers;
  if (/\bWindows NT\b/.test(userAgent) && /\bMicrosoft Outlook\b/.test(userAgent)) return true;
  return typeof application === 'string' && /^Outlook\/\d/.test(application) && !/\bMac/.test(userAgent);
}
