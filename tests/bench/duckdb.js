/*
 * The same questions to DuckDB: counts, failures, max and exact percentiles of
 * a JTL, per label and per label per second.  Prints the time of the queries
 * alone, in seconds, best of RUNS, and the rows of the first for comparison.
 *
 * usage: node duckdb.js MODULES FILE RUNS
 */
'use strict';
const path = require('path');
const {createRequire} = require('module');
const [modules, file, runs] = process.argv.slice(2);
const load = createRequire(path.join(path.resolve(modules), 'x.js'));
const {DuckDBInstance} = load('@duckdb/node-api');

const COLUMNS = `{timeStamp: 'BIGINT', elapsed: 'INTEGER', label: 'VARCHAR',
  responseCode: 'VARCHAR', responseMessage: 'VARCHAR', threadName: 'VARCHAR',
  dataType: 'VARCHAR', success: 'BOOLEAN', failureMessage: 'VARCHAR',
  bytes: 'BIGINT', sentBytes: 'BIGINT', grpThreads: 'INTEGER',
  allThreads: 'INTEGER', URL: 'VARCHAR', Latency: 'INTEGER',
  IdleTime: 'INTEGER', Connect: 'INTEGER'}`;
const FROM = `FROM read_csv('${file.replaceAll("'", "''")}', header = true,
  delim = ',', quote = '"', escape = '"', auto_detect = false,
  columns = ${COLUMNS})`;
const WHAT = `count(*) AS samples, count(*) FILTER (NOT success) AS failed,
  max(elapsed) AS most,
  quantile_disc(elapsed, [0.5, 0.95, 0.99, 0.999]) AS percentiles`;
const TOTALS = `SELECT label, ${WHAT} ${FROM} GROUP BY label ORDER BY label`;
const SECONDS = `SELECT label, timeStamp // 1000 AS second, ${WHAT} ${FROM}
  GROUP BY label, second ORDER BY label, second`;

async function time(connection, query) {
    let best = Infinity, rows;
    for (let i = 0; i < Number(runs); i++) {
        const start = process.hrtime.bigint();
        const reader = await connection.runAndReadAll(query);
        const took = Number(process.hrtime.bigint() - start) / 1e9;
        best = Math.min(best, took);
        rows = reader.getRowsJson();
    }
    return {seconds: best, rows};
}

async function main() {
    const instance = await DuckDBInstance.create(':memory:', {threads: '2'});
    const connection = await instance.connect();
    const totals = await time(connection, TOTALS);
    const seconds = await time(connection, SECONDS);
    console.log(JSON.stringify({
        totals: totals.seconds, seconds: seconds.seconds,
        labels: totals.rows, second_rows: seconds.rows.length,
    }));
}

main().catch((error) => {
    console.error(String(error));
    process.exit(1);
});
