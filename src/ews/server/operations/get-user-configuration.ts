import type { UserConfiguration } from '../../../organization/index.ts';
import { findAttribute } from '../../../xml/index.ts';
import type { XmlWriter } from '../../../xml/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { decodeTargetFolder, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

const properties = new Set(['Id', 'Dictionary', 'XmlData', 'BinaryData', 'All']);

/** GetUserConfiguration ([MS-OXWSUSRCFG] §3.1.4.3). Where there is none, ErrorItemNotFound. */
export const getUserConfigurationOperation: MailboxOperation = {
  name: 'GetUserConfiguration',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('UserConfigurationName', 'UserConfigurationProperties'));
    const named = required(element, parts['UserConfigurationName'], 'UserConfigurationName');
    const name = findAttribute(named, 'Name') ?? '';
    const folder = decodeTargetFolder(named);
    const wanted = new Set(required(element, parts['UserConfigurationProperties'], 'UserConfigurationProperties').text.split(/\s+/).filter((word) => properties.has(word)));
    return [
      async () => {
        const found = await session.folder(folder, 'read');
        const configuration = await found.mailbox.userConfigurations.get(found.folder.id, name);
        if (configuration === undefined) throw new EwsFault('ErrorItemNotFound', 'The specified object was not found in the store.');
        return (writer) => writeConfiguration(writer, configuration, (property) => wanted.has('All') || wanted.has(property));
      },
    ];
  },
};

function writeConfiguration(writer: XmlWriter, configuration: UserConfiguration, isWanted: (property: string) => boolean): void {
  writer.open('m:UserConfiguration');
  writer.open('t:UserConfigurationName', { Name: configuration.name });
  writer.element('t:FolderId', '', { Id: configuration.folderId });
  writer.close();
  if (isWanted('Id')) writer.element('t:ItemId', '', { Id: configuration.itemId, ChangeKey: configuration.changeKey });
  if (isWanted('Dictionary') && configuration.dictionary !== undefined) {
    writer.open('t:Dictionary');
    for (const { key, value } of configuration.dictionary) {
      writer.open('t:DictionaryEntry');
      for (const [name, object] of [['t:DictionaryKey', key], ['t:DictionaryValue', value]] as const) {
        if (object === undefined) continue;
        writer.open(name);
        writer.element('t:Type', object.type);
        for (const text of object.values) writer.element('t:Value', text);
        writer.close();
      }
      writer.close();
    }
    writer.close();
  }
  if (isWanted('XmlData') && configuration.xmlData !== undefined) writer.element('t:XmlData', Buffer.from(configuration.xmlData).toString('base64'));
  if (isWanted('BinaryData') && configuration.binaryData !== undefined) writer.element('t:BinaryData', Buffer.from(configuration.binaryData).toString('base64'));
  writer.close();
}
