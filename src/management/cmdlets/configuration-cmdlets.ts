import type { ConfigurationKindName, ConfigurationProperties, Stored } from '../../organization/index.ts';
import { hasWildCard } from '../../organization/index.ts';
import { ManagementError } from '../management-error.ts';
import type { OutputObject } from './define-cmdlet.ts';
import type { ExchangeContext } from './exchange-context.ts';
import { configurationOutput } from './object-output.ts';

type Kind = ConfigurationKindName;
type ToOutput<Name extends Kind> = (stored: Stored<Name>) => OutputObject;

/** `-Identity` of a Get- cmdlet: name, guid or wild card; all objects without it. */
export const identityToGet = { type: 'string', position: 0, pipeline: true, description: 'Name or GUID; * stands for anything. All objects where absent.' } as const;

/** Of the objects that stand for a server: `Get-ExchangeServer | Get-…VirtualDirectory`. */
export const serverNouns = ['ExchangeServer', 'ClientAccessServer', 'ClientAccessService', 'MailboxServer'] as const;

/** `-ResultSize` of a Get- cmdlet. */
export const resultSize = { type: 'resultSize', description: 'How many at most; default 1000, or Unlimited.' } as const;

/** The first objects, as many as are wanted; a warning where there are more than the default lets come. */
export function limitResults<Row>(context: ExchangeContext, rows: readonly Row[], wanted: number | undefined): readonly Row[] {
  const limit = wanted ?? 1000;
  if (wanted === undefined && rows.length > limit) context.warn('There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.');
  return limit === Infinity ? rows : rows.slice(0, limit);
}

/** `-Identity` of a cmdlet that changes one object. */
export const identityToChange = { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'Name or GUID of the object.' } as const;

/** What a Get- cmdlet gives: all, or those that fit; one that is named without wild cards must exist. */
export async function getConfiguration<Name extends Kind>(context: ExchangeContext, kind: Name, identity: string | undefined, output: ToOutput<Name> = configurationOutput): Promise<readonly OutputObject[]> {
  return (await findConfiguration(context, kind, identity)).map(output);
}

/** The objects that a Get- cmdlet shows. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` */
export async function findConfiguration<Name extends Kind>(context: ExchangeContext, kind: Name, identity: string | undefined): Promise<readonly Stored<Name>[]> {
  const { configuration } = context.organization;
  if (identity === undefined) return configuration.list(kind);
  const found = await configuration.find(kind, identity);
  if (found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
  return found;
}

/** The one object that a Set- or Remove- cmdlet works on. A wild card may stand for exactly one, as published. */
export async function oneConfiguration<Name extends Kind>(context: ExchangeContext, kind: Name, identity: string): Promise<Stored<Name>> {
  const { configuration } = context.organization;
  if (!hasWildCard(identity)) {
    const found = await configuration.get(kind, identity);
    if (found === undefined) throw objectNotFound(context, identity);
    return found;
  }
  const found = await configuration.find(kind, identity);
  const [only] = found;
  if (only === undefined) throw objectNotFound(context, identity);
  if (found.length === 1) return only;
  throw new ManagementError('MANAGEMENT_OBJECT_AMBIGUOUS', `The operation couldn't be performed because '${identity.slice(0, 256)}' matches multiple entries.`, {
    facts: { identity, matches: found.map(({ name }) => name) },
    remedy: 'Name one object, or send all of them through the pipe from the Get- cmdlet.',
  });
}

/** What a New- cmdlet does and gives; nothing under `-WhatIf`. */
export async function newConfiguration<Name extends Kind>(
  context: ExchangeContext,
  kind: Name,
  name: string,
  properties: Partial<ConfigurationProperties[Name]>,
  output: ToOutput<Name> = configurationOutput,
): Promise<readonly OutputObject[]> {
  const created = await context.change({ target: name, apply: () => context.organization.configuration.create(kind, name, properties), after: output });
  return created === undefined ? [] : [output(created)];
}

/** What a Set- cmdlet does. It gives nothing, as published. Warns where nothing would change. */
export async function setConfiguration<Name extends Kind>(
  context: ExchangeContext,
  kind: Name,
  former: Stored<Name>,
  changes: Partial<ConfigurationProperties[Name]>,
  options: { newName?: string | undefined; output?: ToOutput<Name> } = {},
): Promise<readonly OutputObject[]> {
  const output = options.output ?? configurationOutput;
  const same = Object.entries(changes).every(([name, value]) => value === undefined || JSON.stringify(former.properties[name as keyof typeof former.properties]) === JSON.stringify(value));
  if (same && (options.newName === undefined || options.newName === former.name)) {
    context.warn(`The command completed successfully but no settings of '${former.name}' have been modified.`);
    return [];
  }
  await context.change({
    target: former.name,
    before: output(former),
    apply: () => context.organization.configuration.update(kind, former.guid, changes, options.newName),
    after: output,
  });
  return [];
}

/** What a Remove- cmdlet does. */
export async function removeConfiguration(context: ExchangeContext, kind: Kind, identity: string): Promise<readonly OutputObject[]> {
  const former = await oneConfiguration(context, kind, identity);
  await context.change({ target: former.name, before: configurationOutput(former), apply: () => context.organization.configuration.remove(kind, former.guid) });
  return [];
}

/** Exchange's own words, which the real service sends with HTTP 404. */
export function objectNotFound(context: ExchangeContext, identity: string): ManagementError {
  return new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The operation couldn't be performed because object '${identity.slice(0, 256)}' couldn't be found on '${context.serverName}'.`, {
    facts: { identity },
    remedy: 'Check the identity with the Get- cmdlet of the same noun.',
  });
}
