import { toText } from './runtime/convert.ts';
import { findCmdlet } from './runtime/find-cmdlet.ts';
import type { CmdletDescription, ShellConnection, ShellState } from './runtime/shell-state.ts';

/** What could stand in place of a line's last word. */
export interface Completion {
  /** The word that is being typed. */
  word: string;
  /** Whole words, in order. */
  candidates: readonly string[];
}

const mostCandidates = 200;

/** Completes names of cmdlets, parameters, words that a parameter takes, identities of objects, and variables. */
export async function completeLine(line: string, state: ShellState): Promise<Completion> {
  const command = line.slice(Math.max(line.lastIndexOf('|'), line.lastIndexOf(';'), line.lastIndexOf('('), line.lastIndexOf('{'), line.lastIndexOf('=')) + 1).trimStart();
  const word = /(?:'[^']*|"[^"]*|[^\s'"]*)$/.exec(command)?.[0] ?? '';
  const before = command.slice(0, command.length - word.length);
  const among = (names: readonly string[], given = word): Completion => ({ word, candidates: names.filter((name) => name.toLowerCase().startsWith(given.toLowerCase())).toSorted((a, b) => a.localeCompare(b, 'en')).slice(0, mostCandidates) });
  if (word.startsWith('$')) return among([...state.variables.keys(), 'true', 'false', 'null', '_'].map((name) => `$${name}`));
  if (before.trim() === '') return among([...commandNames(state), ...state.connections.flatMap((connection) => connection.cmdlets.map(({ name }) => name.replace('-', `-${connection.prefix}`)))]);
  const [name = ''] = before.split(/\s/, 1);
  const found = describe(name, state);
  const own = state.commands.get(name.toLowerCase());
  if (word.startsWith('-')) return among(Object.keys(found?.description.parameters ?? own?.parameters ?? {}).map((parameter) => `-${parameter}`));
  if (found === undefined) return among([]);
  const parameter = /-(\w+):?\s+$/.exec(before)?.[1]?.toLowerCase();
  const definition = Object.entries(found.description.parameters).find(([key]) => key.toLowerCase() === parameter)?.[1];
  if (definition !== undefined && typeof definition.type !== 'string') return among(definition.type);
  if (definition?.type === 'boolean') return among(['$true', '$false']);
  if (parameter === undefined || parameter === 'identity') return among(await identities(found.description, found.connection), word.replace(/^['"]/, ''));
  return among([]);
}

function commandNames(state: ShellState): string[] {
  return [...new Set([...state.commands.values()].map(({ name }) => name))];
}

function describe(name: string, state: ShellState): { description: CmdletDescription; connection: ShellConnection } | undefined {
  try {
    const { description, connection } = findCmdlet(state.connections, name, { start: 0, end: 0 });
    return description === undefined ? undefined : { description, connection };
  } catch {
    return undefined;
  }
}

/** Identities of what the Get- cmdlet of the same noun finds; none where it cannot be asked. */
async function identities(cmdlet: CmdletDescription, connection: ShellConnection): Promise<string[]> {
  const getter = `Get-${cmdlet.name.slice(cmdlet.name.indexOf('-') + 1)}`;
  if (!connection.cmdlets.some(({ name }) => name === getter) || !('Identity' in cmdlet.parameters)) return [];
  try {
    const rows = await connection.session.invoke(getter, {});
    return rows.flatMap((row) => {
      const identity = toText((row['Identity'] ?? row['Name'] ?? '') as string);
      return identity === '' ? [] : [/[\s'"$;|(){},]/.test(identity) ? `'${identity.replaceAll("'", "''")}'` : identity];
    });
  } catch {
    return [];
  }
}
