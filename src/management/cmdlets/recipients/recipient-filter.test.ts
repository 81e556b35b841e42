import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRecipientFilter } from './recipient-filter.ts';

const row = { Alias: 'bert', DisplayName: "Bert O'Hara", EmailAddresses: ['SMTP:bert@contoso.test', 'smtp:b@contoso.test'], AccountDisabled: false, ImmutableId: null, Size: 12 };

test('filters say what fits', () => {
  for (const [filter, fits] of [
    ["Alias -eq 'BERT'", true],
    ["alias -like 'b*' -and AccountDisabled -eq $false", true],
    ["Alias -ne 'bert' -or DisplayName -eq 'Bert O''Hara'", true],
    ["-not (Alias -like 'b*')", false],
    ["EmailAddresses -like '*@contoso.test' -and EmailAddresses -notlike 'c@*'", true],
    ["EmailAddresses -eq 'b@contoso.test'", true],
    ['ImmutableId -eq $null', true],
    ['ImmutableId -ne $null', false],
    ['Nothing -eq $null', true],
    ['Size -gt 9 -and Size -le 12', true],
    ["Alias -eq 'x' -or Alias -eq 'bert' -and Size -lt 5", false],
    ["(Alias -eq 'x' -or Alias -eq \"bert\") -and Size -ge 5", true],
  ] as const) {
    assert.equal(readRecipientFilter(filter)(row), fits, filter);
  }
});

test('what is no filter is refused, however it is made', () => {
  for (const filter of ['', 'Alias', 'Alias -eq', "Alias -match 'x'", "Alias -eq 'x' -and", "(Alias -eq 'x'", "Alias -eq 'x')", "Alias -eq 'x' 'y'", "'Alias' -eq 'x'", '('.repeat(1000), '-not '.repeat(1000)]) {
    assert.throws(() => readRecipientFilter(filter), { code: 'MANAGEMENT_PARAMETER_INVALID' }, filter.slice(0, 40));
  }
});
