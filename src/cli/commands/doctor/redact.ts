import { redactEvidence } from '../../../doctor/index.ts';
import { exitCodes } from '../../../service/index.ts';
import { printable } from '../../display-width.ts';
import { terminalOf } from '../../surroundings.ts';
import type { DoctorSurroundings } from './create-doctor-command.ts';

/** `hybridge doctor redact`: 0 when something was written, 1 when nothing could be. */
export async function runRedact(from: string, to: string, options: { keepNames?: boolean }, surroundings: DoctorSurroundings): Promise<number> {
  const { interactive } = terminalOf(surroundings);
  const { written, notes } = await redactEvidence({ from, to, keepNames: options.keepNames === true, onFile: (name) => void (interactive ? surroundings.stderr.write(`\u001b[2K\r${name.slice(-70)}`) : undefined) });
  if (interactive) surroundings.stderr.write('\u001b[2K\r');
  const lines = [
    `${written.length} file${written.length === 1 ? '' : 's'} written to ${to}.`,
    ...notes.map((note) => `  ${note}`),
    options.keepNames === true ? 'Secrets are masked; names of people, hosts and addresses are as they were.' : 'Secrets are masked, and people, hosts and addresses have pseudonyms. Look at the copy before you share it: names in prose are not known to be names.',
  ];
  surroundings.stdout.write(`${lines.map(printable).join('\n')}\n`);
  return written.length > 0 ? exitCodes.ok : exitCodes.negative;
}
