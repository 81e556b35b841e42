import { whyAbsent } from '../../cmdlets/absent-cmdlets.ts';
import type { Extent } from '../language/shell-error.ts';
import { ShellError } from '../language/shell-error.ts';
import { whyNotHere } from './absent-commands.ts';
import type { CmdletDescription, ShellConnection, ShellState } from './shell-state.ts';

export interface FoundCmdlet {
  connection: ShellConnection;
  /** Without the session's prefix; as published where it is known. */
  name: string;
  description: CmdletDescription | undefined;
}

/**
 * The session that has a cmdlet: the one that was opened last, when several do.
 *
 * @throws ShellError `SHELL_COMMAND_NOT_FOUND`
 */
export function findCmdlet({ connections, commands }: Pick<ShellState, 'connections' | 'commands'>, written: string, extent: Extent): FoundCmdlet {
  const verbAndNoun = /^([A-Za-z]+)-(\w+)$/.exec(written);
  const newestFirst = connections.toReversed();
  if (verbAndNoun !== null) {
    for (const connection of newestFirst) {
      const name = withoutPrefix(verbAndNoun[1] ?? '', verbAndNoun[2] ?? '', connection.prefix);
      const description = name === undefined ? undefined : connection.cmdlets.find((cmdlet) => cmdlet.name.toLowerCase() === name.toLowerCase());
      if (description !== undefined) return { connection, name: description.name, description };
    }
    for (const connection of newestFirst) {
      const name = withoutPrefix(verbAndNoun[1] ?? '', verbAndNoun[2] ?? '', connection.prefix);
      if (name !== undefined && connection.open) return { connection, name, description: undefined };
    }
  }
  const absent = whyNotHere(written) ?? whyAbsent(written);
  const near = nearest(written, [...connections.flatMap(({ cmdlets }) => cmdlets), ...commands.values()]);
  throw new ShellError('SHELL_COMMAND_NOT_FOUND', `The term '${written.slice(0, 100)}' is not recognized as the name of a cmdlet, function, script file, or operable program.`, {
    extent,
    remedy: absent !== undefined ? `It is not here: ${absent}` : near === undefined ? 'Get-Command lists what there is; Connect-ExchangeOnline and Connect-MgGraph open further sessions.' : `Did you mean ${near}?`,
  });
}

function withoutPrefix(verb: string, noun: string, prefix: string): string | undefined {
  if (prefix === '') return `${verb}-${noun}`;
  return noun.toLowerCase().startsWith(prefix.toLowerCase()) && noun.length > prefix.length ? `${verb}-${noun.slice(prefix.length)}` : undefined;
}

/** The known cmdlet that is at most two letters away. */
function nearest(written: string, known: readonly { name: string }[]): string | undefined {
  const names = known.map(({ name }) => name);
  return names.find((name) => Math.abs(name.length - written.length) <= 2 && distance(name.toLowerCase(), written.toLowerCase()) <= 2);
}

/** Levenshtein's distance; both texts are names of cmdlets, so short. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (left.charAt(i - 1) === right.charAt(j - 1) ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
