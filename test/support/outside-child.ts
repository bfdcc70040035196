import BetterSqlite from 'better-sqlite3';

const [file = '', copy = ''] = process.argv.slice(2);
const database = new BetterSqlite(file);
database.prepare('select count(*) from events').get();
await database.backup(copy);
database.close();
