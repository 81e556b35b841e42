import { parseValue } from './parse-command.ts';
import { parseArgument } from './parse-expression.ts';
import type { Scanner } from './scanner.ts';
import type { Extent } from './shell-error.ts';
import { ShellError } from './shell-error.ts';
import type { Block, Expression, FunctionParameter, PipelineBlock, Script, Statement, Validation } from './syntax-tree.ts';

/**
 * `function Name { param(…) … }`, and `function Name($a, $b) { … }`; the scanner stands behind the keyword. What a filter
 * has is a `process` block.
 */
export function parseFunction(scanner: Scanner, start: number, isFilter = false): Statement {
  scanner.skipBlanks();
  const name = scanner.match(/(?:global:|script:)?([A-Za-z_][\w-]*)/i);
  if (name === null) throw scanner.unexpected('Missing name after function keyword.');
  scanner.at += name[0].length;
  scanner.skipBlanks({ lines: true });
  const written = scanner.peek() === '(' ? parseParameterList(scanner) : undefined;
  scanner.skipBlanks({ lines: true });
  const opened = scanner.at;
  if (!scanner.take('{')) throw scanner.unexpected("Missing function body in function declaration: '{ … }'.");
  const body = parseBody(scanner, opened);
  const parameters = written ?? body.parameters;
  const blocks = body.blocks ?? (isFilter ? { process: body.statements } : undefined);
  return { kind: 'function', name: name[1] ?? '', script: { ...body, parameters, blocks }, extent: scanner.from(start) };
}

/** `param(…)` and statements or blocks, up to the closing bracket, which is consumed. */
export function parseBody(scanner: Scanner, opened: number): Script {
  const declared = takeParamBlock(scanner);
  const blocks = takePipelineBlocks(scanner);
  if (blocks !== undefined) scanner.expect('}', opened, 'in function declaration');
  const statements = blocks === undefined ? scanner.nested(() => scanner.grammar.block(scanner, '}', opened)) : [];
  return { statements, text: scanner.text, ...declared, blocks };
}

/** `[CmdletBinding()] param( … )` where it stands first; nothing where it does not. */
export function takeParamBlock(scanner: Scanner): Pick<Script, 'parameters' | 'shouldProcess'> {
  const before = scanner.at;
  scanner.skipSeparators();
  let shouldProcess: true | undefined;
  let hasAttribute = false;
  while (/^\[\s*(?:CmdletBinding|OutputType|Alias|Diagnostics\.|System\.Diagnostics\.)/i.test(scanner.text.slice(scanner.at, scanner.at + 40))) {
    const attribute = readAttribute(scanner);
    hasAttribute = true;
    if (/\bSupportsShouldProcess\b(?!\s*=\s*\$false)/i.test(attribute.inside ?? '')) shouldProcess = true;
    scanner.skipSeparators();
  }
  const keyword = scanner.match(/param\s*(?=\()/i);
  if (keyword === null) {
    // What an attribute belongs to is still to come.
    if (hasAttribute && scanner.ended) throw scanner.unexpected("Missing 'param(' after the attribute.");
    if (/^param\s*$/i.test(scanner.rest)) throw scanner.unfinished("Missing '(' after the keyword.");
    scanner.at = before;
    return {};
  }
  scanner.at += keyword[0].length;
  return { parameters: parseParameterList(scanner), shouldProcess };
}

/** `begin { … } process { … } end { … }`, each at most once; undefined where none stands first. */
export function takePipelineBlocks(scanner: Scanner): Partial<Record<PipelineBlock, Block>> | undefined {
  const before = scanner.at;
  const blocks: Partial<Record<PipelineBlock, Block>> = {};
  for (scanner.skipSeparators(); ; scanner.skipSeparators()) {
    // The bracket may be on a line that is still to come.
    const found = scanner.match(/(begin|process|end|dynamicparam)(?=\s*(?:\{|$))/i);
    if (found === null) break;
    const name = found[0].toLowerCase() as PipelineBlock;
    const extent = { start: scanner.at, end: scanner.at + found[0].length };
    if (found[0].toLowerCase() === 'dynamicparam') throw new ShellError('SHELL_NOT_SUPPORTED', `The keyword '${found[0]}' is not part of what this shell knows.`, { extent, remedy: 'Declare the parameter in param( … ).' });
    if (blocks[name] !== undefined) throw new ShellError('SHELL_SYNTAX', `The '${name}' block stands twice.`, { extent });
    scanner.at = extent.end;
    scanner.skipBlanks({ lines: true });
    const opened = scanner.at;
    if (!scanner.take('{')) throw scanner.unexpected(`Missing statement block '{ … }' after '${name}'.`);
    blocks[name] = scanner.nested(() => scanner.grammar.block(scanner, '}', opened));
  }
  if (Object.keys(blocks).length === 0) {
    scanner.at = before;
    return undefined;
  }
  return blocks;
}

function parseParameterList(scanner: Scanner): FunctionParameter[] {
  const opened = scanner.at;
  scanner.at += 1;
  const parameters: FunctionParameter[] = [];
  for (scanner.skipBlanks({ lines: true }); !scanner.ended && scanner.peek() !== ')'; scanner.skipBlanks({ lines: true })) {
    parameters.push(parseParameter(scanner));
    scanner.skipBlanks({ lines: true });
    if (!scanner.take(',')) break;
  }
  scanner.skipBlanks({ lines: true });
  scanner.expect(')', opened, 'in function parameter list');
  return parameters;
}

function parseParameter(scanner: Scanner): FunctionParameter {
  let type: string | undefined;
  let mandatory = false;
  let pipeline: FunctionParameter['pipeline'];
  let aliases: readonly string[] = [];
  const validations: Validation[] = [];
  while (scanner.peek() === '[') {
    const script = takeValidateScript(scanner);
    if (script !== undefined) {
      validations.push({ kind: 'script', script });
      continue;
    }
    const attributeStart = scanner.at;
    const attribute = readAttribute(scanner);
    const extent = scanner.from(attributeStart);
    scanner.skipBlanks({ lines: true });
    const name = attribute.name.toLowerCase();
    if (attribute.inside === undefined) type = attribute.name;
    else if (name === 'parameter') {
      mandatory ||= /\bMandatory\b(?!\s*=\s*\$false)/i.test(attribute.inside);
      if (/\bValueFromPipeline\b(?!\s*=\s*\$false)/i.test(attribute.inside)) pipeline = 'value';
      else if (/\bValueFromPipelineByPropertyName\b(?!\s*=\s*\$false)/i.test(attribute.inside)) pipeline ??= 'property';
    }
    else if (name === 'alias') aliases = textsOf(attribute.inside);
    else if (name.startsWith('validate')) validations.push(validationOf(name, attribute.inside, extent));
    else if (!withoutEffect.has(name.slice(name.lastIndexOf('.') + 1))) throw new ShellError('SHELL_NOT_SUPPORTED', `The attribute [${attribute.name}] is not part of what this shell knows.`, { extent });
  }
  const start = scanner.at;
  const variable = scanner.match(/\$(\w+)/);
  if (variable === null) throw scanner.unexpected('Missing a parameter name.');
  scanner.at += variable[0].length;
  const extent = scanner.from(start);
  scanner.skipBlanks({ lines: true });
  let initial: Expression | undefined;
  if (scanner.take('=')) {
    scanner.skipBlanks({ lines: true });
    initial = scanner.nested(() => (/[A-Za-z_]/.test(scanner.peek()) ? parseValue(scanner) : parseArgument(scanner)));
  }
  return { name: variable[1] ?? '', type, mandatory, aliases, validations, initial, pipeline, extent };
}

/** `[string]`, `[Parameter(Mandatory = $true)]`: the name, and what stands in the brackets of an attribute. */
function readAttribute(scanner: Scanner): { name: string; inside: string | undefined } {
  const found = scanner.match(/\[\s*([\w.]+(?:\[\])?)\s*(?:\(((?:[^()'"]|'[^']*'|"[^"]*"|\([^()]*\))*)\)\s*)?\]/);
  if (found === null) throw scanner.rest.includes(']') ? scanner.unexpected() : scanner.unfinished('The attribute that begins here has no end.');
  scanner.at += found[0].length;
  return { name: found[1] ?? '', inside: found[2] };
}

/** `[ValidateScript({ … })]`, whose block must be parsed; undefined for any other attribute. */
function takeValidateScript(scanner: Scanner): Expression | undefined {
  const start = scanner.at;
  const head = scanner.match(/\[\s*ValidateScript\s*\(\s*(?=\{)/i);
  if (head === null) return undefined;
  scanner.at += head[0].length;
  const script = parseArgument(scanner);
  scanner.skipBlanks({ lines: true });
  scanner.expect(')', start, 'in the attribute');
  scanner.skipBlanks({ lines: true });
  scanner.expect(']', start, 'in the attribute');
  scanner.skipBlanks({ lines: true });
  return script;
}

/** Attributes that only say how a parameter may be left, shown or completed. */
const withoutEffect = new Set(['allownull', 'allowemptystring', 'allowemptycollection', 'supportswildcards', 'credential', 'credentialattribute', 'psdefaultvalue', 'argumentcompletions']);

/** @throws ShellError `SHELL_NOT_SUPPORTED` */
function validationOf(name: string, inside: string, extent: Extent): Validation {
  const numbers = (inside.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  const [least, most] = numbers;
  switch (name) {
    case 'validatenotnull':
      return { kind: 'notnull' };
    case 'validatenotnullorempty':
      return { kind: 'notnullorempty' };
    case 'validateset':
      return { kind: 'set', allowed: textsOf(inside) };
    case 'validatepattern':
      return { kind: 'pattern', pattern: textsOf(inside)[0] ?? '' };
    default: {
      const kind = ({ validaterange: 'range', validatelength: 'length', validatecount: 'count' } as const)[name];
      if (kind !== undefined && least !== undefined && most !== undefined) return { kind, least, most };
    }
  }
  throw new ShellError('SHELL_NOT_SUPPORTED', 'This validation of a parameter is not part of what this shell knows.', { extent });
}

function textsOf(inside: string): string[] {
  return [...inside.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');
}
