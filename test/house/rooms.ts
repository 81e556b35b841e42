/** A room of src/ and the rooms that it may import, besides `foundation`, which all may. A room that is not here may not exist. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  foundation: [],
  store: [],
  xml: [],
  service: [],
  tunnel: [],
  identity: ['store', 'xml'],
  organization: ['store', 'identity'],
  agent: ['tunnel', 'service'],
  relay: ['store', 'tunnel', 'identity'],
  // docs/decisions/0014-mail-between-organisations.md.
  transport: ['organization', 'identity'],
  ews: ['xml', 'identity', 'organization', 'transport'],
  availability: ['ews', 'identity', 'organization'],
  migration: ['ews', 'identity', 'organization'],
  // `xml`: docs/decisions/0011-management-reads-clixml.md.
  management: ['organization', 'identity', 'availability', 'migration', 'ews', 'tunnel', 'xml'],
  premises: ['management', 'availability', 'migration', 'ews', 'identity', 'organization', 'transport'],
  doctor: ['management', 'ews', 'identity', 'tunnel', 'xml'],
  wizard: ['doctor', 'management', 'identity', 'tunnel'],
  // `organization`, `ews`, `management`: docs/decisions/0004-lab-may-use-organization.md.
  lab: ['premises', 'relay', 'agent', 'identity', 'wizard', 'doctor', 'management', 'organization', 'ews'],
  console: ['wizard', 'doctor', 'lab', 'management'],
  cli: [
    'service',
    'store',
    'xml',
    'tunnel',
    'identity',
    'organization',
    'transport',
    'agent',
    'relay',
    'ews',
    'availability',
    'migration',
    'management',
    'premises',
    'doctor',
    'wizard',
    'lab',
    'console',
  ],
};

/** Rooms that must not be reached, not even through others: the agent stays a small program without data. */
export const unreachable: Readonly<Record<string, readonly string[]>> = {
  agent: ['organization', 'store', 'identity', 'relay', 'ews', 'premises', 'lab', 'cli'],
  tunnel: ['relay', 'agent', 'organization'],
};

/** Rooms without a door, because nobody enters them. */
export const doorless: readonly string[] = ['cli'];
