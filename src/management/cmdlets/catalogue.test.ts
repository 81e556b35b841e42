import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveParameterName } from '../binding/bind-parameters.ts';
import { builtInRoles } from '../access/management-roles.ts';
import { directorySyncCmdlets } from './directory-sync-cmdlets.ts';
import { exchangeCmdlets } from './exchange-cmdlets.ts';
import { relayCmdlets } from './relay-cmdlets.ts';
import { tenantCmdlets } from './tenant-cmdlets.ts';

const cmdlets = [...exchangeCmdlets, ...tenantCmdlets, ...relayCmdlets, ...directorySyncCmdlets];

test('every cmdlet says what it is and takes, under a name of its own', () => {
  assert.ok(cmdlets.length >= 70, `${cmdlets.length}`);
  assert.equal(new Set(cmdlets.map((cmdlet) => cmdlet.name.toLowerCase())).size, cmdlets.length);
  for (const cmdlet of cmdlets) {
    assert.match(cmdlet.name, /^[A-Z][a-z]+-[A-Z][A-Za-z0-9]+$/);
    assert.match(cmdlet.synopsis, /^[A-Z].*\.$/, cmdlet.name);
    for (const [name, parameter] of Object.entries(cmdlet.parameters)) {
      assert.match(name, /^[A-Z][A-Za-z0-9]*$/, `${cmdlet.name} -${name}`);
      assert.match(parameter.description, /\S/, `${cmdlet.name} -${name}`);
    }
  }
});

test('every example names the cmdlet and only parameters that it has', () => {
  for (const cmdlet of cmdlets) {
    const unquoted = cmdlet.example.replace(/"[^"]*"/g, '');
    const own = new RegExp(`${cmdlet.name}\\b([^|;)]*)`).exec(unquoted.replace(/\((?!Get-|\))[^)]*\)|\(Get-Credential\)|@\{[^}]*\}/g, ''))?.[1];
    assert.notEqual(own, undefined, cmdlet.name);
    const bare = (own ?? '').replace(/\([^)]*$/, '');
    for (const [, name = ''] of bare.matchAll(/(?<=\s)-([A-Za-z]+)/g)) {
      const known = { ...cmdlet.parameters, ...(cmdlet.changes ? { Confirm: { type: 'switch', description: '' } as const } : {}) };
      assert.doesNotThrow(() => resolveParameterName(name, known), `${cmdlet.name}: -${name}`);
    }
  }
});

test('who may run what: every cmdlet of an organisation is held by a role, and lookers change nothing', () => {
  const held = new Set<string>();
  for (const cmdlet of exchangeCmdlets) {
    assert.ok(cmdlet.roles.length > 0, cmdlet.name);
    if (cmdlet.changes) assert.ok(!cmdlet.roles.some((role) => role.startsWith('View-Only')), cmdlet.name);
    for (const role of cmdlet.roles) held.add(role);
  }
  const groups = (role: string): readonly string[] => builtInRoles.find(({ name }) => name === role)?.groups ?? [];
  assert.deepEqual([...held].filter((role) => !groups(role).includes('Organization Management')), []);
  for (const { name, changes, roles } of exchangeCmdlets) {
    if (changes) assert.ok(!roles.some((role) => groups(role).includes('View-Only Organization Management')), name);
  }
});
