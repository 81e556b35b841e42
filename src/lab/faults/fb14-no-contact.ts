import type { Fault } from './fault.ts';
import { notesPerson, withNotes } from './notes.ts';

const id = 'fb14-no-contact';

/** The address space is there, and nobody made a contact for the person. */
export const noContact: Fault = {
  id,
  symptom: { asker: 'anna', whom: notesPerson },
  trust: 'any',
  plan: async (sessions, lab) => ({
    environment: await withNotes(sessions, lab, id),
    inject: [{ session: 'Cloud', cmdlet: 'Remove-MailContact', parameters: { Identity: notesPerson, Confirm: false } }],
    undo: [{ session: 'Cloud', cmdlet: 'New-MailContact', parameters: { Name: 'Nora (Notes)', Alias: 'nora-notes', ExternalEmailAddress: notesPerson } }],
  }),
};
