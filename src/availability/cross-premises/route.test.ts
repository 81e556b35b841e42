import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recipient, RecipientTypeDetails } from '../../organization/index.ts';
import type { AddressSpaceRoute, ConnectorRoute, RelationshipRoute, RoutingConfiguration } from './route.ts';
import { decideRoute } from './route.ts';

const domain = 'contoso.mail.onmicrosoft.test';
const connector: ConnectorRoute = {
  source: 'IntraOrganizationConnector',
  name: 'HybridIOC',
  enabled: true,
  targetAddressDomains: ['other.test', domain.toUpperCase()],
  discoveryEndpoint: 'https://autodiscover-s.cloud.test/autodiscover/autodiscover.svc',
};
const relationship: RelationshipRoute = { source: 'OrganizationRelationship', name: 'On-premises to O365', enabled: true, targetAddressDomains: [domain], freeBusyAccessEnabled: true };
const space: AddressSpaceRoute = {
  source: 'AvailabilityAddressSpace',
  name: 'Cloud',
  enabled: true,
  targetAddressDomains: [domain],
  accessMethod: 'OrgWideFB',
  discoveryEndpoint: 'https://notes.test/autodiscover.xml',
  addressSpace: { guid: '1', discoveryUrls: ['https://notes.test/autodiscover.xml'], useServiceAccount: false, timesOnly: true },
};

function recipient(recipientTypeDetails: RecipientTypeDetails, externalEmailAddress?: string): Recipient {
  return {
    guid: '11111111-1111-1111-1111-111111111111',
    recipientTypeDetails,
    displayName: 'Anna',
    alias: 'anna',
    primarySmtpAddress: 'anna@contoso.test',
    emailAddresses: ['anna@contoso.test'],
    ...(externalEmailAddress === undefined ? {} : { externalEmailAddress }),
  };
}

function route(who: Recipient | undefined, configuration: Partial<RoutingConfiguration>, origin: 'local' | 'partner' = 'local', address = 'anna@contoso.test') {
  return decideRoute({
    address,
    recipient: who,
    origin,
    configuration: { intraOrganizationConnectors: [], organizationRelationships: [], availabilityAddressSpaces: [], ...configuration },
  });
}

function codeOf(decided: ReturnType<typeof route>): string {
  return decided.kind === 'Refused' ? decided.failure.code : decided.kind;
}

test('every kind of mailbox is read here, whoever asks and whatever is configured', () => {
  for (const type of ['UserMailbox', 'RoomMailbox', 'EquipmentMailbox'] as const) {
    for (const origin of ['local', 'partner'] as const) {
      assert.equal(route(recipient(type, `anna@${domain}`), { intraOrganizationConnectors: [connector] }, origin).kind, 'Local');
    }
  }
});

test('the decision table of a remote recipient: connector, relationship, address space, nothing; enabled ones only', () => {
  const connectors = {
    none: [],
    disabled: [{ ...connector, enabled: false }],
    foreign: [{ ...connector, targetAddressDomains: ['contoso.test'] }],
    matching: [connector],
  };
  const relationships = {
    none: [],
    disabled: [{ ...relationship, enabled: false }],
    withoutFreeBusy: [{ ...relationship, freeBusyAccessEnabled: false }],
    foreign: [{ ...relationship, targetAddressDomains: ['contoso.test'] }],
    matching: [relationship],
  };
  const spaces = { none: [], foreign: [{ ...space, targetAddressDomains: ['contoso.test'] }], matching: [space] };
  let seen = 0;
  for (const type of ['MailUser', 'RemoteUserMailbox', 'MailContact'] as const) {
    for (const [connectorCase, intraOrganizationConnectors] of Object.entries(connectors)) {
      for (const [relationshipCase, organizationRelationships] of Object.entries(relationships)) {
        for (const [spaceCase, availabilityAddressSpaces] of Object.entries(spaces)) {
          const configuration = { intraOrganizationConnectors, organizationRelationships, availabilityAddressSpaces };
          const expected =
            connectorCase === 'matching'
              ? 'Connector'
              : relationshipCase === 'matching'
                ? 'Connector'
                : spaceCase === 'matching'
                  ? 'Connector'
                  : 'AVAILABILITY_NO_CONFIGURATION';
          const label = `${type} ${connectorCase} ${relationshipCase} ${spaceCase}`;
          assert.equal(codeOf(route(recipient(type, `anna@${domain}`), configuration)), expected, label);
          assert.equal(codeOf(route(recipient(type, `anna@${domain}`), configuration, 'partner')), 'AVAILABILITY_FOREIGN_REQUESTER', label);
          seen += 1;
        }
      }
    }
  }
  assert.equal(seen, 3 * 4 * 5 * 3);
});

test('the target address is asked for, and its domain decides, not that of the address looked up', () => {
  const decided = route(recipient('RemoteUserMailbox', `Anna@${domain.toUpperCase()}`), {
    intraOrganizationConnectors: [{ ...connector, name: 'wrong', targetAddressDomains: ['contoso.test'] }, connector],
  });
  assert.deepEqual(decided, { kind: 'Connector', connector, address: `Anna@${domain.toUpperCase()}` });
});

test('a remote recipient without target address is looked up by its primary one', () => {
  const decided = route(recipient('MailUser'), { intraOrganizationConnectors: [{ ...connector, targetAddressDomains: ['contoso.test'] }] });
  assert.equal(decided.kind === 'Connector' ? decided.address : decided.kind, 'anna@contoso.test');
});

test('an address that nobody has belongs to an address space or to nothing', () => {
  const address = `stranger@${domain}`;
  assert.equal(
    codeOf(route(undefined, { intraOrganizationConnectors: [connector], organizationRelationships: [relationship] }, 'local', address)),
    'AVAILABILITY_RECIPIENT_NOT_FOUND',
  );
  assert.equal(codeOf(route(undefined, { availabilityAddressSpaces: [space] }, 'local', address)), 'Connector');
  assert.equal(codeOf(route(undefined, { availabilityAddressSpaces: [space] }, 'partner', address)), 'AVAILABILITY_RECIPIENT_NOT_FOUND');
});

test('row 14: in the cloud, an address that no object has is not looked for in an address space', () => {
  const decided = decideRoute({
    address: `user@${domain}`,
    recipient: undefined,
    origin: 'local',
    side: 'Cloud',
    configuration: { intraOrganizationConnectors: [], organizationRelationships: [], availabilityAddressSpaces: [space] },
  });
  assert.equal(decided.kind === 'Refused' ? decided.failure.message : '', `Unable to resolve e-mail address user@${domain} to an Active Directory object.`);
});

test('access methods that cannot be used are refused by name', () => {
  for (const accessMethod of ['PublicFolder', 'OrgWideFBToken', 'OrgWideFBBasic']) {
    const decided = route(recipient('MailContact', `anna@${domain}`), { availabilityAddressSpaces: [{ ...space, accessMethod }] });
    assert.equal(codeOf(decided), 'AVAILABILITY_ACCESS_METHOD');
    assert.match(decided.kind === 'Refused' ? decided.failure.message : '', new RegExp(`'Cloud' has the access method ${accessMethod}, which cannot be used here`));
  }
});

test('what is no SMTP address is named as such', () => {
  for (const address of ['', 'foobar', '@contoso.test', 'a@', 'a b@contoso.test', 'a@b@c'])
    assert.equal(codeOf(route(undefined, {}, 'local', address)), 'AVAILABILITY_INVALID_ADDRESS', address);
});

test('the texts are the published ones', () => {
  const remote = route(recipient('MailUser', 'joe@contoso.ro'), {});
  assert.equal(
    remote.kind === 'Refused' ? remote.failure.message : '',
    'Configuration information for forest/domain contoso.ro could not be found in Active Directory.',
  );
  const unknown = route(undefined, {}, 'local', 'user@notes.domain.com');
  assert.equal(
    unknown.kind === 'Refused' ? unknown.failure.message : '',
    'Unable to resolve e-mail address user@notes.domain.com to an Active Directory object.',
  );
  const foreign = route(recipient('MailUser', 'yyy@contoso.com'), {}, 'partner', 'yyy@contoso.com');
  assert.equal(
    foreign.kind === 'Refused' ? foreign.failure.message : '',
    'The cross-organization request for mailbox yyy@contoso.com is not allowed because the requester is from a different organization.',
  );
});
