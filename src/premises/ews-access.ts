import type { Organization } from '../organization/index.ts';
import { wildCardMatcher } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';
import type { SettingsVersion } from './settings-version.ts';

/** Who wants to use EWS, besides the person: the program. */
export interface EwsCaller {
  userAgent: string;
  /** Where a token named it. */
  applicationId?: string;
}

export type EwsRefusal = 'PREMISES_EWS_DISABLED' | 'PREMISES_EWS_APPLICATION';

/**
 * Why a caller may not use EWS, by the organisation's configuration as it is now; undefined where nothing stands against
 * it. Answered 403. `EwsEnabled` false keeps everybody out. `EwsApplicationAccessPolicy` looks at user agents, in which
 * `*` stands for anything: EnforceAllowList lets those of EwsAllowList in, EnforceBlockList all but those of EwsBlockList
 * (Microsoft, "Control access to EWS in Exchange"). `EwsAllowedAppIDs` counts while `EwsEnabled` is true and it names an
 * application: then only tokens of such applications get in (parameter reference, Set-OrganizationConfig). That Basic
 * credentials, which name no application, are kept out by it is *unverified*.
 */
export function createEwsAccess({ configuration }: Organization, settings: Pick<SettingsVersion, 'version'> = configuration): (caller: EwsCaller) => Promise<EwsRefusal | undefined> {
  const rules = cachedByVersion(settings, async () => {
    const { properties } = await configuration.singleton('OrganizationConfig');
    const { EwsEnabled: enabled, EwsApplicationAccessPolicy: policy, EwsAllowedAppIDs: allowed } = properties;
    return {
      isDisabled: enabled === false,
      policy,
      userAgents: (policy === 'EnforceAllowList' ? properties.EwsAllowList : properties.EwsBlockList).map(wildCardMatcher),
      applicationIds: enabled === true && allowed.length > 0 ? new Set(allowed.map((id) => id.toLowerCase())) : undefined,
    };
  });
  return async ({ userAgent, applicationId = '' }) => {
    const { isDisabled, policy, userAgents, applicationIds } = await rules();
    if (isDisabled) return 'PREMISES_EWS_DISABLED';
    const isListed = userAgents.some((matches) => matches(userAgent));
    if ((policy === 'EnforceAllowList' && !isListed) || (policy === 'EnforceBlockList' && isListed)) return 'PREMISES_EWS_APPLICATION';
    return applicationIds === undefined || applicationIds.has(applicationId.toLowerCase()) ? undefined : 'PREMISES_EWS_APPLICATION';
  };
}
