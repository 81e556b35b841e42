import type { Recipient } from '../../organization/index.ts';
import type { ServerVersion } from '../codec/server-version.ts';
import type { AutodiscoverUrls, UserSettingError, UserSettings } from './autodiscover-types.ts';
import { userSettingNames } from './user-setting-names.ts';

/** EwsSupportedSchemas as Exchange 2016 and later answer it. */
const supportedSchemas = 'Exchange2007, Exchange2007_SP1, Exchange2010, Exchange2010_SP1, Exchange2010_SP2, Exchange2013, Exchange2013_SP1, Exchange2015, Exchange2016';

export interface SettingSources {
  urls: AutodiscoverUrls;
  serverVersion: ServerVersion;
}

/**
 * What Autodiscover answers about one user. A mail user, remote mailbox or contact is elsewhere: its target address is
 * where to ask next, unless that is the address that was asked, which would lead in a circle.
 */
export function userSettingsOf(address: string, recipient: Recipient | undefined, names: readonly string[], sources: SettingSources): UserSettings {
  const target = recipient?.externalEmailAddress;
  if (recipient === undefined || target?.toLowerCase() === address.toLowerCase()) {
    return { errorCode: 'InvalidUser', message: 'Invalid user.', settings: {}, settingErrors: [] };
  }
  if (target !== undefined) return { errorCode: 'RedirectAddress', message: 'Redirection address.', redirectTarget: target, settings: {}, settingErrors: [] };
  const settings: Record<string, string> = {};
  const settingErrors: UserSettingError[] = [];
  for (const name of names) {
    const value = userSettingNames.has(name) ? valueOf(name, recipient, sources) : undefined;
    if (value !== undefined) settings[name] = value;
    else if (userSettingNames.has(name)) settingErrors.push({ name, errorCode: 'SettingIsNotAvailable', message: 'The requested setting is not available.' });
    else settingErrors.push({ name, errorCode: 'InvalidSetting', message: 'The requested setting is not valid.' });
  }
  return { errorCode: 'NoError', message: 'No error.', settings, settingErrors };
}

function valueOf(name: string, recipient: Recipient, { urls, serverVersion }: SettingSources): string | undefined {
  switch (name) {
    case 'UserDisplayName':
      return recipient.displayName;
    case 'AutoDiscoverSMTPAddress':
      return recipient.primarySmtpAddress;
    case 'ExternalEwsUrl':
      return urls.externalEwsUrl;
    case 'InternalEwsUrl':
      return urls.internalEwsUrl;
    case 'ExternalEwsVersion':
    case 'CasVersion':
      return versionText(serverVersion);
    case 'EwsSupportedSchemas':
      return supportedSchemas;
    default:
      return undefined;
  }
}

/** `15.02.1544.025`, as Exchange pads it. */
export function versionText(version: ServerVersion): string {
  const { majorVersion, minorVersion, majorBuildNumber, minorBuildNumber } = version;
  return [String(majorVersion), String(minorVersion).padStart(2, '0'), String(majorBuildNumber).padStart(4, '0'), String(minorBuildNumber).padStart(3, '0')].join('.');
}
