import { world } from './fault.ts';
import type { Fault } from './fault.ts';
import { notesHost, notesPerson, withNotes } from './notes.ts';

const id = 'fb8-tls-version';

export const notesTls: Fault = {
  id,
  symptom: { asker: 'anna', whom: notesPerson },
  trust: 'any',
  plan: async (sessions, lab) => ({ ...world(id, { kind: 'device', hosts: [notesHost], tls: { maxVersion: 'TLSv1' } }), environment: await withNotes(sessions, lab, id) }),
};
