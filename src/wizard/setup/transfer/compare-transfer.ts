import type { Observed } from '../../observed.ts';
import { firstTextOf } from '../../observed.ts';
import type { TransferKind } from './transfer-kinds.ts';
import { transferKinds } from './transfer-kinds.ts';

export interface TransferDifference {
  property: string;
  onPremises: unknown;
  cloud: unknown;
}

/** An on-premises object that could be copied. */
export interface TransferCandidate {
  /** `SharingPolicy/Partners`; by it a person chooses. */
  key: string;
  kind: TransferKind;
  name: string;
  /** `new`: the cloud has none of the name. `conflict`: it has another under it. */
  state: 'new' | 'conflict' | 'same';
  /** What a conflict is about. */
  differences: readonly TransferDifference[];
}

export interface TransferComparison {
  candidates: readonly TransferCandidate[];
  /** Kinds that one of the sides does not have. */
  absent: readonly { kind: TransferKind; side: 'OnPremises' | 'Cloud' }[];
}

export type ObjectsOf = (side: 'OnPremises' | 'Cloud', noun: string) => readonly Observed[] | null | undefined;

/** What would be copied, object by object; what has no counterpart is named. */
export function compareTransfer(objectsOf: ObjectsOf): TransferComparison {
  const candidates: TransferCandidate[] = [];
  const absent: { kind: TransferKind; side: 'OnPremises' | 'Cloud' }[] = [];
  for (const kind of transferKinds) {
    const [onPremises, cloud] = [objectsOf('OnPremises', kind.noun), objectsOf('Cloud', kind.noun)];
    if (!Array.isArray(onPremises) || !Array.isArray(cloud)) absent.push({ kind, side: Array.isArray(onPremises) ? 'Cloud' : 'OnPremises' });
    else candidates.push(...onPremises.filter((object: Observed) => kind.isLeft?.(object) !== true).map((object: Observed) => compare(kind, object, cloud)));
  }
  return { candidates, absent };
}

function compare(kind: TransferKind, object: Observed, cloud: readonly Observed[]): TransferCandidate {
  const name = kind.isSingle === true ? '' : firstTextOf(object, 'Name', 'Identity');
  const found = kind.isSingle === true ? cloud[0] : cloud.find((other) => firstTextOf(other, 'Name', 'Identity').toLowerCase() === name.toLowerCase());
  const candidate = { key: name === '' ? kind.noun : `${kind.noun}/${name}`, kind, name };
  if (found === undefined) return { ...candidate, state: 'new', differences: [] };
  const differences = kind.properties.filter((property) => property in object && text(object[property]) !== text(found[property])).map((property) => ({ property, onPremises: object[property] ?? null, cloud: found[property] ?? null }));
  return { ...candidate, state: differences.length === 0 ? 'same' : 'conflict', differences };
}

/** Lists say the same in any order, texts in any case. */
function text(value: unknown): string {
  const list = Array.isArray(value) ? value.map(String).toSorted() : (value ?? null);
  return JSON.stringify(list).toLowerCase();
}
