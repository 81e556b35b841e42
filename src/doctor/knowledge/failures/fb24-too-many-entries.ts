import type { Failure } from '../failure.ts';
import { errorTable, resolveErrorsAt } from '../references.ts';

export const tooManyEntries: Failure = {
  id: 'FB24',
  title: 'The result set contains too many calendar entries',
  message: 'Exception: The result set contains too many calendar entries. The allowed size = 1000; the actual size = …',
  texts: ['The result set contains too many calendar entries. The allowed size = … the actual size ='],
  marks: ['LID: 54796', 'ResultSetTooBigException', 'ErrorResultSetTooBig'],
  directions: ['cloud → cloud'],
  authentication: ['none'],
  underneath: 'The responder expands every recurring meeting in the window that was asked for and stops at 1000 entries, rather than give a truncated picture.',
  causes: [
    {
      id: 'fb24-busy-calendar',
      title: 'The calendar has more entries in the window than are allowed',
      why: 'Room, team and imported calendars reach it, most of all with a window of weeks.',
      proof: [{ on: 'cloud', run: 'Get-MailboxFolderStatistics <person> -FolderScope Calendar | Format-List ItemsInFolder', expect: 'Thousands' }],
      repair: [{ on: 'client', act: 'Ask for a shorter window, or delete doubled imports and ended recurring meetings from that calendar.' }],
      risk: 'Deleted entries are gone for the owner too: let the owner do it.',
    },
  ],
  check: [{ on: 'client', act: 'Look the same person up for one day.' }],
  prevention: 'Do not let applications write log-like entries into calendars that are looked up.',
  references: [errorTable('24'), resolveErrorsAt('54796'), { title: 'Microsoft Support 2962513', url: 'https://support.microsoft.com/help/2962513/you-can-t-view-free-busy-information-on-another-user-s-calendar-in-exc' }],
};
