import type { Organization } from '../organization/index.ts';

/** The dedicated application by which this organisation calls the cloud. */
export interface HybridApplication {
  applicationId: string;
  /** Of the AuthServer that names it; blank is any. */
  realm: string | null;
  /** Domains whose people it speaks for; none is all. */
  domains: readonly string[];
}

/**
 * The dedicated hybrid application, where this server is to use it: a setting override (component Global, section
 * ExchangeOnpremAsThirdPartyAppId, Enabled=true) switches the feature on, and the AzureAD authorization server names the
 * application (Microsoft, "Deploy dedicated Exchange hybrid app"). Without either, Exchange's shared principal is used.
 */
export async function dedicatedHybridApplication({ configuration }: Organization, serverName: string): Promise<HybridApplication | undefined> {
  const isSwitchedOn = (await configuration.list('SettingOverride')).some(({ properties: { ComponentName, SectionName, Parameters, Server } }) => {
    const isForThisServer = Server === null || Server.length === 0 || Server.some((name) => name.toLowerCase() === serverName.toLowerCase());
    const isTheFeature = ComponentName.toLowerCase() === 'global' && SectionName.toLowerCase() === 'exchangeonpremasthirdpartyappid';
    return isForThisServer && isTheFeature && Parameters.some((parameter) => parameter.replaceAll(' ', '').toLowerCase() === 'enabled=true');
  });
  if (!isSwitchedOn) return undefined;
  for (const { properties } of await configuration.list('AuthServer')) {
    const { Type, Enabled, ApplicationIdentifier: applicationId, Realm: realm, DomainName: domains } = properties;
    if (Type === 'AzureAD' && Enabled && applicationId !== null && applicationId !== '') return { applicationId, realm, domains };
  }
  return undefined;
}
