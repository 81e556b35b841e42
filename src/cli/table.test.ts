import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { displayWidth } from './display-width.ts';
import { renderTable } from './table.ts';
import type { TableColumn } from './table.ts';
import { createPaint } from './terminal.ts';

const columns: TableColumn[] = [{ header: 'Name' }, { header: 'Status' }, { header: 'Requests', align: 'right' }, { header: 'Reason', overflow: 'wrap' }];
const rows = [
  ['anna@contoso.test', 'Working', '12', ''],
  ['渡辺 桜 (東京)', 'Down', '1048576', 'MRS Proxy is disabled on the virtual directory.'],
];

test('columns line up by what the terminal shows, and no line ends in blanks', () => {
  assert.equal(
    renderTable(columns, rows, { width: 100 }),
    [
      'Name               Status   Requests  Reason',
      '----               ------   --------  ------',
      'anna@contoso.test  Working        12',
      '渡辺 桜 (東京)     Down      1048576  MRS Proxy is disabled on the virtual directory.',
    ].join('\n'),
  );
});

test('the widest columns give way: one cut, one wrapped', () => {
  assert.equal(
    renderTable(columns, rows, { width: 46 }),
    [
      'Name          Status   Requests  Reason',
      '----          ------   --------  ------',
      'anna@contos…  Working        12',
      '渡辺 桜 (東…  Down      1048576  MRS Proxy is',
      '                                 disabled on',
      '                                 the virtual',
      '                                 directory.',
    ].join('\n'),
  );
});

test('too narrow for columns: a list, as Format-List writes it', () => {
  assert.equal(
    renderTable(columns, rows.slice(1), { width: 30 }),
    [
      'Name     : 渡辺 桜 (東京)',
      'Status   : Down',
      'Requests : 1048576',
      'Reason   : MRS Proxy is',
      '           disabled on the',
      '           virtual directory.',
    ].join('\n'),
  );
});

test('styles colour a cell without moving its neighbours', () => {
  const painted = renderTable(columns.slice(0, 2), [[{ text: 'anna', style: 'red' }, 'ok']], { width: 80, paint: createPaint(true) });
  assert.equal(painted.split('\n').at(-1), '\u001b[31manna\u001b[39m  ok');
});

test('text from outside cannot break out of its cell', () => {
  assert.match(renderTable([{ header: 'Subject' }], [['x\u001b[2J\ny']], { width: 80 }), /\nx\ufffd\[2J y$/);
});

test('an empty table still says what it would hold', () => {
  assert.equal(renderTable(columns.slice(0, 2), [], { width: 80 }), 'Name  Status\n----  ------');
});

test('never wider than asked, whatever it holds', () => {
  const cell = fc.oneof(fc.string({ maxLength: 40, unit: 'grapheme' }), fc.stringMatching(/^[a-z ]{0,60}$/));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 6 }), fc.integer({ min: 20, max: 120 }), fc.boolean(), (cells, width, wrapped) => {
      const shape: TableColumn[] = [{ header: 'One' }, { header: 'Two', overflow: wrapped ? 'wrap' : 'truncate' }, { header: 'Three', align: 'right' }];
      for (const line of renderTable(shape, cells, { width }).split('\n')) assert.ok(displayWidth(line) <= width, `${displayWidth(line)} > ${width}: ${JSON.stringify(line)}`);
    }),
    { numRuns: 100 },
  );
});
