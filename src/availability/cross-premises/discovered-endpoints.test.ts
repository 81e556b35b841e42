import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDiscoveredEndpoints } from './discovered-endpoints.ts';

const place = { discoveryEndpoint: 'https://autodiscover.test/autodiscover.svc', domain: 'a.test' };
const url = 'https://ews.test/EWS/Exchange.asmx';

test('keeps an endpoint for its time, a domain and an Autodiscover endpoint each for itself', () => {
  let now = 1000;
  const endpoints = createDiscoveredEndpoints({ clock: { now: () => now }, keepMs: 100, version: () => 1 });
  endpoints.set(place, url);
  assert.equal(endpoints.get({ ...place, domain: 'A.TEST' }), url);
  assert.equal(endpoints.get({ ...place, domain: 'b.test' }), undefined);
  assert.equal(endpoints.get({ ...place, discoveryEndpoint: 'https://other.test/' }), undefined);
  now = 1099;
  assert.equal(endpoints.get(place), url);
  now = 1100;
  assert.equal(endpoints.get(place), undefined);
  now = 999;
  assert.equal(endpoints.get(place), undefined, 'a clock that was set back does not make an answer last longer');
});

test('what was learnt under another configuration is not used', () => {
  let version = 1;
  const endpoints = createDiscoveredEndpoints({ clock: { now: () => 0 }, keepMs: 100, version: () => version });
  endpoints.set(place, url);
  version = 2;
  assert.equal(endpoints.get(place), undefined);
});

test('no time to keep is no keeping', () => {
  const endpoints = createDiscoveredEndpoints({ clock: { now: () => 0 }, keepMs: 0, version: () => 1 });
  endpoints.set(place, url);
  assert.equal(endpoints.get(place), undefined);
});

test('an endpoint that failed is dropped, a newer one is not', () => {
  const endpoints = createDiscoveredEndpoints({ clock: { now: () => 0 }, keepMs: 100, version: () => 1 });
  endpoints.set(place, 'https://new.test/');
  endpoints.forget(place, url);
  assert.equal(endpoints.get(place), 'https://new.test/');
  endpoints.forget(place, 'https://new.test/');
  assert.equal(endpoints.get(place), undefined);
});

test('is bounded', () => {
  const endpoints = createDiscoveredEndpoints({ clock: { now: () => 0 }, keepMs: 100, version: () => 1, capacity: 3 });
  for (let index = 0; index < 10; index += 1) endpoints.set({ ...place, domain: `${index}.test` }, url);
  const kept = Array.from({ length: 10 }, (_, index) => endpoints.get({ ...place, domain: `${index}.test` })).filter((one) => one !== undefined);
  assert.equal(kept.length, 3);
});

test('one asks and the others wait for it; after that the next one asks again', async () => {
  const endpoints = createDiscoveredEndpoints({ clock: { now: () => 0 }, keepMs: 100, version: () => 1 });
  const answer = Promise.withResolvers<string | undefined>();
  let asked = 0;
  const discover = (): Promise<string | undefined> => {
    asked += 1;
    return answer.promise;
  };
  const finding = [1, 2, 3].map(() => endpoints.find(place, discover));
  const elsewhere = endpoints.find({ ...place, domain: 'b.test' }, () => Promise.resolve('other'));
  answer.resolve(undefined);
  assert.deepEqual(await Promise.all(finding), [undefined, undefined, undefined]);
  assert.equal(await elsewhere, 'other');
  assert.equal(asked, 1);
  await endpoints.find(place, discover);
  assert.equal(asked, 2);
});
