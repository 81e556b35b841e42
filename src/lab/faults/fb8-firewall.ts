import { world } from './fault.ts';
import type { Fault } from './fault.ts';
import { notesHost, notesPerson, withNotes } from './notes.ts';

const id = 'fb8-firewall';

export const notesFirewall: Fault = {
  id,
  symptom: { asker: 'anna', whom: notesPerson },
  trust: 'any',
  plan: async (sessions, lab) => ({ ...world(id, { kind: 'cut', hosts: [notesHost], at: 'handshake' }), environment: await withNotes(sessions, lab, id) }),
};
