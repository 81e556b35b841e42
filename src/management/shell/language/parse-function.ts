import { parseValue } from './parse-command.ts';
import { parseArgument } from './parse-expression.ts';
import type { Scanner } from './scanner.ts';
import { ShellError } from './shell-error.ts';
import type { Block, Expression, FunctionParameter, PipelineBlock, Statement } from './syntax-tree.ts';

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
  const declared = takeParamBlock(scanner);
  const blocks = takePipelineBlocks(scanner, opened);
  const statements = blocks === undefined ? scanner.nested(() => scanner.grammar.block(scanner, '}', opened)) : [];
  const ofPipeline = blocks ?? (isFilter ? { process: statements } : undefined);
  return { kind: 'function', name: name[1] ?? '', parameters: written ?? declared, script: { statements, text: scanner.text }, ...(ofPipeline === undefined ? {} : { blocks: ofPipeline }), extent: scanner.from(start) };
}

/** `[CmdletBinding()] param( … )` where it stands first; undefined where it does not. */
export function takeParamBlock(scanner: Scanner): readonly FunctionParameter[] | undefined {
  const before = scanner.at;
  scanner.skipSeparators();
  while (/^\[\s*CmdletBinding/i.test(scanner.text.slice(scanner.at, scanner.at + 40))) {
    readAttribute(scanner);
    scanner.skipSeparators();
  }
  const keyword = scanner.match(/param\s*(?=\()/i);
  if (keyword === null) {
    scanner.at = before;
    return undefined;
  }
  scanner.at += keyword[0].length;
  return parseParameterList(scanner);
}

/** `begin { … } process { … } end { … }`, each at most once, and the end of the body; undefined where none stands first. */
function takePipelineBlocks(scanner: Scanner, openedBody: number): Partial<Record<PipelineBlock, Block>> | undefined {
  const before = scanner.at;
  const blocks: Partial<Record<PipelineBlock, Block>> = {};
  for (scanner.skipSeparators(); ; scanner.skipSeparators()) {
    const found = scanner.match(/(begin|process|end|dynamicparam)(?=\s*\{)/i);
    if (found === null) break;
    const name = found[0].toLowerCase() as PipelineBlock;
    const extent = { start: scanner.at, end: scanner.at + found[0].length };
    if (found[0].toLowerCase() === 'dynamicparam') throw new ShellError('SHELL_NOT_SUPPORTED', `The keyword '${found[0]}' is not part of what this shell knows.`, { extent, remedy: 'Declare the parameter in param( … ).' });
    if (blocks[name] !== undefined) throw new ShellError('SHELL_SYNTAX', `The '${name}' block stands twice.`, { extent });
    scanner.at = extent.end;
    scanner.skipBlanks({ lines: true });
    const opened = scanner.at;
    scanner.at += 1;
    blocks[name] = scanner.nested(() => scanner.grammar.block(scanner, '}', opened));
  }
  if (Object.keys(blocks).length === 0) {
    scanner.at = before;
    return undefined;
  }
  scanner.expect('}', openedBody, 'in function declaration');
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
  let allowed: readonly string[] | undefined;
  while (scanner.peek() === '[') {
    const attribute = readAttribute(scanner);
    scanner.skipBlanks({ lines: true });
    const name = attribute.name.toLowerCase();
    if (attribute.inside === undefined) type = attribute.name;
    else if (name === 'parameter') {
      mandatory ||= /\bMandatory\b(?!\s*=\s*\$false)/i.test(attribute.inside);
      if (/\bValueFromPipeline\b(?!\s*=\s*\$false)/i.test(attribute.inside)) pipeline = 'value';
      else if (/\bValueFromPipelineByPropertyName\b(?!\s*=\s*\$false)/i.test(attribute.inside)) pipeline ??= 'property';
    }
    else if (name === 'alias') aliases = textsOf(attribute.inside);
    else if (name === 'validateset') allowed = textsOf(attribute.inside);
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
  return { name: variable[1] ?? '', type, mandatory, aliases, allowed, initial, pipeline, extent };
}

/** `[string]`, `[Parameter(Mandatory = $true)]`: the name, and what stands in the brackets of an attribute. */
function readAttribute(scanner: Scanner): { name: string; inside: string | undefined } {
  const found = scanner.match(/\[\s*([\w.]+(?:\[\])?)\s*(?:\(((?:[^()'"]|'[^']*'|"[^"]*"|\([^()]*\))*)\)\s*)?\]/);
  if (found === null) throw scanner.unexpected();
  scanner.at += found[0].length;
  return { name: found[1] ?? '', inside: found[2] };
}

function textsOf(inside: string): string[] {
  return [...inside.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');
}
