import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownCodes, recognizeFailures, recognizeText } from '../../../src/doctor/index.ts';
import { capturesElsewhere } from './captures-elsewhere.ts';
import { captures } from './captures.ts';
import type { Capture } from './captures.ts';
import { distortOtherwise } from './distort-otherwise.ts';
import { distort } from './distort.ts';
import type { Distorted } from './distort.ts';
import { foreignElsewhere } from './foreign-elsewhere.ts';
import { foreignTexts } from './foreign-texts.ts';
import { foreignUnseen } from './foreign-unseen.ts';
import { neighbouringTexts } from './neighbouring-texts.ts';
import { pastes } from './pastes.ts';
import { createUndecidable } from './undecidable.ts';

/** The failures that are named first: several where the text does not tell them apart. */
function namedFirst(text: string): readonly string[] {
  const found = recognizeFailures(text);
  const [first] = found;
  if (first === undefined) return [];
  return found.filter(({ failure, score }) => failure === first.failure || (score === first.score && failure.isGeneral === first.failure.isGeneral)).map(({ failure }) => failure.id);
}

interface MeasuredSet {
  captures: readonly Capture[];
  foreign: readonly string[];
  /** Of a foreign text’s distortions every so manieth, others for each text: there are many, and they are alike. */
  everyOfForeign?: number;
  distorted(text: string, seed: number): readonly Distorted[];
}

interface Measured {
  positives: number;
  negatives: number;
  precision: number;
  recall: number;
  /** Of texts that are all there. */
  recallOfWhole: number;
  /** Of texts of which a part is cut off. */
  recallOfParts: number;
  /** Of all but the cut ones whose rest says nothing that other texts do not say. */
  recallOfDecidable: number;
  /** Cut texts that say nothing any more, and how many of them were named all the same. */
  undecidable: { all: number; right: number };
  missed: readonly string[];
  wrong: readonly string[];
}

function measure({ captures: positivesOf, foreign, everyOfForeign = 1, distorted }: MeasuredSet): Measured {
  const missed: string[] = [];
  const wrong: string[] = [];
  let positives = 0;
  let right = 0;
  const parts = { all: 0, right: 0 };
  const undecidable = { all: 0, right: 0 };
  for (const [index, capture] of positivesOf.entries()) {
    const { id, within, text } = capture;
    for (const { how, text: changed, left } of distorted(text, index + 1)) {
      positives++;
      const named = namedFirst(changed);
      const isRight = named.includes(id) || (left !== undefined && named.some((other) => within?.includes(other)));
      const saysNothing = left !== undefined && isUndecidable(capture, left);
      for (const counted of [...(left === undefined ? [] : [parts]), ...(saysNothing ? [undecidable] : [])]) {
        counted.all++;
        if (isRight) counted.right++;
      }
      if (isRight) right++;
      else if (named.length === 0) missed.push(`${id} ${how}${saysNothing ? ' (which says nothing any more)' : ''}`);
      else wrong.push(`${id} ${how}: ${named.join(' ')}`);
    }
  }
  let negatives = 0;
  for (const [index, text] of foreign.entries()) {
    for (const { how, text: changed } of distorted(text, 1000 + index).filter((_, at) => (at + index) % everyOfForeign === 0)) {
      negatives++;
      const named = namedFirst(changed);
      if (named.length > 0) wrong.push(`foreign (${how}): ${named.join(' ')} in ${text.slice(0, 70)}`);
    }
  }
  return {
    positives,
    negatives,
    missed,
    wrong,
    undecidable,
    precision: right / (right + wrong.length),
    recall: right / positives,
    recallOfWhole: (right - parts.right) / (positives - parts.all),
    recallOfParts: parts.right / parts.all,
    recallOfDecidable: (right - undecidable.right) / (positives - undecidable.all),
  };
}

const isUndecidable = createUndecidable([...captures, ...capturesElsewhere], [...foreignTexts, ...neighbouringTexts, ...foreignElsewhere.tuned, ...foreignElsewhere.heldOut, ...foreignUnseen]);

/** The recogniser was made with the first set, and was made better with a look at what it missed of the second; the third was written before that and is only measured. */
const sets: Readonly<Record<string, MeasuredSet>> = {
  tuned: { captures, foreign: [...foreignTexts, ...neighbouringTexts, ...foreignElsewhere.tuned], everyOfForeign: 3, distorted: (text, seed) => [...distort(text, seed), ...distortOtherwise('tuned', text, seed)] },
  'held out': { captures: [...captures, ...capturesElsewhere], foreign: foreignElsewhere.heldOut, distorted: (text, seed) => distortOtherwise('heldOut', text, seed) },
  unseen: { captures: [...captures, ...capturesElsewhere], foreign: [...foreignUnseen, ...foreignElsewhere.heldOut], distorted: (text, seed) => distortOtherwise('unseen', text, seed + 5000) },
};

for (const [name, set] of Object.entries(sets)) {
  test(`precision and recall over distorted errors of the catalogue and over texts that are none: the set that is ${name}`, (t) => {
    const { positives, negatives, precision, recall, recallOfWhole, recallOfParts, recallOfDecidable, undecidable, missed, wrong } = measure(set);
    t.diagnostic(`${name}: ${positives} distorted errors, ${negatives} foreign texts: precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)} (whole ${recallOfWhole.toFixed(4)}, cut ${recallOfParts.toFixed(4)})`);
    t.diagnostic(`${name}: of ${undecidable.all} cut texts the rest stands in other texts too, ${undecidable.right} of them were named; recall without these ${recallOfDecidable.toFixed(4)}`);
    for (const line of [...missed.map((each) => `missed: ${each}`), ...wrong.map((each) => `wrong: ${each}`)]) t.diagnostic(line);
    assert.ok(precision >= 0.98, `precision is ${precision}`);
    assert.ok(recallOfWhole >= 0.98, `recall of whole texts is ${recallOfWhole}`);
    // Of some sentences a half says nothing any more: “The request failed with HTT”.
    assert.ok(recallOfDecidable >= 0.98, `recall of what says something is ${recallOfDecidable}`);
    assert.ok(recall >= 0.98, `recall is ${recall}`);
  });
}

test('every failure of the catalogue has a capture', async () => {
  const { catalogue } = await import('../../../src/doctor/index.ts');
  assert.deepEqual([...new Set(captures.map(({ id }) => id))].sort(), catalogue.map(({ id }) => id).sort());
});

for (const { id, cause, text } of pastes) {
  test(`a paste that ${id === undefined ? 'is no failure of the catalogue' : `shows ${id}`}: ${text.slice(0, 50).replaceAll(/\s+/g, ' ')}`, () => {
    const [first] = recognizeText(text);
    assert.equal(first?.failure.id, id);
    if (cause !== undefined) assert.equal(first?.causes[0]?.id, cause);
  });
}

test('a mail with two errors names both', () => {
  const known = captures.filter(({ id }) => ['FB3', 'FB12', 'FB16', 'FB22', 'FB24', 'FB27', 'W2', 'H3', 'H4'].includes(id));
  const missed: string[] = [];
  for (const [index, first] of known.entries()) {
    for (const second of known.slice(index + 1)) {
      if (first.id === second.id) continue;
      const mail = `Hello,\n\nsince Monday the grid of Outlook shows:\n\n> ${first.text.replaceAll(/[⟦⟧]/g, '').replaceAll('\n', '\n> ')}\n\nand from time to time, for other people:\n\n> ${second.text.replaceAll(/[⟦⟧]/g, '').replaceAll('\n', '\n> ')}\n\nRegards`;
      const named = recognizeFailures(mail).map(({ failure }) => failure.id);
      for (const { id } of [first, second]) if (!named.includes(id)) missed.push(`${id} of ${first.id} and ${second.id}: ${named.join(' ')}`);
    }
  }
  assert.deepEqual(missed, []);
});

test('texts that are none of the catalogue’s show codes of our parties only where these stand in them', () => {
  for (const text of [...foreignTexts, ...neighbouringTexts]) {
    const words = new Set(text.match(/[A-Z][A-Z0-9_]+/g) ?? []);
    assert.deepEqual(recognizeText(text).map(({ failure }) => failure.id).filter((id) => ownCodes.has(id) && !words.has(id)), [], text);
  }
});

const packages = join(import.meta.dirname, '../../../node_modules');

test('the documents of other software show none of the failures', (t) => {
  const files = globSync('{*,@*/*}/{README,readme,CHANGELOG,LICENSE}*', { cwd: packages, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.flatMap((entry) => namedFirst(readFileSync(join(entry.parentPath, entry.name), 'utf8')).map((id) => `${id} in ${join(entry.parentPath, entry.name)}`));
  t.diagnostic(`${files.length} files`);
  assert.ok(files.length > 20);
  assert.deepEqual(named, []);
});

const table = join(import.meta.dirname, '../../../../shared/seeds/002_889d653014d9c8f0.txt');

/** Their cells begin with the 401 that users see; what tells them apart stands on the next page of the document. */
const overleaf = new Set(['FB17', 'FB26']);

test('the rows of the published table are recognised as they stand there', { skip: !existsSync(table) && 'the table is not here' }, (t) => {
  const rows = Array.from(readFileSync(table, 'utf8').matchAll(/(?:^|\n)(?:<p><b>)?(\d{1,2})(?:<\/b><\/p>)?\t([\s\S]*?)\t/g), ([, number = '', cell = '']) => ({ id: `FB${number}`, cell }));
  assert.ok(rows.length >= 25, `only ${rows.length} rows were read`);
  const failed = rows.flatMap(({ id, cell }) => (namedFirst(cell).includes(id) || (overleaf.has(id) && namedFirst(cell).includes('FB10')) ? [] : [`${id}: ${namedFirst(cell).join(' ')} in ${cell.slice(0, 80)}`]));
  t.diagnostic(`${rows.length} rows`);
  assert.deepEqual(failed, []);
});

const mails = join(import.meta.dirname, '../../../../shared/corpus');

test('real mails and calendars show none of the failures', { skip: !existsSync(mails) && 'the corpus is not here' }, (t) => {
  const files = globSync('{eml,ics}/**/*', { cwd: mails, withFileTypes: true }).filter((entry) => entry.isFile());
  const named = files.flatMap((entry) => namedFirst(readFileSync(join(entry.parentPath, entry.name), 'latin1')).map((id) => `${id} in ${entry.name}`));
  t.diagnostic(`${files.length} files`);
  assert.deepEqual(named, []);
});
