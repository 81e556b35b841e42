/**
 * Contoso's people: names, addresses, working hours and calendars, made up from a seed. Plain data; nothing here knows
 * how an organisation stores it, and nobody in it exists.
 */
export { generatePeople } from './generate-people.ts';
export type { GeneratePeopleOptions, LabPeople, LabPerson } from './lab-person.ts';
