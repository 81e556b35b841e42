import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors } from '../references.ts';

export const workHours: Failure = {
  id: 'FB24b',
  title: 'Work hours start time must be less than or equal to end time',
  message: 'Microsoft.Exchange.InfoWorker.Common.InvalidParameterException: Work hours start time must be less than or equal to end time.',
  texts: ['Work hours start time must be less than or equal to end time.'],
  marks: ['AttendeeWorkHours.Validate', 'Work hours start time must be'],
  directions: ['cloud → cloud'],
  authentication: ['none'],
  underneath: 'Suggestions need everybody’s working hours. One attendee, most often a room in a room list, has hours that end before they begin, and the whole request fails for all of them.',
  causes: [
    {
      id: 'fb24b-hours',
      title: 'A room or person has working hours that end before they begin',
      why: 'A night shift was entered as 22:00 to 06:00, or a script set only one of the two.',
      proof: [{ on: 'cloud', run: 'Get-DistributionGroupMember "<room list>" | Get-MailboxCalendarConfiguration | Format-List Identity, WorkingHoursStartTime, WorkingHoursEndTime, WorkingHoursTimeZone', expect: 'An end before the start' }],
      repair: [{ on: 'cloud', run: 'Set-MailboxCalendarConfiguration <room> -WorkingHoursStartTime 08:00:00 -WorkingHoursEndTime 17:00:00' }],
      risk: 'Suggestions and booking policies of that room follow the new hours.',
    },
    {
      id: 'fb24b-time-zone',
      title: 'A room has no working hours’ time zone',
      why: 'The hours are moved into the asker’s zone; without a zone the result is senseless.',
      proof: [{ on: 'cloud', run: 'Get-MailboxCalendarConfiguration <room> | Format-List WorkingHoursTimeZone', expect: 'Empty' }],
      repair: [{ on: 'cloud', run: 'Set-MailboxCalendarConfiguration <room> -WorkingHoursTimeZone "<time zone>"' }],
      risk: 'Suggestions and booking policies of that room follow the new zone.',
    },
  ],
  check: [{ on: 'client', act: 'Open the room list in the Scheduling Assistant again.' }],
  prevention: 'Set hours and zone of a room in one command when it is made.',
  references: [errorTable('24 (the one after it)'), resolveErrors],
};
