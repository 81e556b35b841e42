import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parseXml } from '../../xml/index.ts';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { systemClock } from '../../foundation/index.ts';
import { makeToken, proofKey, secured, goodClaims } from './test-federation.ts';
import { signAssertion, writeAssertion } from './saml-assertion.ts';
import { writeTokenRequest } from './security-token-request.ts';
import { decryptElement, encryptElement } from './xml-encryption.ts';

const isInstalled = spawnSync('xmlsec1', ['--version']).status === 0;
const skip = isInstalled ? false : 'xmlsec1 is not installed (apt-get install xmlsec1)';
const folder = mkdtempSync(join(tmpdir(), 'hybridge-xmlsec-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function xmlsec(...parameters: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('xmlsec1', parameters, { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

test('xmlsec1 verifies the signature of an assertion', { skip }, async () => {
  const gateway = await sharedCertificate('acs');
  const signed = signAssertion(writeAssertion(goodClaims()).xml, gateway);
  const certificate = file('gateway.pem', gateway.certificate);
  const verify = (xml: string): number | null =>
    xmlsec('--verify', '--pubkey-cert-pem', certificate, '--id-attr:AssertionID', 'urn:oasis:names:tc:SAML:1.0:assertion:Assertion', file('assertion.xml', xml)).status;
  assert.equal(verify(signed), 0);
  assert.notEqual(verify(signed.replace('anna@contoso.test', 'bert@contoso.test')), 0);
});

test('xmlsec1 decrypts a token, and its own encryption is read', { skip }, async () => {
  const organization = await sharedCertificate('auth');
  const key = file('organization.key', organization.privateKey);
  const { encryptedAssertion } = await makeToken();
  const decrypted = execFileSync('xmlsec1', ['--decrypt', '--privkey-pem', key, file('token.xml', encryptedAssertion)], { encoding: 'utf8' });
  assert.match(decrypted, /<saml:Assertion/);
  const template =
    '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"/><CipherData><CipherValue/></CipherData></EncryptedKey></KeyInfo><CipherData><CipherValue/></CipherData></EncryptedData>';
  const encrypted = execFileSync('xmlsec1', ['--encrypt', '--pubkey-cert-pem', file('organization.pem', organization.certificate), '--session-key', 'aes-128', '--xml-data', file('plain.xml', '<a>secret</a>'), file('template.xml', template)], { encoding: 'utf8' });
  assert.match((await decryptElement(parseXml(encrypted), [organization.privateKey])) ?? '', /<a>secret<\/a>/);
});

test('xmlsec1 verifies the signatures of messages: by proof key, and by certificate', { skip }, async () => {
  const namespace = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
  const ids = (soap: string, more: readonly string[] = []): string[] => [`${namespace}:Timestamp`, `${soap}:Body`, ...more].flatMap((name) => ['--id-attr:Id', name]);
  const message = file('message.xml', await secured());
  const result = xmlsec('--verify', '--hmackey', file('proof.key', proofKey), ...ids('http://schemas.xmlsoap.org/soap/envelope/', ['urn:question:Version']), message);
  assert.equal(result.status, 0, result.output);
  const signer = await sharedCertificate('auth');
  const { xml } = writeTokenRequest(
    { requestor: 'a.test', target: 'b.test', action: 'MSExchange.Autodiscover', nameIdentifier: 'a@a.test', emailAddress: 'a@a.test' },
    { endpoint: 'https://login.cloud.test/extSTS.srf', signer, clock: systemClock },
  );
  const addressing = ['Action', 'MessageID', 'To'].map((name) => `http://www.w3.org/2005/08/addressing:${name}`);
  const request = xmlsec('--verify', '--pubkey-cert-pem', file('signer.pem', signer.certificate), ...ids('http://www.w3.org/2003/05/soap-envelope', addressing), file('request.xml', xml));
  assert.equal(request.status, 0, request.output);
});

test('what is not understood of an encrypted element is refused', async () => {
  const organization = await sharedCertificate('auth');
  const encrypted = await encryptElement('<a/>', organization.certificate);
  assert.equal(await decryptElement(parseXml(encrypted), [organization.privateKey]), '<a/>');
  for (const changed of [encrypted.replace('aes256-cbc', 'tripledes-cbc'), encrypted.replace(/CipherValue>[A-Za-z0-9+/]/, 'CipherValue>%'), encrypted.replaceAll('EncryptedKey', 'Other')]) {
    assert.equal(await decryptElement(parseXml(changed), [organization.privateKey]), undefined);
  }
});
