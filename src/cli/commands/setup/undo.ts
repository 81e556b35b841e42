import { systemClock } from '../../../foundation/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import { exitCodes } from '../../../service/index.ts';
import { describeDifference, hcwLogIds, undoSetup } from '../../../wizard/index.ts';
import { truncate, wrap } from '../../display-width.ts';
import { showAgentPhase } from './apply.ts';
import type { Run } from './run.ts';
import { allSessions } from './run.ts';

/** `--undo`: takes the last run back. */
export async function undo(run: Run): Promise<number> {
  const { place, screen, log, signal } = run;
  const { print, paint } = screen;
  print(paint('bold', 'Undoing'));
  log.enter({ Workflow: 'Undo' });
  const undone = await undoSetup({
    sessions: allSessions(run.sessions),
    recordsFolder: place.recordsFolder,
    force: run.options.choices.force === true,
    clock: systemClock,
    signal,
    ...(place.localAgent === undefined ? {} : { localAgent: place.localAgent }),
    onAgentPhase: (phase) => showAgentPhase(run, phase),
    onInvocation: (invocation) => print(paint('dim', truncate(`    ${invocation.session.padEnd(10)} ${formatInvocation(invocation)}`, screen.terminal.width))),
  });
  for (const { session, target, property } of undone.conflicts) log.write(hcwLogIds.general, `Left alone: ${session} ${target} ${property}`, { level: 'WARNING' });
  log.write(hcwLogIds.general, `The run ${undone.name} is taken back with ${undone.invocations.length} cmdlets; ${undone.remaining.length} differences remain.`);
  for (const { session, target, property, made, now } of undone.conflicts) print(wrap(`left alone: ${session} ${target} ${property}: the run made it ${JSON.stringify(made)}, now it is ${JSON.stringify(now)}`, screen.terminal.width - 4).map((line, at) => paint('yellow', `${at === 0 ? '  ' : '    '}${line}`)).join('\n'));
  print(`  The run ${undone.name} is taken back with ${undone.invocations.length} cmdlet${undone.invocations.length === 1 ? '' : 's'}.`);
  if (undone.agentLeft) print('  The Hybrid Agent that it installed stays: hybridge agent unregister, on its machine.');
  if (undone.remaining.length === 0) print(`  ${paint('green', '✓')} The configuration is what it was before it.`);
  else print(`  Different from before it, for reasons of its own or because others changed it:\n${undone.remaining.map(describeDifference).join('\n')}`);
  if (undone.conflicts.length === 0) return exitCodes.ok;
  print('Give --force to overwrite what was left alone.');
  return exitCodes.negative;
}
