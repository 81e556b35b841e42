import type { CmdletInvocation } from '../../management/index.ts';
import { domainOf } from './free-busy-case.ts';
import type { FreeBusyCase } from './free-busy-case.ts';
import { text, texts } from './probe.ts';
import type { Finding } from './probe.ts';

/**
 * Exchange Online speaks for its people by their address of the coexistence domain, which the relationship on premises
 * lists. Whoever has none there is refused by the gateway, or by the relationship, as if the organisation were a stranger.
 * Undefined where the person has one, or where it cannot be known.
 */
export async function missingRoutingAddress({ askingSide, asker, sessions }: FreeBusyCase): Promise<Finding | undefined> {
  if (askingSide !== 'Cloud' || sessions.Cloud === undefined || sessions.OnPremises === undefined) return undefined;
  const [mailbox] = await sessions.Cloud.invoke('Get-Mailbox', { Identity: asker }).catch(() => []);
  const listed = new Set((await sessions.OnPremises.invoke('Get-OrganizationRelationship').catch(() => [])).flatMap((each) => texts(each, 'DomainNames')).map((each) => each.toLowerCase()));
  const own = texts(mailbox, 'EmailAddresses').map((each) => each.replace(/^smtp:/i, ''));
  const accepted = (await sessions.Cloud.invoke('Get-AcceptedDomain').catch(() => [])).map((each) => text(each, 'DomainName').toLowerCase());
  const domain = accepted.find((each) => listed.has(each));
  if (mailbox === undefined || domain === undefined || own.some((each) => listed.has(domainOf(each)))) return undefined;
  const address = `${text(mailbox, 'Alias') || asker.split('@', 1)[0] || ''}@${domain}`;
  const set = (how: 'add' | 'remove'): CmdletInvocation[] => [{ session: 'Cloud', cmdlet: 'Set-Mailbox', parameters: { Identity: asker, EmailAddresses: { [how]: [`smtp:${address}`] } } }];
  return { cause: 'fb11-proxy-address', proof: `EmailAddresses of ${asker} in Exchange Online are ${own.join(', ')}: none of ${domain}, which is the domain that the relationship on premises lists.`, repair: set('add'), undo: set('remove') };
}
