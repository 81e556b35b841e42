import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as assertProperty, anything, dictionary, property, string } from 'fast-check';
import { ManagementError } from '../management-error.ts';
import { bindParameters } from './bind-parameters.ts';
import { applyMultiValued } from './parameter-definition.ts';
import type { ParameterDefinition, ParameterDefinitions } from './parameter-definition.ts';

const definitions = {
  Identity: { type: 'string', mandatory: true, position: 0, description: '' },
  Enabled: { type: 'boolean', description: '' },
  EndDate: { type: 'dateTime', aliases: ['Until'], description: '' },
  DomainNames: { type: 'domain', many: true, description: '' },
  Level: { type: ['None', 'LimitedDetails'], description: '' },
  TargetSharingEpr: { type: 'url', nullable: true, side: 'Cloud', description: '' },
  Force: { type: 'switch', ignored: true, description: '' },
} as const satisfies ParameterDefinitions;

const bind = (given: Record<string, unknown>, side: 'OnPremises' | 'Cloud' = 'Cloud'): Record<string, unknown> => ({ ...bindParameters({ definitions, changes: true, side }, given).parameters });
const refused = (given: Record<string, unknown>, code: string, message?: RegExp): void => assert.throws(() => bind({ Identity: 'x', ...given }), { code, ...(message === undefined ? {} : { message }) });

test('names bind in any case, by alias, and by a beginning that fits one parameter', () => {
  assert.deepEqual(bind({ IDENTITY: 'x', '-enabled': true }), { Identity: 'x', Enabled: true });
  assert.deepEqual(bind({ id: 'x', until: '2026-11-21', Dom: 'a.test' }), { Identity: 'x', EndDate: Date.UTC(2026, 10, 21), DomainNames: { replace: ['a.test'] } });
  refused({ En: true }, 'MANAGEMENT_PARAMETER_AMBIGUOUS', /parameter name 'En' is ambiguous\. Possible matches include: -Enabled -EndDate\./);
  refused({ Foo: 1 }, 'MANAGEMENT_PARAMETER_UNKNOWN', /^A parameter cannot be found that matches parameter name 'Foo'\.$/);
  refused({ '': 1 }, 'MANAGEMENT_PARAMETER_UNKNOWN');
  refused({ identity: 'y' }, 'MANAGEMENT_PARAMETER_REPEATED', /specified more than once/);
});

test('a missing mandatory parameter is named', () => {
  assert.throws(() => bind({}), { code: 'MANAGEMENT_PARAMETER_MISSING', message: 'Cannot process command because of one or more missing mandatory parameters: Identity.' });
});

test('the shell’s own parameters are taken and not handed on', () => {
  assert.deepEqual(bind({ Identity: 'x', ErrorAction: 'Stop', wa: 'Ignore', Verb: true, Force: true, Confirm: false }), { Identity: 'x' });
  assert.equal(bindParameters({ definitions, changes: true }, { Identity: 'x', WhatIf: true }).whatIf, true);
  assert.equal(bindParameters({ definitions, changes: true }, { Identity: 'x', wi: { IsPresent: true } }).whatIf, true);
  assert.throws(() => bindParameters({ definitions, changes: false }, { Identity: 'x', WhatIf: true }), { code: 'MANAGEMENT_PARAMETER_UNKNOWN' });
});

test('a parameter of the other side does not exist', () => {
  assert.deepEqual(bind({ Identity: 'x', TargetSharingEpr: 'https://a.test/' }), { Identity: 'x', TargetSharingEpr: 'https://a.test/' });
  assert.throws(() => bind({ Identity: 'x', TargetSharingEpr: 'https://a.test/' }, 'OnPremises'), { code: 'MANAGEMENT_PARAMETER_UNKNOWN' });
});

test('null empties what may be empty', () => {
  assert.deepEqual(bind({ Identity: 'x', TargetSharingEpr: null, DomainNames: null }), { Identity: 'x', TargetSharingEpr: null, DomainNames: { replace: [] } });
  refused({ Enabled: null }, 'MANAGEMENT_PARAMETER_INVALID', /Cannot bind argument to parameter 'Enabled' because it is null\./);
  assert.throws(() => bind({ Identity: '' }), { code: 'MANAGEMENT_PARAMETER_INVALID', message: "Cannot bind argument to parameter 'Identity' because it is an empty string." });
});

function single(type: ParameterDefinition['type'], value: unknown): unknown {
  return bindParameters({ definitions: { Value: { type, description: '' } }, changes: false }, { Value: value }).parameters['Value'];
}

test('values become what their type says', () => {
  for (const [type, value, expected] of [
    ['boolean', '$True', true],
    ['boolean', 'false', false],
    ['boolean', 0, false],
    ['integer', '2048', 2048],
    ['resultSize', 'unlimited', Infinity],
    ['resultSize', 10, 10],
    ['smtpAddress', 'SMTP:bert@contoso.test', 'bert@contoso.test'],
    ['guid', '{6CA7C832-49A2-4A5D-AEAE-A616F6D4B8E7}', '6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7'],
    ['thumbprint', '\u200e51 13 ae 02 33 a7 2f cc b7 5b 1d 01 98 62 86 75 33 3d 01 0e', '5113AE0233A72FCCB75B1D0198628675333D010E'],
    ['dateTime', '4/17/2013', Date.UTC(2013, 3, 17)],
    ['dateTime', '11/21/2026 1:05:06 PM', Date.UTC(2026, 10, 21, 13, 5, 6)],
    ['dateTime', '12/1/2026 12:00 AM', Date.UTC(2026, 11, 1)],
    ['dateTime', '2026-11-21T09:00:00+01:00', Date.UTC(2026, 10, 21, 8)],
    ['dateTime', '2026-11-21 09:00', Date.UTC(2026, 10, 21, 9)],
    ['timeOfDay', '08:30:00', 510],
    [['None', 'LimitedDetails'], 'limiteddetails', 'LimitedDetails'],
    ['string', ['only'], 'only'],
    ['string', 5, '5'],
  ] as const) {
    assert.deepEqual(single(type, value), expected, `${String(type)} ${String(value)}`);
  }
});

test('values that are not what their type says are refused in PowerShell’s words', () => {
  for (const [type, value, message] of [
    ['boolean', 'yes', /Cannot convert value "yes" to type "System\.Boolean"\. Boolean parameters accept only Boolean values and numbers/],
    ['integer', '2e3', /System\.Int32/],
    ['integer', 1.5, /System\.Int32/],
    ['url', 'not a url', /System\.Uri/],
    ['smtpAddress', 'bert', /isn't a valid SMTP address/],
    ['domain', 'a b', /isn't a valid SMTP domain/],
    ['guid', 'x', /System\.Guid/],
    ['thumbprint', 'AB', /40 hexadecimal digits/],
    ['dateTime', '13/40/2026', /System\.DateTime/],
    ['dateTime', '2/30/2026', /System\.DateTime/],
    ['dateTime', 'tomorrow', /System\.DateTime/],
    ['timeOfDay', '25:00', /System\.TimeSpan/],
    ['timeOfDay', '08:00:30', /System\.TimeSpan/],
    [['None', 'LimitedDetails'], 'All', /Unable to match the identifier name All to a valid enumerator name\. Specify one of the following enumerator names and try again: None, LimitedDetails/],
    ['string', { a: 1 }, /A text was expected/],
    ['string', 'x'.repeat(70_000), /longer than 65536/],
  ] as const) {
    assert.throws(() => single(type, value), { code: 'MANAGEMENT_PARAMETER_INVALID', message }, JSON.stringify([type, value]).slice(0, 60));
  }
});

test('a list is replaced, or changed by a hashtable', () => {
  const many = (value: unknown): unknown => bind({ Identity: 'x', DomainNames: value })['DomainNames'];
  assert.deepEqual(many(['a.test', 'b.test']), { replace: ['a.test', 'b.test'] });
  assert.deepEqual(many({ '@odata.type': '#Exchange.GenericHashTable', ADD: 'c.test', remove: ['A.test'] }), { add: ['c.test'], remove: ['A.test'] });
  refused({ DomainNames: { append: 'x.test' } }, 'MANAGEMENT_PARAMETER_INVALID', /keys Add and Remove, not 'append'/);
  refused({ DomainNames: ['a.test', 'not ok'] }, 'MANAGEMENT_PARAMETER_INVALID');
  assert.deepEqual(applyMultiValued(['A.test', 'b.test'], { add: ['c.test', 'B.TEST'], remove: ['a.TEST'] }), ['B.TEST', 'c.test']);
  assert.deepEqual(applyMultiValued(['A.test'], { replace: ['x.test', 'X.test'] }), ['X.test']);
});

test('nothing that can come as JSON makes binding fail otherwise', () => {
  assertProperty(
    property(dictionary(string(), anything()), (given) => {
      try {
        bindParameters({ definitions, changes: true }, given);
      } catch (error) {
        assert.ok(error instanceof ManagementError, String(error));
      }
    }),
  );
});
