/** [MS-OXWOOF] UserOofSettings. */
export interface OofSettings {
  state: 'Disabled' | 'Enabled' | 'Scheduled';
  externalAudience: 'None' | 'Known' | 'All';
  /** Of a scheduled absence, milliseconds. */
  duration?: { start: number; end: number };
  internalReply: string;
  externalReply: string;
  /** Language of the replies (RFC 5646), where one was given. */
  language?: string;
}

export const defaultOofSettings: OofSettings = { state: 'Disabled', externalAudience: 'None', internalReply: '', externalReply: '' };

/** Whether somebody with these settings is away at an instant, milliseconds. */
export function isAway({ state, duration }: OofSettings, now: number): boolean {
  return state === 'Enabled' || (state === 'Scheduled' && duration !== undefined && duration.start <= now && now < duration.end);
}
