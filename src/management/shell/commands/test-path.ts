import { toText } from '../runtime/convert.ts';
import type { ShellCommand } from '../runtime/shell-state.ts';
import { isWildCard } from '../runtime/wild-card-pattern.ts';
import { matchingEntries } from './paths-of.ts';
import { textsOf } from './pipeline-values.ts';

export const testPath: ShellCommand = {
  name: 'Test-Path',
  aliases: [],
  synopsis: 'Tells whether a file or folder exists.',
  example: "if (-not (Test-Path report.csv)) { Get-Mailbox | Export-Csv report.csv }",
  parameters: { Path: { type: 'value', position: 0, aliases: ['LiteralPath'] }, PathType: { type: 'value', aliases: ['Type'] } },
  async *run(call) {
    const wanted = toText(call.parameters.get('PathType') ?? 'Any').toLowerCase();
    for (const path of textsOf(call.parameters.get('Path'))) {
      const kinds = isWildCard(path) ? ((await matchingEntries(path, call.state)) ?? []).map(({ kind }) => kind) : [await call.state.host.pathType(path)];
      yield kinds.some((kind) => kind !== undefined && (wanted === 'any' || wanted === (kind === 'file' ? 'leaf' : 'container')));
    }
  },
};
