import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { LabError } from '../lab-error.ts';
import type { ConditionInput } from './condition.ts';

export interface ConditionClient {
  set(id: string, condition: ConditionInput): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Changes the world of a running lab from another process. */
export function createConditionClient({ url, key, httpClient }: { url: string; key: string; httpClient: Dispatcher }): ConditionClient {
  const send = async (method: 'PUT' | 'DELETE', id: string, body?: ConditionInput): Promise<void> => {
    const response = await request(`${url}/conditions/${encodeURIComponent(id)}`, {
      dispatcher: httpClient,
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.body.text();
    if (response.statusCode !== 200) throw new LabError('LAB_CONDITION_REFUSED', `The lab refused to change ${id}: ${text}`, { facts: { id, status: response.statusCode } });
  };
  return { set: (id, condition) => send('PUT', id, condition), remove: (id) => send('DELETE', id) };
}
