import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StsUser } from '../../identity/index.ts';
import type { PlanOptions } from './plan-exports.ts';
import { planExports } from './plan-exports.ts';
import type { SourceObject } from './source-object.ts';
import { anchorOf, digestOf } from './source-object.ts';

const source = (name: string, more: Partial<SourceObject> = {}): SourceObject => ({
  anchor: `anchor-${name}`,
  guid: `guid-${name}`,
  displayName: name,
  alias: name,
  userPrincipalName: `${name}@contoso.test`,
  mail: `${name}@contoso.test`,
  proxyAddresses: [`SMTP:${name}@contoso.test`, `smtp:${name}@contoso.mail.test`],
  enabled: true,
  mailbox: 'OnPremises',
  externalEmailAddress: `${name}@contoso.test`,
  exchangeImmutableId: null,
  ...more,
});

const user = (name: string, more: Partial<StsUser> = {}): StsUser => ({
  objectId: `id-${name}`,
  tenantId: 't',
  userPrincipalName: `${name}@contoso.test`,
  displayName: name,
  mail: `${name}@contoso.test`,
  proxyAddresses: [`SMTP:${name}@contoso.test`, `smtp:${name}@contoso.mail.test`],
  immutableId: `anchor-${name}`,
  onPremisesSecurityIdentifier: null,
  enabled: true,
  administrator: false,
  hasPassword: true,
  hasAuthenticator: false,
  tokensValidFrom: 0,
  passwordChangedAt: null,
  lockedUntil: null,
  onPremisesLastSync: 1,
  ...more,
});

const plan = (options: Partial<PlanOptions>): ReturnType<typeof planExports> => planExports({ sources: [], users: [], domains: ['contoso.onmicrosoft.test', 'contoso.test'], state: undefined, policy: 'Initial', ...options });
const summary = ({ exports, errors }: ReturnType<typeof planExports>): unknown[] => [
  ...exports.map((each) => (each.kind === 'add' ? ['add', each.attributes.userPrincipalName] : each.kind === 'update' ? ['update', each.objectId, each.changes] : ['delete', each.user.userPrincipalName])),
  ...errors.map(({ code, object }) => [code, object]),
];

test('a source anchor is the GUID’s bytes as Windows keeps them', () => {
  assert.equal(anchorOf('00112233-4455-6677-8899-aabbccddeeff'), Buffer.from('33221100554477668899aabbccddeeff', 'hex').toString('base64'));
});

test('who is not there is added, who differs is changed, who is the same is left alone', () => {
  const sources = [source('anna'), source('bert', { displayName: 'Bert B.', enabled: false }), source('chen')];
  assert.deepEqual(summary(plan({ sources, users: [user('bert'), user('chen')] })), [['add', 'anna@contoso.test'], ['update', 'id-bert', { displayName: 'Bert B.', enabled: false }]]);
});

test('people without an anchor are matched by their names, once; others’ and administrators’ are not taken over', () => {
  const sources = [source('anna'), source('bert'), source('chen')];
  const users = [user('anna', { immutableId: null, userPrincipalName: 'renamed@contoso.test' }), user('bert', { immutableId: 'another' }), user('chen', { immutableId: null, administrator: true })];
  assert.deepEqual(summary(plan({ sources, users })), [
    ['update', 'id-anna', { userPrincipalName: 'anna@contoso.test', immutableId: 'anchor-anna' }],
    ['InvalidSoftMatch', 'bert@contoso.test'],
    ['ExistingAdminRoleConflict', 'chen@contoso.test'],
  ]);
});

test('a value that somebody else has is refused in the published words, and holds nobody else up', () => {
  const sources = [source('anna'), source('bert', { proxyAddresses: ['SMTP:bert@contoso.test', 'smtp:info@contoso.test'] }), source('chen', { proxyAddresses: ['SMTP:chen@contoso.test', 'smtp:INFO@contoso.test', 'smtp:dana@contoso.test'] })];
  const found = plan({ sources, users: [user('dana', { immutableId: null })] });
  assert.deepEqual(summary(found), [['add', 'anna@contoso.test'], ['add', 'bert@contoso.test'], ['AttributeValueMustBeUnique', 'chen@contoso.test']]);
  assert.match(found.errors[0]?.message ?? '', /^Unable to update this object because the following attributes associated with this object have values that may already be associated with another object in your local directory services: \[ProxyAddresses smtp:INFO@contoso\.test;ProxyAddresses smtp:dana@contoso\.test;\]\. Correct or remove/);
});

test('only who was synchronised is deleted, and their names are free in the same cycle', () => {
  const users = [user('gone'), user('cloud-only', { immutableId: null }), user('federated-by-hand')];
  const state = { objects: { 'anchor-gone': { objectId: 'id-gone', digest: 'x' } }, recipients: {}, features: { passwordHashSync: false }, lastCycle: 0 };
  const sources = [source('new', { userPrincipalName: 'gone@contoso.test', proxyAddresses: ['SMTP:gone@contoso.test'], mail: 'gone@contoso.test' })];
  assert.deepEqual(summary(plan({ sources, users, state, policy: 'Delta' })), [['delete', 'gone@contoso.test'], ['add', 'gone@contoso.test']]);
  assert.deepEqual(summary(plan({ users })), [], 'without a state nobody is known to have been synchronised');
});

test('a delta leaves drift in the directory alone, an initial cycle puts it right', () => {
  const anna = source('anna');
  const state = { objects: { 'anchor-anna': { objectId: 'id-anna', digest: digestOf(anna) } }, recipients: {}, features: { passwordHashSync: false }, lastCycle: 0 };
  const users = [user('anna', { displayName: 'Drifted' })];
  assert.deepEqual(summary(plan({ sources: [anna], users, state, policy: 'Delta' })), []);
  assert.deepEqual(summary(plan({ sources: [anna], users, state, policy: 'Initial' })), [['update', 'id-anna', { displayName: 'anna' }]]);
  assert.deepEqual(summary(plan({ sources: [source('anna', { displayName: 'Anna A.' })], users, state, policy: 'Delta' })), [['update', 'id-anna', { displayName: 'Anna A.' }]]);
});

test('a sign-in name of a domain that the tenant has not proved becomes one of its initial domain', () => {
  assert.deepEqual(summary(plan({ sources: [source('anna', { userPrincipalName: 'anna@contoso.local' })] })), [['add', 'anna@contoso.onmicrosoft.test']]);
});

test('who was deleted less than 30 days ago comes back when the same anchor does, whatever the name', () => {
  const deleted = [{ objectId: 'id-old', tenantId: 't', userPrincipalName: 'nora@contoso.test', displayName: 'Nora', mail: null, proxyAddresses: [], immutableId: 'anchor-nora', deletedAt: 1 }];
  const { exports } = plan({ sources: [source('nora', { userPrincipalName: 'nora.new@contoso.test' }), source('other')], deleted });
  assert.deepEqual(exports.map((each) => (each.kind === 'add' ? [each.source.alias, each.restores?.objectId] : each.kind)), [['nora', 'id-old'], ['other', undefined]]);
});

test('who is not marked as synchronised is written once, though nothing differs', () => {
  assert.deepEqual(summary(plan({ sources: [source('anna')], users: [user('anna', { onPremisesLastSync: null })] })), [['update', 'id-anna', {}]]);
});

const exportedAs = (anchor: string, guid?: string): NonNullable<PlanOptions['state']> => ({ objects: { [anchor]: { objectId: 'id-anna', digest: 'x', ...(guid === undefined ? {} : { guid }) } }, recipients: {}, features: { passwordHashSync: false }, lastCycle: 0 });

test('a new object with the anchor of the former one is the same person', () => {
  const sources = [source('anna', { guid: 'guid-new', displayName: 'Anna anew' })];
  assert.deepEqual(summary(plan({ sources, users: [user('anna')], state: exportedAs('anchor-anna', 'guid-anna'), policy: 'Delta' })), [['update', 'id-anna', { displayName: 'Anna anew' }]]);
});

test('another anchor than the exported one is refused, and nobody is deleted for it', () => {
  const guid = '00112233-4455-6677-8899-aabbccddeeff';
  const changed = source('anna', { guid, anchor: 'another' });
  for (const [former, state] of [['anchor-anna', exportedAs('anchor-anna', guid)], [anchorOf(guid), exportedAs(anchorOf(guid))]] as const) {
    assert.deepEqual(summary(plan({ sources: [changed], users: [user('anna', { immutableId: former })], state })), [['SourceAnchorChanged', 'anna@contoso.test']]);
  }
  assert.deepEqual(summary(plan({ sources: [changed], users: [], state: exportedAs('anchor-anna', guid) })), [['add', 'anna@contoso.test']], 'the person is gone there: the object may come with a new anchor');
});

test('of two objects with one anchor, who was exported keeps it', () => {
  const sources = [source('copy', { anchor: 'anchor-anna' }), source('anna')];
  for (const state of [exportedAs('anchor-anna', 'guid-anna'), undefined]) {
    const found = plan({ sources, users: [user('anna')], state });
    assert.deepEqual(summary(found), [['AttributeValueMustBeUnique', 'copy@contoso.test']]);
    assert.match(found.errors[0]?.message ?? '', /\[SourceAnchor anchor-anna;\].*anna@contoso\.test/);
  }
});
