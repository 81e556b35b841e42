import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAuthenticateMessage } from './authenticate-message.ts';
import { avIds, writeAvPairs } from './av-pairs.ts';
import { md4 } from './md4.ts';
import { ntHash } from './nt-hash.ts';
import { responseKey, verifyResponse } from './verify-response.ts';

test('MD4: the test suite of RFC 1320 A.5', () => {
  const vectors: readonly (readonly [string, string])[] = [
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    ['1234567890'.repeat(8), 'e33b4ddc9c38f2199c3e7b164fcc0536'],
  ];
  for (const [text, digest] of vectors) assert.equal(md4(Buffer.from(text)).toString('hex'), digest, text);
});

test('MD4: every length around the padding gives a digest of its own', () => {
  const digests = Array.from({ length: 130 }, (_, length) => md4(Buffer.alloc(length)).toString('hex'));
  assert.equal(new Set(digests).size, 130);
});

// [MS-NLMP] 4.2.1 and 4.2.4: user "User" of "Domain" with "Password".
const serverChallenge = Buffer.from('0123456789abcdef', 'hex');
const authenticate = Buffer.from(
  '4e544c4d5353500003000000180018006c00000054005400840000000c000c00480000000800080054000000100010005c00000010001000d8000000358288e20501280a0000000f' +
    '44006f006d00610069006e00550073006500720043004f004d0050005500540045005200' +
    '86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa' +
    '68cd0ab851e51c96aabc927bebef6a1c01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e0001000c005300650072007600650072000000000000000000' +
    'c5dad2544fc9799094ce1ce90bc9d03e',
  'hex',
);

test('the keys of [MS-NLMP] 4.2.2.1.2 and 4.2.4.1.1', () => {
  assert.equal(ntHash('Password').toString('hex'), 'a4f49c406510bdcab6824ee7c30fd852');
  assert.equal(responseKey(ntHash('Password'), 'User', 'Domain').toString('hex'), '0c868a403bfd7a93a3001ef22ef02e3f');
  assert.equal(responseKey(ntHash('Password'), 'uSeR', 'Domain').toString('hex'), '0c868a403bfd7a93a3001ef22ef02e3f');
  assert.notEqual(responseKey(ntHash('Password'), 'User', 'DOMAIN').toString('hex'), '0c868a403bfd7a93a3001ef22ef02e3f');
});

test('a user name keeps its length in capitals', () => {
  assert.deepEqual(responseKey(ntHash('x'), 'größe', ''), responseKey(ntHash('x'), 'GRÖßE', ''));
  assert.notDeepEqual(responseKey(ntHash('x'), 'größe', ''), responseKey(ntHash('x'), 'GRÖSSE', ''));
});

test('the AUTHENTICATE message of [MS-NLMP] 4.2.4.3 is read and proved', () => {
  assert.equal(authenticate.length, 0xe8);
  const message = parseAuthenticateMessage(authenticate);
  assert.deepEqual([message.domain, message.userName, message.workstation, message.mic], ['Domain', 'User', 'COMPUTER', undefined]);
  assert.equal(message.proof.toString('hex'), '68cd0ab851e51c96aabc927bebef6a1c');
  const messages = { negotiate: Buffer.alloc(0), challenge: Buffer.alloc(0), authenticate, serverChallenge };
  verifyResponse(ntHash('Password'), message, messages);
  assert.throws(() => verifyResponse(ntHash('password'), message, messages), { code: 'IDENTITY_NTLM_DENIED' });
  assert.throws(() => verifyResponse(ntHash('Password'), message, { ...messages, serverChallenge: Buffer.alloc(8) }), { code: 'IDENTITY_NTLM_DENIED' });
});

test('the target information of [MS-NLMP] 4.2.4 is written as published', () => {
  const pairs = [[avIds.netBiosDomainName, Buffer.from('Domain', 'utf16le')], [avIds.netBiosComputerName, Buffer.from('Server', 'utf16le')]] as const;
  assert.equal(writeAvPairs(pairs).toString('hex'), '02000c0044006f006d00610069006e0001000c0053006500720076006500720000000000');
});
