import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findAttribute } from '../../../xml/index.ts';
import { createMessage, descendants, openEwsFixture } from '../ews-fixture.ts';

const formats = ['EwsLegacyId', 'EwsId', 'EntryId', 'HexEntryId', 'StoreId', 'OwaId'];

test('an id goes from every format to every other and back', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const convert = async (id: string, from: string, to: string): Promise<{ codes: readonly unknown[]; id: string }> => {
    const { body, codes } = await fixture.ask(`<m:ConvertId DestinationFormat="${to}"><m:SourceIds><t:AlternateId Format="${from}" Id="${id}" Mailbox="bert@contoso.test"/></m:SourceIds></m:ConvertId>`);
    const [found] = descendants(body, 'AlternateId');
    if (found !== undefined) assert.deepEqual([findAttribute(found, 'Format'), findAttribute(found, 'Mailbox')], [to, 'bert@contoso.test']);
    return { codes, id: (found && findAttribute(found, 'Id')) ?? '' };
  };
  for (let index = 0; index < 3; index++) {
    const id = await createMessage(fixture, `message ${index}`);
    for (const first of formats) {
      const there = await convert(id, 'EwsId', first);
      assert.notEqual(there.id, '');
      for (const second of formats) assert.deepEqual(await convert((await convert(there.id, first, second)).id, second, 'EwsId'), { codes: ['NoError'], id });
    }
  }
  const hexadecimal = (await convert(await createMessage(fixture, 'another'), 'EwsId', 'HexEntryId')).id;
  assert.match(hexadecimal, /^(?:[0-9A-F]{2})+$/);
  assert.deepEqual((await convert(hexadecimal.slice(2), 'HexEntryId', 'EwsId')).codes, ['ErrorInvalidIdMalformed']);
  assert.deepEqual((await convert('AAAA', 'EwsId', 'HexEntryId')).codes, ['ErrorInvalidIdMalformed']);
});

test('public folders have no ids here', async (t) => {
  const fixture = await openEwsFixture();
  t.after(() => fixture.close());
  const { codes } = await fixture.ask('<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternatePublicFolderId Format="EwsId" FolderId="AAAA"/></m:SourceIds></m:ConvertId>');
  assert.deepEqual(codes, ['ErrorUnsupportedTypeForConversion']);
});
