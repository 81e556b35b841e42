import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { changeParameters } from '../../src/management/binding/bind-parameters.ts';
import type { ParameterDefinition } from '../../src/management/binding/parameter-definition.ts';
import { directorySyncCmdlets } from '../../src/management/cmdlets/directory-sync-cmdlets.ts';
import { exchangeCmdlets } from '../../src/management/cmdlets/exchange-cmdlets.ts';
import { relayCmdlets } from '../../src/management/cmdlets/relay-cmdlets.ts';
import { tenantCmdlets } from '../../src/management/cmdlets/tenant-cmdlets.ts';
import { cmdletsWithRefusals } from '../../src/management/cmdlets/refusals/refused-parameters.ts';

type AnyCmdlet = Pick<(typeof exchangeCmdlets)[number], 'name' | 'parameters' | 'changes' | 'side'>;
const cmdlets: readonly AnyCmdlet[] = [...exchangeCmdlets, ...tenantCmdlets, ...relayCmdlets, ...directorySyncCmdlets];

interface PublishedParameter {
  name: string;
  position: number | undefined;
  mandatory: boolean;
  side: 'OnPremises' | 'Cloud' | undefined;
}

const published = new Map(
  readFileSync(new URL('published-parameters.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', parameters = ''] = line.split(': ');
      return [name, parameters.split(' ').filter((word) => word !== '').flatMap(readParameters)] as const;
    }),
);

/** Required by the published page and not here, where a hybrid without mail flow is possible; the third one the page’s own example leaves out. */
const laxer = new Set(['New-OnPremisesOrganization -InboundConnector', 'New-OnPremisesOrganization -OutboundConnector', 'Get-MsolServicePrincipalCredential -ReturnKeyValues']);

function readParameters(word: string): PublishedParameter[] {
  const [, position, mandatory, name = '', from, to, side] = /^(\d)?(!)?([A-Za-z][A-Za-z\d]*?)(?:(\d+)…(\d+))?(?:@([PC]))?$/.exec(word) ?? [];
  const names = from === undefined ? [name] : Array.from({ length: Number(to) }, (_, at) => `${name}${at + 1}`);
  return names.map((each) => ({ name: each, position: position === undefined ? undefined : Number(position), mandatory: mandatory !== undefined, side: side === undefined ? undefined : side === 'P' ? 'OnPremises' : 'Cloud' }));
}

/** With aliases: some published parameters are names of one thing here. */
function definitionsOf(cmdlet: AnyCmdlet): Map<string, ParameterDefinition> {
  const own = Object.entries({ ...cmdlet.parameters, ...(cmdlet.changes ? changeParameters : {}) } as Record<string, ParameterDefinition>);
  return new Map(own.flatMap(([name, definition]) => [name, ...(definition.aliases ?? [])].map((each) => [each, definition] as const)));
}

test('every published parameter is taken or refused by name, where it is published; none is invented unmarked', () => {
  const wrong: string[] = [];
  for (const cmdlet of cmdlets) {
    const listed = published.get(cmdlet.name);
    if (listed === undefined) continue;
    const definitions = definitionsOf(cmdlet);
    for (const { name, position, mandatory, side } of listed) {
      const definition = definitions.get(name);
      if (definition === undefined) wrong.push(`${cmdlet.name} lacks -${name}`);
      else if (definition.refused === undefined) {
        if (definition.position !== position) wrong.push(`${cmdlet.name} -${name}: position ${definition.position}, published ${position}`);
        if (mandatory && definition.mandatory !== true && !laxer.has(`${cmdlet.name} -${name}`)) wrong.push(`${cmdlet.name} -${name} is required`);
        if (side !== undefined && cmdlet.side === undefined && name in cmdlet.parameters && definition.side !== side && definition.own !== true) wrong.push(`${cmdlet.name} -${name} is of ${side}`);
      }
    }
    const everywhere = new Set(listed.filter(({ side }) => side === undefined).map(({ name }) => name));
    const names = new Set(listed.map(({ name }) => name));
    for (const [name, definition] of Object.entries(cmdlet.parameters)) {
      // On premises every cmdlet takes it here.
      if (name === 'DomainController') continue;
      if (!names.has(name) && definition.own !== true) wrong.push(`${cmdlet.name} has -${name}, which is not published`);
      if (everywhere.has(name) && definition.own === true) wrong.push(`${cmdlet.name} -${name} is published`);
    }
  }
  assert.equal(wrong.join('\n'), '');
});

test('the record and the tables of refusals name cmdlets that there are', () => {
  assert.ok(published.size >= 150, `${published.size}`);
  assert.deepEqual([...published.keys(), ...cmdletsWithRefusals()].filter((name) => !cmdlets.some((cmdlet) => cmdlet.name === name)), []);
});
