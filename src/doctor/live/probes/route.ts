import type { CmdletInvocation } from '../../../management/index.ts';
import { covers, domainOf } from '../free-busy-case.ts';
import { capitalized, fail, pass, sessionOf, setting, sideNames, skipped, text, texts } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** Which connector or relationship has the domain: enabled connector first, then relationship with free/busy. */
export const route: FreeBusyProbe = {
  id: 'route',
  title: 'connector or relationship for the domain',
  async run(given, facts) {
    if (facts.targetAddress === undefined) return skipped(facts.isLocal === true ? 'the mailbox is in the same organisation' : 'the target address is not known');
    const domain = domainOf(facts.targetAddress);
    const session = sessionOf(given, given.askingSide);
    const connectors = await session.invoke('Get-IntraOrganizationConnector');
    const connector = connectors.find((each) => each['Enabled'] === true && covers(texts(each, 'TargetAddressDomains'), domain));
    if (connector !== undefined) {
      facts.route = { trust: 'OAuth', noun: 'IntraOrganizationConnector', object: connector };
      return pass(`connector "${text(connector, 'Name')}" (OAuth)`);
    }
    const relationships = await session.invoke('Get-OrganizationRelationship');
    const relationship = relationships.find((each) => each['Enabled'] === true && each['FreeBusyAccessEnabled'] === true && covers(texts(each, 'DomainNames'), domain));
    if (relationship !== undefined) {
      facts.route = { trust: 'DAuth', noun: 'OrganizationRelationship', object: relationship };
      return pass(`relationship "${text(relationship, 'Name')}" (DAuth)`);
    }
    const space = (await session.invoke('Get-AvailabilityAddressSpace').catch(() => [])).find((each) => text(each, 'ForestName').toLowerCase() === domain);
    if (space !== undefined) {
      facts.route = { trust: 'address space', noun: 'AvailabilityAddressSpace', object: space };
      return pass(`availability address space "${text(space, 'ForestName')}"`);
    }
    const where = sideNames[given.askingSide];
    const own = domainOf(given.whom);
    /** What decides after the repair: the later probes look along that way. */
    const repaired = (noun: 'IntraOrganizationConnector' | 'OrganizationRelationship', object: Record<string, unknown> | undefined): void => {
      if (object !== undefined) facts.route = { trust: noun === 'IntraOrganizationConnector' ? 'OAuth' : 'DAuth', noun, object };
    };
    if (own !== domain && [...connectors.filter((each) => each['Enabled'] === true).flatMap((each) => texts(each, 'TargetAddressDomains')), ...relationships.flatMap((each) => texts(each, 'DomainNames'))].some((each) => covers([each], own))) {
      const former = facts.targetAddress;
      facts.targetAddress = given.whom;
      const connected = connectors.find((each) => each['Enabled'] === true && covers(texts(each, 'TargetAddressDomains'), own));
      if (connected !== undefined) repaired('IntraOrganizationConnector', connected);
      else repaired('OrganizationRelationship', relationships.find((each) => each['Enabled'] === true && covers(texts(each, 'DomainNames'), own)));
      const set = (address: string): CmdletInvocation[] => [{ session: given.askingSide, cmdlet: 'Set-MailUser', parameters: { Identity: given.whom, ExternalEmailAddress: address } }];
      return fail(`the target address leads to ${domain}, which nobody configured`, {
        cause: 'fb9-target-address',
        proof: `The target address of ${given.whom} in ${where} is ${former}; ${own} is configured, ${domain} is not.`,
        repair: set(given.whom),
        undo: set(former),
      });
    }
    const switchedOff = connectors.find((each) => covers(texts(each, 'TargetAddressDomains'), domain));
    if (switchedOff !== undefined) {
      repaired('IntraOrganizationConnector', switchedOff);
      return fail(`connector "${text(switchedOff, 'Name')}" has ${domain} and is disabled`, {
        cause: 'fb9-disabled',
        proof: `In ${where} connector "${text(switchedOff, 'Name')}" lists ${domain} with Enabled False, and no relationship with free/busy lists it.`,
        ...setting(given.askingSide, 'IntraOrganizationConnector', switchedOff, { Enabled: true }),
      });
    }
    const mute = relationships.find((each) => covers(texts(each, 'DomainNames'), domain));
    if (mute !== undefined) {
      repaired('OrganizationRelationship', mute);
      return fail(`relationship "${text(mute, 'Name')}" has ${domain} and gives no free/busy`, {
        cause: 'fb9-disabled',
        proof: `In ${where} relationship "${text(mute, 'Name')}" lists ${domain}; Enabled ${String(mute['Enabled'])}, FreeBusyAccessEnabled ${String(mute['FreeBusyAccessEnabled'])}.`,
        ...setting(given.askingSide, 'OrganizationRelationship', mute, { Enabled: true, FreeBusyAccessEnabled: true }),
      });
    }
    const first = connectors.find((each) => each['Enabled'] === true);
    const [other] = relationships;
    if (first === undefined && other === undefined) {
      facts.hidden = [...(facts.hidden ?? []), `the way to the other side, because ${where} has nothing that names one`];
      return fail('there is neither connector nor relationship', { cause: 'fb9-minimal-hybrid', proof: `${capitalized(where)} has no enabled connector and no relationship.`, repair: [], undo: [] });
    }
    const [noun, property, object] = first === undefined ? (['OrganizationRelationship', 'DomainNames', other ?? {}] as const) : (['IntraOrganizationConnector', 'TargetAddressDomains', first] as const);
    repaired(noun, object);
    return fail(`no connector and no relationship has ${domain}`, {
      cause: 'fb9-domain-missing',
      proof: `In ${where} neither TargetAddressDomains of a connector nor DomainNames of a relationship has ${domain}; "${text(object, 'Name')}" has ${texts(object, property).join(', ')}.`,
      repair: [{ session: given.askingSide, cmdlet: `Set-${noun}`, parameters: { Identity: object['Identity'] ?? object['Name'], [property]: { add: [domain] } } }],
      undo: [{ session: given.askingSide, cmdlet: `Set-${noun}`, parameters: { Identity: object['Identity'] ?? object['Name'], [property]: { remove: [domain] } } }],
    });
  },
};
