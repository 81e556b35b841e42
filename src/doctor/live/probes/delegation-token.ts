import type { CmdletInvocation } from '../../../management/index.ts';
import { errorText } from '../../../foundation/index.ts';
import { recognizeFailures } from '../../recognition/recognize-failures.ts';
import { missingRoutingAddress } from '../routing-address-of-asker.ts';
import { answeringSide, notOver } from '../free-busy-case.ts';
import { fail, pass, sessionOf, setting, skipped, text, texts } from '../probe.ts';
import { renameUser } from '../tenant-directory.ts';
import type { FreeBusyCase, FreeBusyFacts, FreeBusyProbe, Route } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

/** What Test-OrganizationRelationship says for the asking person: a delegation token, and that it is for the right organisation. */
export const delegationToken: FreeBusyProbe = {
  id: 'delegation-token',
  title: 'delegation token for the asking person',
  async run(given, facts) {
    const { route, isGatewaySilent } = facts;
    if (route?.trust !== 'DAuth') return skipped(notOver('DAuth', route));
    if (isGatewaySilent === true) return skipped('the gateway cannot be reached');
    const session = sessionOf(given, given.askingSide);
    const [mailbox] = await session.invoke('Get-Mailbox', { Identity: given.asker });
    if (text(mailbox, 'ImmutableId') !== '') {
      const immutableId = text(mailbox, 'ImmutableId');
      const set = (ImmutableId: string | null): CmdletInvocation[] => [{ session: given.askingSide, cmdlet: 'Set-Mailbox', parameters: { Identity: given.asker, ImmutableId } }];
      return fail(`${given.asker} has an ImmutableId`, { cause: 'fb23-immutable-id', proof: `ImmutableId of ${given.asker} is ${immutableId}; the token is asked for that name.`, repair: set(null), undo: set(immutableId) });
    }
    const results = await session
      .invoke('Test-OrganizationRelationship', { Identity: text(route.object, 'Name'), UserIdentity: given.asker })
      .catch((error: unknown) => [{ Id: 'Failed', Status: 'Error', Description: errorText(error) }]);
    const errors = results.filter((each) => each['Status'] === 'Error');
    const refused = errors.find(({ Id }) => Id === 'FailureToGetDelegationToken') ?? errors.find(({ Id }) => Id === 'Failed');
    const uri = await applicationUri(given, route, text(refused, 'Description'));
    if (uri !== undefined) {
      const findings = refused === undefined ? [] : (await refusal(given, text(refused, 'Description'))).filter(isOfAccount);
      if (refused !== undefined && findings.length === 0) hideAccount(given, facts);
      return fail(uri.proof, uri, ...findings);
    }
    if (refused === undefined) return pass(errors.length === 0 ? 'the gateway gives one' : `the gateway gives one; also: ${errors.map(({ Id }) => String(Id)).join(', ')}`);
    const findings = await refusal(given, text(refused, 'Description'));
    // It looks at the account last.
    if (!findings.some(isOfAccount)) hideAccount(given, facts);
    return fail(text(refused, 'Description'), ...findings);
  },
};

function isOfAccount({ cause }: Finding): boolean {
  return /^fb(?:19|20|21|23)-/.test(cause);
}

function hideAccount({ asker }: FreeBusyCase, facts: FreeBusyFacts): void {
  facts.hidden = [...(facts.hidden ?? []), `what the federation gateway thinks of the account of ${asker}, because it refuses the request before it comes to that`];
}

/** The other side's namespace against the one for which tokens are asked. */
async function applicationUri(given: FreeBusyCase, route: Route, refusal: string): Promise<Finding | undefined> {
  const other = given.sessions[answeringSide(given)];
  if (other === undefined || answeringSide(given) !== 'OnPremises') return undefined;
  const [trust] = await other.invoke('Get-FederationTrust').catch(() => []);
  const published = text(trust, 'ApplicationUri');
  const asked = text(route.object, 'TargetApplicationUri');
  if (published === '' || published.toLowerCase() === asked.toLowerCase()) return undefined;
  return {
    // The gateway refuses a name that nobody has; for another organisation's it gives a token that is useless.
    cause: recognizeFailures(refusal).some(({ failure }) => failure.id === 'W2') ? 'w2-application-uri' : 'fb3-application-uri',
    proof: `TargetApplicationUri of "${text(route.object, 'Name')}" is ${asked}; the federation trust on premises has ${published}.`,
    ...setting(given.askingSide, 'OrganizationRelationship', route.object, { TargetApplicationUri: published }),
  };
}

async function refusal(given: FreeBusyCase, description: string): Promise<readonly Finding[]> {
  const [recognized] = recognizeFailures(description);
  const [cause] = recognized?.causes ?? [];
  if (cause === undefined) return [];
  const drifted = recognized?.failure.id === 'FB23' ? await drift(given, description) : undefined;
  if (drifted !== undefined) return [drifted];
  // The relationship asks for the very name that the other side has: else it would have been told before.
  if (recognized?.failure.id === 'W2') return [(await missingRoutingAddress(given)) ?? { cause: 'w2-not-federated', proof: `TargetApplicationUri is the application URI of the federation trust on premises, and the gateway does not know it. Test-OrganizationRelationship for ${given.asker}: ${description}`, repair: [], undo: [] }];
  return [{ cause: cause.id, proof: `Test-OrganizationRelationship for ${given.asker}: ${description}`, ...(await accountRepair(given, cause.id)) }];
}

/** The gateway knows people by the names of the tenant’s directory. */
async function drift({ asker, askingSide, sessions }: FreeBusyCase, description: string): Promise<Finding | undefined> {
  const [mailbox] = (await sessions[askingSide]?.invoke('Get-Mailbox', { Identity: asker }).catch(() => [])) ?? [];
  const name = text(mailbox, 'UserPrincipalName');
  const users = (await sessions.Tenant?.invoke('Get-MgUser', { All: true, Property: ['UserPrincipalName', 'ProxyAddresses'] }).catch(() => [])) ?? [];
  const user = users.find((each) => texts(each, 'ProxyAddresses').some((address) => address.toLowerCase() === `smtp:${asker.toLowerCase()}`));
  const other = text(user, 'UserPrincipalName');
  if (name === '' || other === '' || other.toLowerCase() === name.toLowerCase()) return undefined;
  return { cause: 'fb23-directory-drift', proof: `The mailbox is ${name}; the tenant’s directory has the same person as ${other}. Test-OrganizationRelationship: ${description}`, repair: [renameUser(other, name)], undo: [renameUser(name, other)] };
}

/** What the gateway finds wanting at an account; nothing where it is something else. */
async function accountRepair(given: FreeBusyCase, cause: string): Promise<Pick<Finding, 'repair' | 'undo' | 'noUndo' | 'risk'>> {
  const change = (parameters: Record<string, unknown>): CmdletInvocation[] => [{ session: 'Tenant', cmdlet: 'Update-MgUser', parameters: { UserId: given.asker, ...parameters } }];
  if (cause === 'fb20-expired') return { repair: change({ PasswordPolicies: 'DisablePasswordExpiration' }), undo: change({ PasswordPolicies: 'None' }) };
  if (cause === 'fb20-change-required') return { repair: change({ PasswordProfile: { ForceChangePasswordNextSignIn: false } }), undo: change({ PasswordProfile: { ForceChangePasswordNextSignIn: true } }), risk: 'The password that an administrator gave stays as it is: whoever knows it can go on using it.' };
  if (!/^fb(?:19|21|23)-/.test(cause)) return { repair: [], undo: [] };
  return { ...(await renamed(given)), risk: 'Who signs in between the two commands needs the other name. Does the second one fail, run it again: the person must not keep the other name.' };
}

/** Another user principal name and back makes the gateway write its record of the person anew. */
async function renamed({ asker, sessions }: FreeBusyCase): Promise<Pick<Finding, 'repair' | 'undo' | 'noUndo'>> {
  const [organization] = (await sessions.Tenant?.invoke('Get-MgOrganization').catch(() => [])) ?? [];
  const domains = Array.isArray(organization?.['VerifiedDomains']) ? (organization['VerifiedDomains'] as Record<string, unknown>[]) : [];
  const domain = text(domains.find((each) => each['IsInitial'] === true), 'Name');
  if (domain === '') return { repair: [], undo: [] };
  const other = `${asker.split('@')[0] ?? ''}@${domain}`;
  return { repair: [renameUser(asker, other), renameUser(other, asker)], undo: [], noUndo: 'The second command has put the name back already.' };
}
