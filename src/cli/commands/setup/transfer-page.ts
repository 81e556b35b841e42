import { formatValue } from '../../../management/index.ts';
import type { SetupChoices, TransferCandidate } from '../../../wizard/index.ts';
import { sessionTitles, transferOf } from '../../../wizard/index.ts';
import { wrap } from '../../display-width.ts';
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
    for (const { property, onPremises, cloud } of differences) print(wrap(`${property}: on premises ${formatValue(onPremises)}, cloud ${formatValue(cloud)}`, terminal.width - 14).map((line) => `              ${line}`).join('\n'));
  }
  if (candidates.length === 0) print('  Nothing that could be copied.');
  if (absent.length > 0) print(wrap(`No counterpart: ${absent.map(({ kind, side }) => `${kind.title} (${sessionTitles[side]})`).join(', ')}.`, terminal.width).map((line) => paint('dim', line)).join('\n'));
  const fresh = candidates.filter(({ state }) => state === 'new');
  const conflicts = candidates.filter(({ state }) => state === 'conflict');
  const chosen: TransferCandidate[] = [];
  const which = fresh.length <= 1 ? 'each' : await askWhich(options, fresh.length);
  for (const candidate of fresh) if (which === 'all' || (which === 'each' && (await agree(options, `Copy ${candidate.key} to the cloud?`, false)))) chosen.push(candidate);
  for (const candidate of conflicts) if (await agree(options, `Overwrite ${candidate.key} in the cloud?`, false)) chosen.push(candidate);
  return chosen.length === 0 ? 'none' : chosen.map(({ key }) => key);
}

async function askWhich({ person, print }: PageOptions, count: number): Promise<'all' | 'none' | 'each'> {
  for (;;) {
    const answer = (await person.ask(`Copy the ${count} new ones? (all/none/each)`, 'none')).toLowerCase();
    if (answer === 'all' || answer === 'none' || answer === 'each') return answer;
    print('Answer with all, none, or each to be asked about one after the other.');
  }
}
