import { hcwLogIds, shownAgents } from '../../../wizard/index.ts';
import type { AgentPhase, HcwLog, Snapshot } from '../../../wizard/index.ts';
import { wrap } from '../../display-width.ts';
import type { SetupPlace } from './connect-setup.ts';
import type { Screen } from './screen.ts';

/** What an uninstallation leaves, and whom it unregisters. */
export function leaving(snapshot: Snapshot, width: number): string {
  const agents = shownAgents(snapshot);
  return `\n${[
    'Stays, since people that have moved are found by it: accepted domain, remote domains, e-mail address policies, MRS proxy, sign-in methods, partner application Exchange Online.',
    ...(agents.length === 0 ? [] : [`Unregistered at the relay: ${agents.map(({ machineName, id }) => `${machineName} (${id})`).join(', ')}.`]),
  ].flatMap((line) => wrap(line, width)).join('\n')}`;
}

/** The agent of this machine goes with its service and key; of every other one the relay takes the permission away, and its machine deletes the key. */
export async function unregisterAgents({ place, screen, log }: { place: SetupPlace; screen: Screen; log: HcwLog }, snapshot: Snapshot, onAgentPhase: (phase: AgentPhase) => void): Promise<void> {
  const own = place.localAgent?.id();
  await place.localAgent?.remove(onAgentPhase);
  if (own !== undefined) log.write(hcwLogIds.uninstall, `Hybrid Agent ${own} of this machine is uninstalled and unregistered.`);
  const others = place.revokeAgent === undefined ? [] : shownAgents(snapshot).filter(({ id }) => id !== own);
  for (const { id, machineName } of others) {
    await place.revokeAgent?.(id);
    log.write(hcwLogIds.uninstall, `Hybrid Agent ${id} on ${machineName} is unregistered.`);
    const [first = '', ...rest] = wrap(`Hybrid Agent ${machineName} is unregistered. On that machine: hybridge agent unregister --force, then remove the program.`, screen.terminal.width - 4);
    screen.print([`  ${screen.paint('green', '✓')} ${first}`, ...rest.map((line) => `    ${line}`)].join('\n'));
  }
}
