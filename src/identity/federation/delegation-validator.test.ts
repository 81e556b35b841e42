import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { IdentityError } from '../identity-error.ts';
import { secureWithToken } from './delegation-token-source.ts';
import { elementSources } from './element-source.ts';
import { federationNamespaces as names } from './federation-namespaces.ts';
import { writeProbeEnvelope } from './security-fault.ts';
import { issuerUri, makeToken, makeValidator, secured } from './test-federation.ts';

const freeBusy = ['MSExchange.SharingCalendarFreeBusy'] as const;
const verifying = 'IDENTITY_FEDERATION_MESSAGE';
const processing = 'IDENTITY_FEDERATION_TOKEN';
const minute = 60_000;

async function refusal(message: string, changes: Parameters<typeof makeValidator>[0] = {}): Promise<[code: string, reason: unknown]> {
  const validator = await makeValidator(changes);
  try {
    await validator.validate(Buffer.from(message), freeBusy);
  } catch (error) {
    assert.ok(error instanceof IdentityError);
    return [error.code, error.facts['reason']];
  }
  throw new Error('The message was accepted.');
}

test('a message with a delegation token says who asks, and nothing but what was signed is kept of it', async () => {
  const validator = await makeValidator();
  const message = (await secured()).replace('<q:Version', '<q:Unsigned>x</q:Unsigned><q:Version');
  const { emailAddress, issuer, action, envelope } = await validator.validate(Buffer.from(message), freeBusy);
  assert.deepEqual([emailAddress, issuer, action], ['anna@contoso.mail.onmicrosoft.test', issuerUri, 'MSExchange.SharingCalendarFreeBusy']);
  assert.match(envelope, /<Ask[^>]*>good<\/Ask>/);
  assert.match(envelope, /<Version[^>]*Version="Exchange2013"/);
  assert.doesNotMatch(envelope, /Unsigned/);
});

test('the published texts are the messages', async () => {
  const validator = await makeValidator({ audiences: async () => [] });
  await assert.rejects(async () => validator.validate(Buffer.from(await secured()), freeBusy), { message: 'An error occurred when verifying security for the message.' });
  const stranger = await makeValidator({ issuers: async () => [] });
  await assert.rejects(async () => stranger.validate(Buffer.from(await secured()), freeBusy), { message: 'An error occurred when processing the security tokens in the message.' });
});

test('a message without any header block of its own is secured, too', async () => {
  const probe = secureWithToken(writeProbeEnvelope(), await makeToken(), { now: () => Date.now() });
  assert.ok(await (await makeValidator()).validate(Buffer.from(probe), freeBusy));
});

test('the same message is taken once', async () => {
  const validator = await makeValidator();
  const message = Buffer.from(await secured());
  await validator.validate(message, freeBusy);
  await assert.rejects(() => validator.validate(message, freeBusy), { code: verifying, facts: { reason: 'replay', version: '1.1' } });
});

for (const [what, offset, taken] of [
  ['four minutes fast', 4 * minute, true],
  ['six minutes fast', 6 * minute, false],
  ['four minutes slow', -4 * minute, true],
  ['six minutes slow', -6 * minute, false],
] as const) {
  test(`a sender whose clock is ${what} is ${taken ? 'understood' : 'refused'}`, async () => {
    const message = await secured({ offset });
    if (taken) await (await makeValidator()).validate(Buffer.from(message), freeBusy);
    else assert.deepEqual(await refusal(message), [verifying, 'timestamp']);
  });
}

test('tokens of another time, audience, action or issuer are refused', async () => {
  const now = Date.now();
  assert.deepEqual(await refusal(await secured({ token: await makeToken({ notBefore: now - 60 * minute, notOnOrAfter: now - 6 * minute }) })), [verifying, 'token not in its time']);
  assert.deepEqual(await refusal(await secured({ token: await makeToken({ notBefore: now + 6 * minute }) })), [verifying, 'token not in its time']);
  assert.deepEqual(await refusal(await secured({ token: await makeToken({ audience: 'elsewhere.test' }) })), [verifying, 'audience']);
  assert.deepEqual(await refusal(await secured({ token: await makeToken({ action: 'MSExchange.Autodiscover' }) })), [verifying, 'action']);
  assert.deepEqual(await refusal(await secured({ token: await makeToken({ issuer: 'urn:federation:Other' }) })), [processing, 'issuer']);
});

test('certificates: rolled gateway, former gateway, other organisation', async () => {
  const [gateway, stranger] = [await sharedCertificate('acs'), await sharedCertificate('stranger')];
  assert.deepEqual(await refusal(await secured(), { issuers: async () => [{ uri: issuerUri, certificates: [stranger.certificate] }] }), [processing, 'issuer signature']);
  assert.deepEqual(await refusal(await secured(), { privateKeys: async () => [stranger.privateKey] }), [processing, 'not decrypted']);
  assert.deepEqual(await refusal(await secured(), { privateKeys: async () => [] }), [processing, 'not decrypted']);
  const both = await makeValidator({ issuers: async () => [{ uri: issuerUri, certificates: [stranger.certificate, gateway.certificate] }], privateKeys: async () => [stranger.privateKey, (await sharedCertificate('auth')).privateKey] });
  assert.ok(await both.validate(Buffer.from(await secured()), freeBusy));
});

test('a signature by another key than the proof key is refused', async () => {
  const token = await makeToken();
  assert.deepEqual(await refusal(await secured({ token: { ...token, proofKey: Buffer.alloc(32, 8) } })), [verifying, 'signature']);
  assert.deepEqual(await refusal(await secured({ token: await makeToken({ proofKey: Buffer.alloc(0) }) })), [processing, 'no proof key']);
});

test('wrapping: a body that was moved away does not speak for the one in its place', async () => {
  const message = await secured();
  const [body] = elementSources(message, 'http://schemas.xmlsoap.org/soap/envelope/', 'Body');
  assert.ok(body !== undefined);
  const original = message.slice(message.indexOf('<s:Body'), message.indexOf('</s:Body>') + '</s:Body>'.length);
  const evil = '<s:Body><q:Ask>evil</q:Ask></s:Body>';
  const moved = message.replace(original, evil).replace('</s:Header>', `<x:Box xmlns:x="urn:x">${original}</x:Box></s:Header>`);
  assert.deepEqual(await refusal(moved), [verifying, 'no envelope with one security header']);
  const doubled = message.replace('</s:Header>', `<x:Box xmlns:x="urn:x">${original.replace('good', 'evil')}</x:Box></s:Header>`);
  assert.deepEqual(await refusal(doubled), [verifying, 'no envelope with one security header'], 'a body that is there twice');
  assert.deepEqual(await refusal(message.replace('>good<', '>evil<')), [verifying, 'signature']);
});

test('wrapping: an assertion inside another one does not speak for it', async () => {
  const wrap = (signed: string): string => {
    const signature = signed.slice(signed.indexOf('<ds:Signature'), signed.indexOf('</ds:Signature>') + '</ds:Signature>'.length);
    const evil = signed.replace(signature, '').replace('anna@contoso.mail.onmicrosoft.test', 'chief@contoso.mail.onmicrosoft.test').replace(/AssertionID="[^"]+"/, 'AssertionID="_evil"');
    return evil.replace('</saml:Assertion>', `${signature}<saml:Advice>${signed.replace(signature, '')}</saml:Advice></saml:Assertion>`);
  };
  assert.deepEqual(await refusal(await secured({ token: await makeToken({}, wrap) })), [processing, 'issuer signature']);
  const tampered = await makeToken({}, (signed) => signed.replace('anna@contoso.mail', 'chief@contoso.mail'));
  assert.deepEqual(await refusal(await secured({ token: tampered })), [processing, 'issuer signature']);
  const twice = await makeToken({}, (signed) => signed.replace('</saml:AttributeStatement>', '</saml:AttributeStatement><saml:AttributeStatement/>'));
  assert.deepEqual(await refusal(await secured({ token: twice })), [processing, 'unreadable']);
});

test('an assertion that its holder signed itself is refused', async () => {
  const stranger = await sharedCertificate('stranger');
  const { signAssertion } = await import('./saml-assertion.ts');
  const own = await makeToken({}, (signed) => signAssertion(signed.slice(0, signed.indexOf('<ds:Signature')) + signed.slice(signed.indexOf('</ds:Signature>') + 15), stranger));
  assert.deepEqual(await refusal(await secured({ token: own })), [processing, 'issuer signature']);
});

test('document types, two headers, two signatures, other charsets and other XML are refused', async () => {
  const message = await secured();
  assert.deepEqual(await refusal(message.replace('?>', '?><!DOCTYPE s [<!ENTITY x "y">]>')), [verifying, 'no envelope with one security header']);
  const dtd = await makeToken({}, (signed) => `<!DOCTYPE a>${signed}`);
  assert.deepEqual(await refusal(await secured({ token: dtd })), [processing, 'unreadable']);
  const security = message.slice(message.indexOf('<o:Security'), message.indexOf('</o:Security>') + '</o:Security>'.length);
  assert.equal((await refusal(message.replace(security, security + security)))[0], verifying);
  assert.equal((await refusal(message.replace(security, '')))[0], verifying);
  await assert.rejects(async () => (await makeValidator()).validate(Buffer.from(message, 'utf16le'), freeBusy), { code: verifying });
});

test('weaker algorithms are refused', async () => {
  const message = await secured();
  assert.deepEqual(await refusal(message.replace('http://www.w3.org/2000/09/xmldsig#hmac-sha1', 'http://www.w3.org/2001/04/xmldsig-more#hmac-md5')), [verifying, 'signature']);
  assert.deepEqual(await refusal(message.replaceAll('http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315')), [verifying, 'signature']);
  assert.deepEqual(await refusal(message.replace('http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p', 'http://www.w3.org/2001/04/xmlenc#rsa-1_5')), [processing, 'not decrypted']);
});

test('whatever is cut out of or flipped in a message, it is refused or says the same', async () => {
  const message = Buffer.from(await secured());
  await fc.assert(
    fc.asyncProperty(fc.nat(message.length - 1), fc.integer({ min: 1, max: 127 }), async (at, flip) => {
      const changed = Buffer.from(message);
      changed[at] = (changed[at] ?? 0) ^ flip;
      const outcome = await (await makeValidator()).validate(changed, freeBusy).then(({ emailAddress, envelope }) => [emailAddress, />good</.test(envelope)], (error: unknown) => (error instanceof IdentityError ? 'refused' : error));
      assert.ok(outcome === 'refused' || (Array.isArray(outcome) && outcome[0] === 'anna@contoso.mail.onmicrosoft.test' && outcome[1] === true), String(outcome));
    }),
    { numRuns: 60 },
  );
});

test('the namespace of an element that is cut out comes along', () => {
  const [source] = elementSources(`<a xmlns="urn:a" xmlns:b="urn:b"><b:c d="1"/></a>`, 'urn:b', 'c');
  assert.deepEqual(source, { text: '<b:c xmlns="urn:a" xmlns:b="urn:b" d="1"/>', parent: 'urn:a|a' });
  assert.equal(names.saml.length > 0, true);
});
