/** Writes the generated tables of the documents. */
import { readFileSync, writeFileSync } from 'node:fs';
import { DOCUMENTS, withTables } from './document-tables.ts';

for (const file of DOCUMENTS) writeFileSync(file, withTables(readFileSync(file, 'utf8')));
