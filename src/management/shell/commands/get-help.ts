import { changeParameters } from '../../binding/bind-parameters.ts';
import type { ParameterDefinition, ParameterDefinitions } from '../../binding/parameter-definition.ts';
import { Formatted } from '../formatting/formatted.ts';
import { wrapText } from '../formatting/wrap-text.ts';
import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import { findCmdlet } from '../runtime/find-cmdlet.ts';
import { ShellObject } from '../runtime/values.ts';
import { isWildCard, wildCardPattern } from '../runtime/wild-card-pattern.ts';
import type { CmdletDescription, CommandCall, ShellCommand } from '../runtime/shell-state.ts';

export const getHelp: ShellCommand = {
  name: 'Get-Help',
  aliases: ['help', 'man'],
  synopsis: 'Explains a cmdlet: what it does, its parameters, an example.',
  example: 'Get-Help Set-AuthConfig',
  parameters: { Name: { type: 'value', position: 0 }, Full: { type: 'switch' }, Detailed: { type: 'switch' }, Examples: { type: 'switch' }, Parameter: { type: 'value' } },
  async *run(call) {
    const { state } = call;
    const name = toText(call.parameters.get('Name') ?? 'Get-Help');
    if (isWildCard(name)) {
      const matches = wildCardPattern(name);
      const all = [...state.connections.flatMap((connection) => connection.cmdlets.map((cmdlet) => ({ name: cmdlet.name.replace('-', `-${connection.prefix}`), synopsis: cmdlet.synopsis }))), ...new Set(state.commands.values())];
      for (const each of all.filter((one) => matches(one.name)).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))) yield new ShellObject([['Name', each.name], ['Category', 'Cmdlet'], ['Synopsis', each.synopsis]], 'HelpInfo');
      return;
    }
    const own = state.commands.get(name.toLowerCase());
    if (own !== undefined) {
      const parameters = Object.entries(own.parameters).map(([parameter, { type, position }]) => (type === 'switch' ? `[-${parameter}]` : position === undefined ? `[-${parameter} <value>]` : `[[-${parameter}] <value>]`));
      yield* shown(call, page(own.name, own.synopsis, `${own.name} ${parameters.join(' ')}`, [], own.example, state.host.width, own.aliases));
      return;
    }
    const { description, name: published } = findCmdlet(call.state, name, call.extent);
    const [parameter, isShort] = [call.parameters.get('Parameter'), call.parameters.get('Examples') === true];
    if (description !== undefined && parameter !== undefined) {
      const matches = wildCardPattern(toText(parameter));
      const parameters = Object.fromEntries(Object.entries(description.parameters).filter(([one]) => matches(one)));
      if (Object.keys(parameters).length === 0) throw new ShellError('SHELL_PARAMETER', `No parameter matches criteria ${toText(parameter)}.`, { extent: call.extent });
      yield new Formatted(parameterLines({ ...description, parameters }, state.host.width));
      return;
    }
    if (description !== undefined && isShort) {
      yield* shown(call, ['', 'NAME', `    ${description.name}`, '', 'SYNOPSIS', ...wrapText(description.synopsis, state.host.width - 4).map((line) => `    ${line}`), '', 'EXAMPLE', ...wrapText(description.example, state.host.width - 4).map((line) => `    ${line}`), '']);
      return;
    }
    if (description === undefined) yield new Formatted([`${published} is a cmdlet of the service; it is not described here.`]);
    else yield* shown(call, page(description.name, description.synopsis, syntaxOf(description), parameterLines(description, state.host.width), description.example, state.host.width, [], description.roles));
  },
};

/** `help` and `man` show a screen at a time, as PowerShell's do; Get-Help gives the lines on. */
async function* shown(call: CommandCall, lines: readonly string[]): AsyncGenerator<Formatted> {
  if (call.written === 'get-help') yield new Formatted(lines);
  else await call.state.host.page(lines);
}

function page(name: string, synopsis: string, syntax: string, parameters: readonly string[], example: string, width: number, aliases: readonly string[], roles: readonly string[] = []): string[] {
  const indented = (text: string): string[] => wrapText(text, width - 4).map((line) => `    ${line}`);
  return [
    '',
    'NAME',
    `    ${name}`,
    '',
    'SYNOPSIS',
    ...indented(synopsis),
    '',
    'SYNTAX',
    ...indented(syntax),
    '',
    ...(parameters.length === 0 ? [] : ['PARAMETERS', ...parameters]),
    ...(aliases.length === 0 ? [] : ['ALIASES', `    ${aliases.join(', ')}`, '']),
    ...(roles.length === 0 ? [] : ['MANAGEMENT ROLES', ...indented(roles.join(', ')), '']),
    'EXAMPLE',
    ...indented(example),
    '',
  ];
}

const typeText = (definition: ParameterDefinition): string => (typeof definition.type === 'string' ? definition.type : definition.type.join(' | ')) + (definition.many === true ? '[]' : '');

function syntaxOf(cmdlet: CmdletDescription): string {
  const taken = Object.entries({ ...cmdlet.parameters, ...(cmdlet.changes ? changeParameters : {}) } as ParameterDefinitions).filter(([, { refused }]) => refused === undefined);
  const parts = taken.map(([name, definition]) => {
    const named = definition.position === undefined ? `-${name}` : `[-${name}]`;
    const whole = definition.type === 'switch' ? named : `${named} <${typeText(definition)}>`;
    return definition.mandatory === true ? whole : `[${whole}]`;
  });
  return [cmdlet.name, ...parts].join(' ');
}

function parameterLines(cmdlet: CmdletDescription, width: number): string[] {
  const refused = new Map<string, string[]>();
  const taken = Object.entries(cmdlet.parameters).flatMap(([name, definition]) => {
    if (definition.refused !== undefined) {
      refused.set(definition.description, [...(refused.get(definition.description) ?? []), `-${name}`]);
      return [];
    }
    const facts = [
      definition.mandatory === true ? 'required' : undefined,
      definition.pipeline === true ? 'from the pipe by property name' : undefined,
      definition.side === undefined ? undefined : definition.side === 'Cloud' ? 'Exchange Online only' : 'on-premises only',
      definition.ignored === true ? 'without effect here' : undefined,
      definition.own === true ? 'only here' : undefined,
    ].filter((fact) => fact !== undefined);
    return [`    -${name}${definition.type === 'switch' ? '' : ` <${typeText(definition)}>`}${facts.length === 0 ? '' : `  (${facts.join(', ')})`}`, ...wrapText(definition.description, width - 8).map((line) => `        ${line}`), ''];
  });
  const groups = [...refused].flatMap(([reason, names]) => [...wrapText(names.join(' '), width - 4).map((line) => `    ${line}`), ...wrapText(`Refused. ${reason}`, width - 8).map((line) => `        ${line}`), '']);
  return [...taken, ...groups];
}
