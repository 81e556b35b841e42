import type { PropertyKey } from './property.ts';

/** What a comparison may compare with: a constant, or another property of the same item. */
export type RestrictionOperand = { constant: string | number | boolean | Uint8Array } | { key: PropertyKey };

export type ComparisonOperator = 'IsEqualTo' | 'IsNotEqualTo' | 'IsGreaterThan' | 'IsGreaterThanOrEqualTo' | 'IsLessThan' | 'IsLessThanOrEqualTo';

/** [MS-OXWSSRCH] ContainmentModeType. */
export type ContainmentMode = 'FullString' | 'Prefixed' | 'Substring' | 'PrefixOnWords' | 'ExactPhrase';

/** [MS-OXWSSRCH] ContainmentComparisonType; what also ignores non-spacing characters ignores case where its name says so. */
export type ContainmentComparison = 'Exact' | 'IgnoreCase' | 'IgnoreNonSpacingCharacters' | 'Loose' | 'IgnoreCaseAndNonSpacingCharacters' | 'LooseAndIgnoreCase' | 'LooseAndIgnoreNonSpace' | 'LooseAndIgnoreCaseAndIgnoreNonSpace';

/**
 * A search filter ([MS-OXWSSRCH] RestrictionType). An item without the property fails every comparison except
 * `IsNotEqualTo`. Strings are compared without regard to case, also by `IsEqualTo` (*unverified* for Exchange).
 */
export type Restriction =
  | { type: 'And'; of: readonly Restriction[] }
  | { type: 'Or'; of: readonly Restriction[] }
  | { type: 'Not'; of: Restriction }
  | { type: ComparisonOperator; key: PropertyKey; to: RestrictionOperand }
  | { type: 'Contains'; key: PropertyKey; value: string; mode: ContainmentMode; comparison: ContainmentComparison }
  | { type: 'Exists'; key: PropertyKey }
  /** True where any bit of the mask is **not** set ([MS-OXWSSRCH] ExcludesType). */
  | { type: 'Excludes'; key: PropertyKey; bitmask: number };

/** At most three are used; items with equal keys come by age. */
export interface SortBy {
  key: PropertyKey;
  direction: 'Ascending' | 'Descending';
}

/** Entries with equal values come together; groups are ordered by the least or greatest value that another property has in them. */
export interface GroupBy {
  key: PropertyKey;
  direction: 'Ascending' | 'Descending';
  aggregateKey: PropertyKey;
  aggregate: 'Minimum' | 'Maximum';
}
