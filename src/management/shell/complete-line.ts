import { changeParameters, shellParameters } from '../binding/bind-parameters.ts';
import type { ParameterDefinition } from '../binding/parameter-definition.ts';
import { completeValue } from './complete-value.ts';
import { findCmdlet } from './runtime/find-cmdlet.ts';
import type { FoundCmdlet } from './runtime/find-cmdlet.ts';
import { isWildCard } from './runtime/wild-card-pattern.ts';
import type { CmdletDescription, ShellState } from './runtime/shell-state.ts';

/** What could stand in place of a line's last word. */
export interface Completion {
  /** The word that is being typed. */
  word: string;
  /** Whole words, in order. */
  candidates: readonly string[];
}

export type DescribedCmdlet = FoundCmdlet & { description: CmdletDescription };

const mostCandidates = 200;
/** Words that the parameters of every command take. */
const actions = ['Continue', 'Ignore', 'Inquire', 'SilentlyContinue', 'Stop'];
const commonWords: Readonly<Record<string, readonly string[]>> = { erroraction: actions, ea: actions, warningaction: actions, wa: actions, confirm: ['$false', '$true'], whatif: ['$false', '$true'] };

/** Completes names of cmdlets, parameters, words that a parameter takes, identities of objects, and variables. */
export async function completeLine(line: string, state: ShellState): Promise<Completion> {
  const { before, word } = lastWord(line);
  const sorted = (names: readonly string[]): Completion => ({ word, candidates: [...new Set(names)].toSorted((a, b) => a.localeCompare(b, 'en')).slice(0, mostCandidates) });
  const among = (names: readonly string[]): Completion => sorted(names.filter((name) => name.toLowerCase().startsWith(word.toLowerCase())));
  if (word.startsWith('$')) return among([...state.variables.keys(), 'true', 'false', 'null', '_'].map((name) => `$${name}`));
  const [name = ''] = before.trimStart().split(/\s/, 1);
  if (name === '' || /^(?:get-help|help|man|get-command|gcm)$/i.test(name)) return among(commandNames(state));
  const alias = state.aliases.get(name.toLowerCase());
  const found = describe(alias ?? name, state);
  if (/^[-\u2013\u2014]/.test(word)) return among(parameterNames(found, name, state).map((parameter) => `-${parameter}`));
  const named = /\s[-\u2013\u2014](\w+)(?::\s*|\s+(?:[^\s,]+,\s*)*)$/.exec(before)?.[1];
  const words = named === undefined ? undefined : commonWords[named.toLowerCase()];
  if (words !== undefined) return among(words);
  if (found === undefined) return sorted(state.commands.has(name.toLowerCase()) || looksLikePath(word) ? await pathsFor(word, state) : []);
  const parameter = parameterOf(found.description, named, before);
  if (parameter === undefined) return sorted([]);
  const { type } = parameter.definition;
  if (typeof type !== 'string') return among(type);
  if (type === 'boolean') return among(['$true', '$false']);
  return sorted(await completeValue(found, parameter.name, word, state));
}

const looksLikePath = (word: string): boolean => /^['"]?(?:\.{0,2}|~)[\\/]/.test(word);

/** Files and folders that begin as a word does; folders with a slash behind them, so that what is in them may follow. */
async function pathsFor(word: string, { host: { folders } }: ShellState): Promise<string[]> {
  const [, quote = '', folder = '', beginning = ''] = /^(['"]?)(.*[\\/])?([^\\/]*)$/.exec(word) ?? [];
  if (folders === undefined || isWildCard(beginning) || (folder === '' && beginning === '')) return [];
  const entries = await folders.list(folder === '' ? '.' : folder).catch(() => []);
  const fitting = entries.filter(({ name }) => name.toLowerCase().startsWith(beginning.toLowerCase()) && (beginning !== '' || !name.startsWith('.')));
  return fitting.map(({ name, kind }) => {
    const path = `${folder}${name}${kind === 'folder' ? '/' : ''}`;
    return quote !== '' || /[\s'();,&]/.test(path) ? `'${path.replaceAll("'", "''")}${kind === 'folder' ? '' : "'"}` : path;
  });
}

/** The last word of the command in which the line ends, quotes and brackets minded. */
function lastWord(line: string): { before: string; word: string } {
  let command = 0;
  let word = 0;
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    if (quote !== '') {
      if (sign === quote) quote = '';
    } else if (sign === "'" || sign === '"') quote = sign;
    else if ('|;({=&'.includes(sign)) command = word = at + 1;
    else if (/[\s,:]/.test(sign) && !(sign === ':' && line.charAt(at + 1) === '\\')) word = at + 1;
  }
  return { before: line.slice(command, word), word: line.slice(word) };
}

function commandNames(state: ShellState): string[] {
  return [...[...state.commands.values(), ...state.functions.values()].map(({ name }) => name), ...state.aliases.keys(), ...state.connections.flatMap((connection) => connection.cmdlets.map(({ name }) => name.replace('-', `-${connection.prefix}`)))];
}

function parameterNames(found: DescribedCmdlet | undefined, name: string, state: ShellState): string[] {
  // What is refused is not offered.
  const described = found === undefined ? undefined : Object.fromEntries(Object.entries(found.description.parameters).filter(([, { refused }]) => refused === undefined));
  const called = state.functions.get(name.toLowerCase());
  const ofFunction = called === undefined ? undefined : Object.fromEntries((called.script.parameters ?? []).map((parameter) => [parameter.name, parameter]));
  const own = ofFunction ?? described ?? state.commands.get(name.toLowerCase())?.parameters;
  return own === undefined ? [] : [...Object.keys(own), ...(found?.description.changes === true ? Object.keys(changeParameters) : []), ...shellParameters];
}

function describe(name: string, state: ShellState): DescribedCmdlet | undefined {
  try {
    const found = findCmdlet(state, name, { start: 0, end: 0 });
    return found.description === undefined ? undefined : { ...found, description: found.description };
  } catch {
    return undefined;
  }
}

/** The parameter that takes the word: the one named before it, else the first by position. */
function parameterOf(cmdlet: CmdletDescription, named: string | undefined, before: string): { name: string; definition: ParameterDefinition } | undefined {
  const entries = Object.entries(cmdlet.parameters);
  if (named !== undefined) {
    const wanted = named.toLowerCase();
    const fits = ([name, definition]: [string, ParameterDefinition]): boolean => name.toLowerCase() === wanted || definition.aliases?.some((alias) => alias.toLowerCase() === wanted) === true;
    const beginning = entries.filter(([name]) => name.toLowerCase().startsWith(wanted));
    const entry = entries.find(fits) ?? (beginning.length === 1 ? beginning[0] : undefined);
    if (entry !== undefined && entry[1].type !== 'switch') return { name: entry[0], definition: entry[1] };
    if (entry === undefined) return undefined;
  }
  // Only the first value without a name is looked for: what stands before it are the name of the cmdlet and switches.
  const values = before.trim().split(/\s+/).slice(1).filter((part) => !part.startsWith('-'));
  const first = entries.find(([, definition]) => definition.position === 0);
  return first === undefined || (values.length > 0 && named === undefined) ? undefined : { name: first[0], definition: first[1] };
}
