import type { Stored } from '../../organization/index.ts';
import type { OutputObject } from './define-cmdlet.ts';

/** What every directory object ends with, in published order. */
export function objectTail(object: { name: string; identity: string; guid: string; whenCreated: number; whenChanged: number }): OutputObject {
  const created = new Date(object.whenCreated).toISOString();
  const changed = new Date(object.whenChanged).toISOString();
  return {
    Name: object.name,
    Identity: object.identity,
    Guid: object.guid,
    WhenChanged: changed,
    WhenCreated: created,
    WhenChangedUTC: changed,
    WhenCreatedUTC: created,
    Id: object.identity,
    IsValid: true,
    ObjectState: 'Unchanged',
  };
}

/** A configuration object as its Get- cmdlet shows it. */
export function configurationOutput(stored: Stored): OutputObject {
  return { ...stored.properties, ...objectTail({ ...stored, identity: stored.name }) };
}
