import { ShellError } from '../language/shell-error.ts';
import { toText } from '../runtime/convert.ts';
import { regularExpression } from '../runtime/operators.ts';
import type { CommandCall, ShellCommand } from '../runtime/shell-state.ts';
import { ShellObject } from '../runtime/values.ts';
import { decodeText } from './decode-text.ts';
import { inputValues, textsOf } from './pipeline-values.ts';

interface Line {
  path: string | undefined;
  number: number;
  text: string;
}

export const selectString: ShellCommand = {
  name: 'Select-String',
  aliases: ['sls'],
  synopsis: 'Finds the lines in which a text stands.',
  example: "Get-Content wizard.log | Select-String 'ERROR'",
  parameters: { Pattern: { type: 'value', position: 0 }, Path: { type: 'value', position: 1, aliases: ['LiteralPath'] }, SimpleMatch: { type: 'switch' }, CaseSensitive: { type: 'switch' }, NotMatch: { type: 'switch' }, AllMatches: { type: 'switch' }, Quiet: { type: 'switch' }, InputObject: { type: 'value' } },
  async *run(call) {
    const { parameters } = call;
    const patterns = textsOf(parameters.get('Pattern'));
    if (patterns.length === 0) throw new ShellError('SHELL_PARAMETER', 'Cannot process command because of one or more missing mandatory parameters: Pattern.', { extent: call.extent });
    const expressions = patterns.map((pattern) => regularExpression(parameters.get('SimpleMatch') === true ? pattern.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`) : pattern, parameters.get('CaseSensitive') === true ? 'g' : 'gi'));
    for await (const { path, number, text } of linesToSearch(call)) {
      const matches = expressions.flatMap((expression) => [...text.matchAll(expression)]);
      if (matches.length > 0 === (parameters.get('NotMatch') === true)) continue;
      if (parameters.get('Quiet') === true) {
        yield true;
        return;
      }
      const found = (parameters.get('AllMatches') === true ? matches : matches.slice(0, 1)).map((match) => new ShellObject([['Value', match[0]], ['Index', match.index], ['Length', match[0].length], ['Groups', match.map((group) => new ShellObject([['Value', group ?? '']], 'Group', group ?? ''))]], 'Match', match[0]));
      yield new ShellObject([['LineNumber', number], ['Line', text], ['Path', path ?? 'InputStream'], ['Pattern', patterns.join(', ')], ['Matches', found]], 'MatchInfo', path === undefined ? text : `${path}:${number}:${text}`);
    }
    if (parameters.get('Quiet') === true) yield false;
  },
};

/** Of the files of `-Path`, else of what comes through the pipe: objects as texts, as PowerShell searches them (`Out-String -Stream` shows them first). */
async function* linesToSearch(call: CommandCall): AsyncGenerator<Line> {
  const paths = textsOf(call.parameters.get('Path'));
  for (const path of paths) {
    const lines = decodeText(await call.state.host.readFile(path)).replace(/\r?\n$/, '').split(/\r?\n/);
    for (const [index, text] of lines.entries()) yield { path, number: index + 1, text };
  }
  if (paths.length > 0) return;
  let number = 0;
  for await (const item of inputValues(call)) {
    number += 1;
    yield { path: undefined, number, text: toText(item) };
  }
}
