/*
 * The same questions to DuckDB: counts, failures, max and exact percentiles of
 * a JTL, per label ("totals") and per label and second ("seconds").  Each line
 * of standard input asks one; a line of JSON answers it, with the time of the
 * query alone and that of the processors, in seconds.
 *
 * usage: node duckdb.js MODULES FILE
 */
'use strict';
const path = require('path');
const readline = require('readline');
const {createRequire} = require('module');
const [modules, file] = process.argv.slice(2);
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
const QUERY = {
    totals: `SELECT label, ${WHAT} ${FROM} GROUP BY label ORDER BY label`,
    seconds: `SELECT label, timeStamp // 1000 AS second, ${WHAT} ${FROM}
      GROUP BY label, second ORDER BY label, second`,
};

async function main() {
    const instance = await DuckDBInstance.create(':memory:', {threads: '2'});
    const connection = await instance.connect();
    for await (const line of readline.createInterface(process.stdin)) {
        const before = process.cpuUsage();
        const start = process.hrtime.bigint();
        const reader = await connection.runAndReadAll(QUERY[line]);
        const seconds = Number(process.hrtime.bigint() - start) / 1e9;
        const used = process.cpuUsage(before);
        const cpu = (used.user + used.system) / 1e6;
        const rows = line === 'totals' ? reader.getRowsJson()
                                       : reader.currentRowCount;
        console.log(JSON.stringify({seconds, cpu, rows}));
    }
}

main().catch((error) => {
    console.error(String(error));
    process.exit(1);
});
