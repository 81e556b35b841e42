import { EwsFault } from '../codec/ews-fault.ts';
import type { namedVersions, RequestServerVersion } from '../codec/server-version.ts';

/** Which schema brought an operation ("EWS operations in Exchange", EWS reference); the rest is of Exchange 2007. */
const introducedIn: Readonly<Record<string, (typeof namedVersions)[number]>> = {
  AddDelegate: 'Exchange2007_SP1',
  ConvertId: 'Exchange2007_SP1',
  GetDelegate: 'Exchange2007_SP1',
  RemoveDelegate: 'Exchange2007_SP1',
  UpdateDelegate: 'Exchange2007_SP1',
  EmptyFolder: 'Exchange2010',
  GetMailTips: 'Exchange2010',
  GetRoomLists: 'Exchange2010',
  GetRooms: 'Exchange2010',
  GetServerTimeZones: 'Exchange2010',
  GetUserConfiguration: 'Exchange2010',
  ExportItems: 'Exchange2010_SP1',
  GetStreamingEvents: 'Exchange2010_SP1',
  UploadItems: 'Exchange2010_SP1',
  FindPeople: 'Exchange2013',
  MarkAllItemsAsRead: 'Exchange2013',
};

/**
 * Refuses an operation that the schema of the request does not have yet. The text is the one that Exchange is known to give.
 *
 * @throws EwsFault `ErrorIncorrectSchemaVersion`
 */
export function checkIntroduction(operation: string, version: RequestServerVersion): void {
  const introduction = introducedIn[operation];
  if (introduction === undefined || version.isFrom(introduction)) return;
  throw new EwsFault('ErrorIncorrectSchemaVersion', 'The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  Ensure that the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.');
}
