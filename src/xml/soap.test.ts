import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findChild, parseXml, readSoapEnvelope, readSoapFault, soapNamespaces, writeSoapEnvelope, writeSoapFault, XmlError } from './index.ts';

for (const version of ['1.1', '1.2'] as const) {
  test(`a SOAP ${version} envelope is read back as written`, () => {
    const text = writeSoapEnvelope({
      version,
      namespaces: { 'xmlns:t': 'urn:t' },
      writeHeader: (writer) => writer.element('t:Version', '1'),
      writeBody: (writer) => writer.element('t:Ask', 'x'),
    });
    const envelope = readSoapEnvelope(parseXml(text));
    assert.equal(envelope.version, version);
    assert.deepEqual(envelope.header.map((block) => [block.namespace, block.local, block.text]), [['urn:t', 'Version', '1']]);
    assert.deepEqual(envelope.body.map((element) => [element.local, element.text]), [['Ask', 'x']]);
    assert.equal(readSoapFault(envelope), undefined);
  });

  test(`a SOAP ${version} fault is read back as written`, () => {
    const text = writeSoapEnvelope({
      version,
      writeBody: (writer) =>
        writeSoapFault(writer, {
          version,
          code: { namespace: 'urn:types', local: 'ErrorSchemaValidation' },
          blame: 'sender',
          message: 'No & no.',
          writeDetail: (detail) => detail.element('e:ResponseCode', 'ErrorSchemaValidation', { 'xmlns:e': 'urn:errors' }),
        }),
    });
    const fault = readSoapFault(readSoapEnvelope(parseXml(text)));
    assert.equal(fault?.code, 'ErrorSchemaValidation');
    assert.equal(fault.message, 'No & no.');
    assert.equal(fault.detail && findChild(fault.detail, 'urn:errors', 'ResponseCode')?.text, 'ErrorSchemaValidation');
  });
}

test('a fault of another server, without detail or sub-code, is read', () => {
  const soap11 = `<soap:Envelope xmlns:soap="${soapNamespaces['1.1']}"><soap:Body><soap:Fault><faultcode>soap:Client</faultcode><faultstring> no </faultstring></soap:Fault></soap:Body></soap:Envelope>`;
  assert.deepEqual(readSoapFault(readSoapEnvelope(parseXml(soap11))), { code: 'Client', message: 'no' });
  const soap12 = `<e:Envelope xmlns:e="${soapNamespaces['1.2']}"><e:Body><e:Fault><e:Code><e:Value>e:Receiver</e:Value></e:Code><e:Reason><e:Text xml:lang="en">no</e:Text></e:Reason></e:Fault></e:Body></e:Envelope>`;
  assert.deepEqual(readSoapFault(readSoapEnvelope(parseXml(soap12))), { code: 'Receiver', message: 'no' });
  const bare = `<e:Envelope xmlns:e="${soapNamespaces['1.2']}"><e:Body><e:Fault/></e:Body></e:Envelope>`;
  assert.deepEqual(readSoapFault(readSoapEnvelope(parseXml(bare))), { code: '', message: '' });
});

for (const [what, text] of [
  ['another root', '<a/>'],
  ['another namespace', '<s:Envelope xmlns:s="urn:x"><s:Body/></s:Envelope>'],
  ['no body', `<s:Envelope xmlns:s="${soapNamespaces['1.1']}"/>`],
  ['a body of the other version', `<s:Envelope xmlns:s="${soapNamespaces['1.1']}"><Body xmlns="${soapNamespaces['1.2']}"/></s:Envelope>`],
] as const) {
  test(`not SOAP: ${what}`, () => {
    assert.throws(() => readSoapEnvelope(parseXml(text)), (error) => error instanceof XmlError && error.code === 'XML_NOT_SOAP');
  });
}
