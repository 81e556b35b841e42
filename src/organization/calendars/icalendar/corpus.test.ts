import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { OrganizationError, readICalendar } from '../../index.ts';

const folder = join(import.meta.dirname, '../../../../../shared/corpus/ics');

/** Files that are refused, each looked at by hand, and the line that is at fault. All others are imported. */
const refused: Readonly<Record<string, string>> = {
  'america_new_york_forward_reference.ics': 'line 5: VEVENT has a second DTSTART',
  'broken_ical.ics': 'line 4: the parameters of DTSTART are malformed: ";"',
  'created_calendar_with_unicode_fields.ics': 'line 20: the event has no DTSTART',
  'empty_RDATE.ics': 'line 6: DAYLIGHT has no place directly in a VCALENDAR',
  'fuzz_testcase_0_char_in_component_name.ics': 'line 1: " " begins outside a VCALENDAR',
  'fuzz_testcase_vtimezone_lone_cr.ics': 'line 1: "VTIMEZONE" begins outside a VCALENDAR',
  'issue_104_broken_calendar.ics': 'line 13: "X" is not a property with a value',
  'issue_1050_uid_in_description.ics': 'line 4: the event "abc" has no DTSTART (and 1 more)',
  'issue_1081_invalid_rrule_freq.ics': 'line 7: RRULE: "FREQ=INVALID_TYPE_CAUSES_ERROR" is not valid',
  'issue_1081_invalid_start_valid_end.ics': 'line 6: DTSTART "INVALID-DATE" is not a date or a time',
  'issue_1561_image_value.ics': 'line 2: the event "uri" has no DTSTART (and 3 more)',
  'issue_1633_rdate_with_dates.ics': 'line 5: RDATE "19970101/19970102" is not a period',
  'issue_168_input.ics': 'line 6: "X-APPLE-RADIUS=49.91307046514149" is not a property with a value',
  'issue_178_custom_component_contains_other.ics': 'line 1: "MYCOMPTOO" begins outside a VCALENDAR',
  'issue_322_expected_calendar.ics': 'line 2: the event has no DTSTART',
  'issue_526_calendar_with_different_events.ics': 'line 7: the time zone "Western/Central Europe" is no known name, and the file does not define it (and 1 more)',
  'issue_526_calendar_with_events.ics': 'line 7: the time zone "Western/Central Europe" is no known name, and the file does not define it (and 1 more)',
  'issue_722_missing_VTIMEZONE_custom.ics': 'line 3: the time zone "CUSTOM_tzid" is no known name, and the file does not define it',
  'issue_798_related_to.ics': 'line 2: the event has no DTSTART (and 1 more)',
  'multiple_timezones.ics': 'line 23: RDATE "083000" is not a date or a time (and 2 more)',
  'parsing_error.ics': 'line 19: EXDATE has no value',
  'rfc_6868.ics': 'line 3: the event has no DTSTART',
  'rfc_7986_image.ics': 'line 2: the event "uri-event" has no DTSTART (and 1 more)',
  'rfc_9253_related_to.ics': 'line 4: the event "19960401-080045-4000F192713.ics" has no DTSTART',
};

test('files of many products: each imported whole, or refused for what is wrong with it', { skip: existsSync(folder) ? false : `there is no ${folder}` }, () => {
  const outcomes: Record<string, string> = {};
  let imported = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ics'))) {
    try {
      readICalendar(readFileSync(join(folder, name)), { timeZone: 'W. Europe Standard Time' });
      imported += 1;
    } catch (error) {
      assert.ok(error instanceof OrganizationError, `${name}: ${String(error)}`);
      outcomes[name] = error.message;
    }
  }
  assert.deepEqual(outcomes, refused);
  assert.equal(imported, 34);
});
