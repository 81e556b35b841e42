import { exitCodes } from '../../../service/index.ts';
import { printCollectScript } from '../../../wizard/index.ts';
import type { CommandSurroundings } from '../../surroundings.ts';

const sides = { 'on-premises': ['OnPremises'], cloud: ['Cloud'], tenant: ['Tenant'], all: ['OnPremises', 'Cloud', 'Tenant'] } as const;

/** `hybridge collect`: the script goes to standard output. */
export function printCollection(side: string, { stdout, stderr }: CommandSurroundings): number {
  const wanted = sides[side as keyof typeof sides];
  if (wanted === undefined) {
    stderr.write(`--side takes ${Object.keys(sides).join(', ')}\n`);
    return exitCodes.usage;
  }
  stdout.write(printCollectScript(wanted));
  return exitCodes.ok;
}
