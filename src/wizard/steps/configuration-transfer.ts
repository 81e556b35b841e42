import { errorCode } from '../../foundation/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import { firstTextOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { SetupStep, StepView } from '../plan.ts';
import type { TransferCandidate } from '../setup/transfer/compare-transfer.ts';
import { compareTransfer } from '../setup/transfer/compare-transfer.ts';
import { transferKinds } from '../setup/transfer/transfer-kinds.ts';

/** Copies what was chosen of the on-premises configuration to the cloud, one way and once: later changes do not follow. */
export const configurationTransfer: SetupStep = {
  id: 'configuration-transfer',
  title: 'Organization Configuration Transfer',
  why: 'People whose mailboxes move find the same policies in the cloud; each object was chosen.',
  configurations: ['Full', 'Minimal'],
  isTransfer: true,
  mayFailAs: 'HCW8110',
  async changes(view) {
    const chosen = new Set(view.settings.transfer.map((key) => key.toLowerCase()));
    const objects = new Map<string, readonly Observed[] | null>();
    const nouns = transferKinds.map(({ noun }) => noun).filter((noun) => [...chosen].some((key) => key.split('/')[0] === noun.toLowerCase()));
    for (const noun of nouns) for (const side of ['OnPremises', 'Cloud'] as const) objects.set(`${side} ${noun}`, await seen(view, side, noun));
    const { candidates } = compareTransfer((side, noun) => objects.get(`${side} ${noun}`));
    return candidates
      .filter(({ key, state }) => chosen.has(key.toLowerCase()) && state !== 'same')
      .flatMap((candidate) => copy(candidate, (objects.get(`OnPremises ${candidate.kind.noun}`) ?? []).find((object) => candidate.name === '' || firstTextOf(object, 'Name', 'Identity') === candidate.name) ?? {}));
  },
};

function copy({ kind, name, state, differences }: TransferCandidate, object: Observed): readonly CmdletInvocation[] {
  const valuesOf = (properties: readonly string[]): Record<string, unknown> => Object.fromEntries(properties.filter((property) => object[property] !== undefined && object[property] !== null).map((property) => [property, object[property]]));
  const identity = name === '' ? {} : { Identity: name };
  if (state === 'conflict') return [{ session: 'Cloud', cmdlet: `Set-${kind.noun}`, parameters: { ...identity, ...Object.fromEntries(differences.map(({ property, onPremises }) => [property, onPremises])) } }];
  const later = valuesOf(kind.properties.filter((property) => !kind.onNew.includes(property)));
  return [
    { session: 'Cloud', cmdlet: `New-${kind.noun}`, parameters: { Name: name, ...valuesOf(kind.onNew) } },
    ...(Object.keys(later).length === 0 ? [] : [{ session: 'Cloud', cmdlet: `Set-${kind.noun}`, parameters: { ...identity, ...later } } as const]),
  ];
}

async function seen({ get }: StepView, side: 'OnPremises' | 'Cloud', noun: string): Promise<readonly Observed[] | null> {
  try {
    return await get(side, `Get-${noun}`);
  } catch (error) {
    if (['MANAGEMENT_CMDLET_NOT_FOUND', 'WIZARD_NOT_COLLECTED'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}
