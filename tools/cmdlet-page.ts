import { readFileSync } from 'node:fs';
import { absences, describeCmdlets } from '../src/management/index.ts';
import type { CmdletDescription } from '../src/management/index.ts';

const families = [
  { title: 'The organisation', places: ['OnPremises', 'Cloud'], text: 'Of the Exchange Management Shell and of Exchange Online. Where nothing else is said, a cmdlet exists on both sides. Who may run it follows from role groups and their roles ([shell.md](shell.md#who-may-run-what)); every change is audited with what was before and after (`Search-AdminAuditLog`).' },
  { title: 'The tenant’s directory', places: ['Tenant'], text: 'After `Connect-MsolService`, `Connect-AzureAD` or `Connect-MgGraph`: each with its own module’s cmdlets, on the same directory.' },
  { title: 'Directory synchronisation', places: ['Synchronization'], text: 'Of the ADSync module, wherever the shell has a session with the organisation on premises, the cloud one and the token service. What it remembers between cycles is in `directory-sync.json`, in a lab’s state folder or beside the file of connections.' },
  { title: 'Relay and agents', places: ['Relay'], text: 'The published hybrid management module.' },
] as const;

/** Whose parameters were compared with the published page. */
const compared = new Set(
  readFileSync(new URL('../test/house/published-parameters.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.slice(0, line.indexOf(':'))),
);

type Parameter = CmdletDescription['parameters'][string];
interface Entry extends CmdletDescription {
  side: 'OnPremises' | 'Cloud' | undefined;
}

/** docs/cmdlets.md, from the cmdlets' own descriptions. */
export function cmdletPage(): string {
  const sections = families.map(({ title, places, text }) => {
    const entries = entriesOf(places);
    return `## ${title}\n\n${text}\n\n${entries.map(({ name, synopsis }) => `- [${name}](#${name.toLowerCase()}): ${synopsis}`).join('\n')}\n\n${entries.map(section).join('\n')}`;
  });
  return `# Cmdlets\n\nWhat there is, made by \`node tools/build-cmdlet-page.ts\` from the cmdlets’ own descriptions. Names, parameters and properties are the published ones; what is not here is not built ([which, and why](#what-is-not-here)). Every cmdlet that changes something also takes \`-WhatIf\` and \`-Confirm\`, and every one \`-Verbose\`, \`-ErrorAction\` and \`-OutVariable\`. How the shell runs them: [shell.md](shell.md).\n\n${sections.join('\n')}\n${absentSection()}`;
}

/** Published cmdlets without a counterpart. */
function absentSection(): string {
  const rows = absences.map(({ because, cmdlets }) => `| ${cmdlets.map((name) => `\`${name}\``).join(' ')} | ${because} |`);
  return `## What is not here\n\nPublished cmdlets that have no counterpart; \`*\` stands for every verb. Who types one reads the reason.\n\n| Cmdlets | Why |\n|---|---|\n${rows.join('\n')}\n`;
}

function entriesOf(places: readonly ('OnPremises' | 'Cloud' | 'Tenant' | 'Relay' | 'Synchronization')[]): Entry[] {
  const found = new Map<string, Entry>();
  for (const place of places) {
    for (const cmdlet of describeCmdlets(place)) {
      const known = found.get(cmdlet.name);
      const side = places.length === 1 || known !== undefined ? undefined : (place as 'OnPremises' | 'Cloud');
      found.set(cmdlet.name, { ...cmdlet, parameters: { ...known?.parameters, ...cmdlet.parameters }, side });
    }
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

function section({ name, synopsis, side, roles, parameters, example }: Entry): string {
  const where = side === undefined ? '' : side === 'Cloud' ? 'Exchange Online only.' : 'On premises only.';
  const who = roles.length === 0 ? '' : `Roles: ${roles.join(', ')}.`;
  const unverified = compared.has(name) ? '' : '*Unverified*: its parameters are not compared with the published page yet.';
  const facts = [where, who, unverified].filter((fact) => fact !== '').join(' ');
  const listed = Object.entries(parameters);
  const rows = [...listed.filter(([, { refused }]) => refused === undefined).map(([parameter, definition]) => `| \`-${parameter}\` | ${typeText(definition)} | ${cell(definition)} |`), ...refusedRows(listed)];
  const table = rows.length === 0 ? '' : `| Parameter | Takes | |\n|---|---|---|\n${rows.join('\n')}\n\n`;
  return `### ${name}\n\n${synopsis}${facts === '' ? '' : ` ${facts}`}\n\n${table}\`\`\`powershell\n${example}\n\`\`\`\n`;
}

/** One row a reason: what is refused, and where. */
function refusedRows(parameters: readonly [string, Parameter][]): string[] {
  const reasons = new Map<string, string[]>();
  for (const [name, definition] of parameters) {
    if (definition.refused === undefined) continue;
    const reason = cell(definition);
    reasons.set(reason, [...(reasons.get(reason) ?? []), `\`-${name}\``]);
  }
  return [...reasons].map(([reason, names]) => `| ${names.join(' ')} | | ${reason} |`);
}

function typeText({ type, many }: Parameter): string {
  const text = typeof type === 'string' ? type : type.map((word) => `\`${word}\``).join(', ');
  return many === true ? `${text}; several` : text;
}

function cell({ description, mandatory, pipeline, side, nullable, aliases, refused, own }: Parameter): string {
  const facts = [
    refused === undefined ? '' : refused === 'unlessFalse' ? '**Refused**, except `$false` and `$null`.' : '**Refused.**',
    own === true ? '**Only here**: no published page has it.' : '',
    mandatory === true ? 'Required.' : '',
    pipeline === true ? 'Also from the pipe.' : '',
    nullable === true ? '`$null` empties it.' : '',
    aliases === undefined ? '' : `Also ${aliases.map((alias) => `\`-${alias}\``).join(', ')}.`,
    side === undefined ? '' : side === 'Cloud' ? 'Exchange Online only.' : 'On premises only.',
  ];
  return [description.replaceAll('|', '\\|').replaceAll('<', '&lt;'), ...facts].filter((fact) => fact !== '').join(' ');
}
