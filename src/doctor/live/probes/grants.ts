import { answeringSide, covers, domainOf, notOver } from '../free-busy-case.ts';
import { missingRoutingAddress } from '../routing-address-of-asker.ts';
import { fail, pass, sessionOf, setting, sideNames, skipped, text, texts } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** What the responder's relationship gives to the asking person's domains. */
export const grants: FreeBusyProbe = {
  id: 'grants',
  title: 'the relationship of the other side gives free/busy',
  async run(given, { route }) {
    if (route?.trust !== 'DAuth') return skipped(notOver('DAuth', route));
    const side = answeringSide(given);
    const [asker] = await sessionOf(given, given.askingSide).invoke('Get-Mailbox', { Identity: given.asker });
    const domains = [...new Set([given.asker, ...texts(asker, 'EmailAddresses').map((address) => address.replace(/^smtp:/i, ''))].map(domainOf))];
    const relationships = await sessionOf(given, side).invoke('Get-OrganizationRelationship');
    const known = relationships.find((each) => domains.some((domain) => covers(texts(each, 'DomainNames'), domain)));
    if (known === undefined) {
      const unaddressed = await missingRoutingAddress(given);
      if (unaddressed !== undefined) return fail(`${given.asker} has no address that the other side knows`, unaddressed);
      const [first = {}] = relationships;
      // Cloud users ask with their routing address, others with their primary one.
      const asked = domains.find((domain) => /\.mail\./.test(domain)) ?? domains[0] ?? '';
      const change = (how: 'add' | 'remove'): Parameters<typeof fail>[1]['repair'] => [{ session: side, cmdlet: 'Set-OrganizationRelationship', parameters: { Identity: text(first, 'Name'), DomainNames: { [how]: [asked] } } }];
      return fail(`no relationship of ${sideNames[side]} has ${domains.join(' or ')}`, {
        cause: 'fb12-requester-domain',
        proof: `DomainNames of "${text(first, 'Name')}" in ${sideNames[side]}: ${texts(first, 'DomainNames').join(', ')}; the asking person has ${domains.join(', ')}.`,
        repair: change('add'),
        undo: change('remove'),
      });
    }
    const level = text(known, 'FreeBusyAccessLevel');
    const scope = known['FreeBusyAccessScope'] ?? null;
    if (known['Enabled'] !== true || level === 'None' || scope !== null) {
      return fail(`relationship "${text(known, 'Name')}" gives no free/busy`, {
        cause: 'fb12-relationship-level',
        proof: `"${text(known, 'Name')}" of ${sideNames[side]}: Enabled ${String(known['Enabled'])}, FreeBusyAccessLevel ${level}, FreeBusyAccessScope ${typeof scope === 'string' ? scope : 'everybody'}.`,
        ...setting(side, 'OrganizationRelationship', known, { Enabled: true, ...(level === 'None' ? { FreeBusyAccessLevel: 'LimitedDetails' } : {}), ...(scope === null ? {} : { FreeBusyAccessScope: null }) }),
      });
    }
    return pass(`"${text(known, 'Name')}": ${level}`);
  },
};
