import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayWidth, pad, printable, splitAtWidth, truncate, wrap } from './display-width.ts';

test('counts columns as terminals do', () => {
  for (const [text, width] of [
    ['', 0],
    ['anna@contoso.test', 17],
    ['Zoë', 3],
    ['Zoe\u0308', 3],
    ['渡辺 桜', 7],
    ['가나다', 6],
    ['ﾊﾝｶｸ', 4],
    ['カナ', 4],
    ['ＡＢ', 4],
    ['काठमाडौं', 4],
    ['👩‍💻', 2],
    ['🇧🇷', 2],
    ['❤\u{fe0f}', 2],
    ['❤', 1],
    ['a\u200bb', 2],
    ['·░█▓≈┬─…', 8],
  ] as const) {
    assert.equal(displayWidth(text), width, JSON.stringify(text));
  }
});

test('takes the sting out of control characters and direction overrides', () => {
  assert.equal(printable('a\u001b[31mred\u0007\u009b2J'), 'a\ufffd[31mred\ufffd\ufffd2J');
  assert.equal(printable('user\u202etxt.exe'), 'user\ufffdtxt.exe');
  assert.equal(printable('two\r\nlines\tof'), 'two lines of');
});

test('cuts at whole graphemes and says so', () => {
  assert.equal(truncate('room1@contoso.test', 8), 'room1@c…');
  assert.equal(truncate('渡辺桜', 4), '渡…');
  assert.equal(truncate('渡辺桜', 6), '渡辺桜');
  assert.equal(truncate('渡辺', 2), '…');
  assert.equal(truncate('Zoe\u0308 Zoe\u0308', 4), 'Zoe\u0308…');
  assert.equal(truncate('abc', 1), '…');
  assert.equal(truncate('abc', 0), '');
  assert.deepEqual(splitAtWidth('渡辺', 1), ['渡', '辺']);
});

test('pads by columns, not by characters', () => {
  assert.equal(pad('渡', 4), '渡  ');
  assert.equal(pad('12', 4, 'right'), '  12');
  assert.equal(pad('long', 2), 'long');
});

test('wraps at blanks, and inside words that are too long', () => {
  assert.deepEqual(wrap('MRS Proxy is disabled', 9), ['MRS Proxy', 'is', 'disabled']);
  assert.deepEqual(wrap('a verylongword b', 6), ['a', 'verylo', 'ngword', 'b']);
  assert.deepEqual(wrap('', 5), ['']);
  assert.deepEqual(wrap('渡辺桜', 1), ['渡', '辺', '桜']);
});
