import { formatValue } from '../../../management/index.ts';
import type { SetupChoices, TransferCandidate } from '../../../wizard/index.ts';
import { sessionTitles, transferOf } from '../../../wizard/index.ts';
import { truncate, wrap } from '../../display-width.ts';
import { createPaint } from '../../terminal.ts';
import type { PageOptions } from './person.ts';
import { agree, heading } from './person.ts';

/** Organization Configuration Transfer: what the cloud lacks, then each conflict, one by one. */
export async function askTransfer(options: PageOptions): Promise<SetupChoices['transfer']> {
  const { print, terminal, snapshot } = options;
  const { candidates, absent } = transferOf(snapshot);
  heading(options, 'Organization Configuration Transfer', 'Copies policies and settings from on premises to Exchange Online, once: later changes do not follow.');
  const paint = createPaint(terminal.colour);
  const states = { new: 'new', conflict: 'conflict', same: 'the same' } as const;
  for (const { kind, name, state, differences } of candidates) {
    print(`  ${paint(state === 'conflict' ? 'yellow' : state === 'new' ? 'green' : 'dim', states[state].padEnd(8))}  ${kind.noun}${name === '' ? '' : ` “${name}”`}`);
    for (const { property, onPremises, cloud } of differences) print(truncate(`              ${property}: on premises ${formatValue(onPremises)}, cloud ${formatValue(cloud)}`, terminal.width));
  }
  if (candidates.length === 0) print('  Nothing that could be copied.');
  if (absent.length > 0) print(wrap(`No counterpart: ${absent.map(({ kind, side }) => `${kind.title} (${sessionTitles[side]})`).join(', ')}.`, terminal.width).map((line) => paint('dim', line)).join('\n'));
  const fresh = candidates.filter(({ state }) => state === 'new');
  const conflicts = candidates.filter(({ state }) => state === 'conflict');
  const chosen: TransferCandidate[] = [];
  if (fresh.length > 0 && (await agree(options, `Copy ${fresh.length === 1 ? 'the new one' : `all ${fresh.length} new ones`}?`, false))) chosen.push(...fresh);
  for (const candidate of conflicts) if (await agree(options, `Overwrite ${candidate.key} in the cloud?`, false)) chosen.push(candidate);
  return chosen.length === 0 ? 'none' : chosen.map(({ key }) => key);
}
