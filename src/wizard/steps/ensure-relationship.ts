import type { CmdletInvocation } from '../../management/index.ts';
import { differences, given, textOf } from '../observed.ts';
import type { StepView } from '../plan.ts';

export interface WantedRelationship {
  session: 'OnPremises' | 'Cloud';
  /** As the Hybrid Configuration Wizard writes them. */
  name: string;
  wanted: () => Promise<Record<string, unknown>>;
}

/** The cmdlet that makes or mends an organization relationship; where free/busy crosses by OAuth alone, one that is there is disabled. */
export async function ensureRelationship(view: StepView, { session, name, wanted }: WantedRelationship): Promise<readonly CmdletInvocation[]> {
  const isWanted = view.settings.freeBusy !== 'oauth';
  const found = (await view.get(session, 'Get-OrganizationRelationship')).find((relationship) => textOf(relationship, 'Name') === name);
  if (found === undefined) return isWanted ? [{ session, cmdlet: 'New-OrganizationRelationship', parameters: { Name: name, ...given(await wanted()) } }] : [];
  const different = differences(found, isWanted ? await wanted() : { Enabled: false });
  return Object.keys(different).length === 0 ? [] : [{ session, cmdlet: 'Set-OrganizationRelationship', parameters: { Identity: name, ...different } }];
}

/** What both directions share, as the Hybrid Configuration Wizard sets it (export of its cmdlets, publicly known). */
export const sharedProperties = {
  Enabled: true,
  FreeBusyAccessEnabled: true,
  FreeBusyAccessLevel: 'LimitedDetails',
  MailTipsAccessEnabled: true,
  MailTipsAccessLevel: 'All',
  DeliveryReportEnabled: true,
  PhotosEnabled: true,
} as const;

/**
 * How the other side is known to the gateway: what its Autodiscover publishes. Where that is not to be reached, as an
 * organisation without any inbound port is not from outside, the other side's own trust says the same.
 */
export async function applicationUriOf(view: StepView, other: 'OnPremises' | 'Cloud', domain: string): Promise<string> {
  const asking = other === 'Cloud' ? 'OnPremises' : 'Cloud';
  try {
    const [information] = await view.get(asking, 'Get-FederationInformation', { DomainName: domain, BypassAdditionalDomainValidation: true });
    const uri = textOf(information, 'TargetApplicationUri');
    if (uri !== '') return uri;
  } catch {
    // Asked below.
  }
  const [trust] = await view.get(other, 'Get-FederationTrust');
  return textOf(trust, 'ApplicationUri');
}
