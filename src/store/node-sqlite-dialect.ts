import type { DatabaseSync, StatementSync, SQLInputValue } from 'node:sqlite';
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';

/** Statements kept prepared per database; the queries of a party are a small fixed set. */
const statementCacheSize = 256;

interface Prepared {
  prepared: StatementSync;
  /** Found out once: asking makes an object for every column. */
  givesRows: boolean;
}

/**
 * Kysely over `node:sqlite`. One connection: transactions take turns, each waits for the one before it.
 * Rows come back as plain objects; integers as numbers.
 */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(database),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function createDriver(database: DatabaseSync): Driver {
  const statements = new Map<string, Prepared>();
  const prepare = (sql: string): Prepared => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      const prepared = database.prepare(sql);
      statement = { prepared, givesRows: prepared.columns().length > 0 };
      if (statements.size >= statementCacheSize) {
        const oldest = statements.keys().next();
        if (oldest.done !== true) statements.delete(oldest.value);
      }
      statements.set(sql, statement);
    }
    return statement;
  };
  const connection: DatabaseConnection = {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const { prepared, givesRows } = prepare(query.sql);
      const parameters = query.parameters as SQLInputValue[];
      if (givesRows) return { rows: prepared.all(...parameters) as Row[] };
      const { changes, lastInsertRowid } = prepared.run(...parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    },
    async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
      for (const row of prepare(query.sql).prepared.iterate(...(query.parameters as SQLInputValue[]))) yield { rows: [row as Row] };
    },
  };
  let last: Promise<void> = Promise.resolve();
  let release: () => void = () => undefined;
  return {
    async init() {},
    async acquireConnection() {
      const before = last;
      let free: () => void = () => undefined;
      last = new Promise((resolve) => (free = resolve));
      await before;
      release = free;
      return connection;
    },
    async releaseConnection() {
      release();
    },
    async beginTransaction() {
      database.exec('begin immediate');
    },
    async commitTransaction() {
      database.exec('commit');
    },
    async rollbackTransaction() {
      database.exec('rollback');
    },
    async destroy() {
      statements.clear();
      database.close();
    },
  };
}
