import type { FolderId } from './folder.ts';

/** [MS-OXWSUSRCFG] UserConfigurationDictionaryObject: types are the published ones (`String`, `Boolean`, `Integer32`, …). */
export interface DictionaryObject {
  type: string;
  values: readonly string[];
}

export interface UserConfigurationData {
  dictionary?: readonly { key: DictionaryObject; value?: DictionaryObject }[];
  xmlData?: Uint8Array;
  binaryData?: Uint8Array;
}

export interface UserConfiguration extends UserConfigurationData {
  folderId: FolderId;
  name: string;
  /** Id of the item that holds it. */
  itemId: string;
  changeKey: string;
}

/** Configuration objects of a mailbox: hidden items `IPM.Configuration.<name>` of a folder. */
export interface UserConfigurations {
  get(folder: FolderId, name: string): Promise<UserConfiguration | undefined>;
  /** @throws OrganizationError `ORGANIZATION_USER_CONFIGURATION_EXISTS` */
  create(folder: FolderId, name: string, data: UserConfigurationData): Promise<UserConfiguration>;
  /** What is absent stays. False when there is none. */
  update(folder: FolderId, name: string, data: UserConfigurationData): Promise<boolean>;
  delete(folder: FolderId, name: string): Promise<boolean>;
}
