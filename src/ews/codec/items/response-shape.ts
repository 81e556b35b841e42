import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault } from '../ews-fault.ts';
import { readBoolean, readEnumeration, readInteger, readSequence, required } from '../schema-reader.ts';
import type { PropertyPath } from './property-path.ts';
import { decodePath } from './property-path.ts';

const baseShapes = ['IdOnly', 'Default', 'AllProperties', 'PcxPeopleSearch'] as const;

/** What of each item or folder an answer holds ([MS-OXWSCDATA] ItemResponseShapeType, FolderResponseShapeType). */
export interface ResponseShape {
  base: 'IdOnly' | 'Default' | 'AllProperties';
  additional: readonly PropertyPath[];
  includeMimeContent: boolean;
  bodyType: 'Best' | 'HTML' | 'Text';
  /** Characters; a longer body is cut, and marked so. */
  maximumBodySize?: number;
}

export const idOnly: ResponseShape = { base: 'IdOnly', additional: [], includeMimeContent: false, bodyType: 'Best' };

/** Some clients ask for two hundred; nobody for thousands. */
const maximumPaths = 1_000;

/** Reads ItemShape, FolderShape and AttachmentShape. @throws EwsFault `ErrorSchemaValidation`, `ErrorInvalidExtendedProperty` */
export function decodeResponseShape(element: XmlElement): ResponseShape {
  const parts = readSequence(element, [
    { name: 'BaseShape', optional: element.local === 'AttachmentShape' },
    ...['IncludeMimeContent', 'BodyType', 'UniqueBodyType', 'NormalizedBodyType', 'FilterHtmlContent', 'ConvertHtmlCodePageToUTF8', 'InlineImageUrlTemplate', 'BlockExternalImages', 'AddBlankTargetToLinks', 'MaximumBodySize', 'AdditionalProperties'].map((name) => ({ name, optional: true })),
  ]);
  const base = parts['BaseShape'] === undefined ? 'AllProperties' : readEnumeration(required(element, parts['BaseShape'], 'BaseShape'), baseShapes, 'DefaultShapeNamesType');
  const additional = parts['AdditionalProperties']?.children ?? [];
  if (additional.length > maximumPaths) throw new EwsFault('ErrorInvalidRequest', `The request is invalid: more than ${maximumPaths} additional properties.`);
  const size = parts['MaximumBodySize'];
  return {
    base: base === 'PcxPeopleSearch' ? 'Default' : base,
    additional: additional.map(decodePath),
    includeMimeContent: parts['IncludeMimeContent'] === undefined ? false : readBoolean(parts['IncludeMimeContent']),
    bodyType: parts['BodyType'] === undefined ? 'Best' : readEnumeration(parts['BodyType'], ['Best', 'HTML', 'Text'], 'BodyTypeResponseType'),
    ...(size === undefined ? {} : { maximumBodySize: readInteger(size, 0) }),
  };
}
