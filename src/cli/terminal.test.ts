import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPaint, describeTerminal } from './terminal.ts';

test('colour: on a terminal, unless NO_COLOR or TERM=dumb forbid it; FORCE_COLOR has the last word', () => {
  const colour = (isTTY: boolean, environment: Record<string, string>): boolean => describeTerminal({ isTTY, environment }).colour;
  assert.equal(colour(true, {}), true);
  assert.equal(colour(false, {}), false);
  assert.equal(colour(true, { NO_COLOR: '1' }), false);
  assert.equal(colour(true, { NO_COLOR: '' }), true);
  assert.equal(colour(true, { TERM: 'dumb' }), false);
  assert.equal(colour(false, { FORCE_COLOR: '1' }), true);
  assert.equal(colour(false, { FORCE_COLOR: '1', NO_COLOR: '1' }), true);
  assert.equal(colour(true, { FORCE_COLOR: '0' }), false);
  assert.equal(colour(true, { FORCE_COLOR: 'false' }), false);
});

test('width: of the stream, else COLUMNS, else a usual one; never too narrow to write in', () => {
  assert.equal(describeTerminal({ isTTY: true, columns: 132, environment: { COLUMNS: '90' } }).width, 132);
  assert.equal(describeTerminal({ isTTY: false, environment: { COLUMNS: '90' } }).width, 90);
  assert.equal(describeTerminal({ isTTY: true, environment: {} }).width, 80);
  assert.equal(describeTerminal({ isTTY: false, environment: { COLUMNS: 'wide' } }).width, 120);
  assert.equal(describeTerminal({ isTTY: true, columns: 0, environment: {} }).width, 80);
  assert.equal(describeTerminal({ isTTY: true, columns: 7, environment: {} }).width, 40);
});

test('a person is there only on a real terminal outside continuous integration', () => {
  assert.equal(describeTerminal({ isTTY: true, environment: {} }).interactive, true);
  assert.equal(describeTerminal({ isTTY: true, environment: { CI: 'true' } }).interactive, false);
  assert.equal(describeTerminal({ isTTY: false, environment: {} }).interactive, false);
});

test('paint styles text, and leaves it alone without colour', () => {
  assert.equal(createPaint(true)('red', 'down'), '\u001b[31mdown\u001b[39m');
  assert.equal(createPaint(true)('bold', ''), '');
  assert.equal(createPaint(false)('red', 'down'), 'down');
});
