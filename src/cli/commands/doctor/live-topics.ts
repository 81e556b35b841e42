/** What `hybridge doctor` looks at live. `freebusy` as part of more is both ways between two people. */
export const liveTopics = ['freebusy', 'hma', 'agent', 'move', 'setup', 'certificates'] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** Who asks for everything asks for what runs; set-up is asked for when the wizard warned. */
export const allTopics: readonly LiveTopic[] = liveTopics.filter((topic) => topic !== 'setup');
