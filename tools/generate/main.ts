/**
 * `npm run generate`: writes all committed files that are made of definitions. They are the contract `openapi.json`, the types
 * of its clients, and a JSON Schema of every event. So are the tables of the local system, and those in the documents.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '../../local/telemetry-settings.ts';
import { synthesizeTableDefinitions } from '../../infra/data/data-template.ts';
import { runCommand, type Verdict } from '../command.ts';
import { clientSource } from './client-source.ts';
import { apiDocument } from './document.ts';
import { DOCUMENTS, withTables } from './document-tables.ts';
import { eventSchemas } from './event-schemas.ts';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const [CONTRACT, TYPES, EVENTS, TABLES] = ['openapi.json', 'client/api.ts', 'events', 'local/tables.json'] as const;

async function generate(): Promise<Verdict> {
  const document = apiDocument();
  writeFileSync(CONTRACT, JSON.stringify(document));
  writeFileSync(TYPES, await clientSource(document));

  // The folder is emptied first, because an event that is gone leaves a file behind.
  rmSync(EVENTS, { recursive: true, force: true });
  mkdirSync(EVENTS);
  for (const [type, schema] of Object.entries(eventSchemas())) {
    writeFileSync(`${EVENTS}/${type}.schema.json`, JSON.stringify(schema));
  }

  writeFileSync(TABLES, JSON.stringify(synthesizeTableDefinitions()));

  for (const file of DOCUMENTS) writeFileSync(file, withTables(readFileSync(file, 'utf8')));

  execFileSync('biome', ['format', '--write', CONTRACT, TYPES, EVENTS, TABLES], { stdio: 'inherit' });
  return 'done';
}

await runCommand({
  name: 'generate',
  call: 'npm run generate',
  does: `Writes all committed files that are made of definitions. They are openapi.json, client/api.ts, the schemas in events,
    local/tables.json and the tables in docs.`,
  options: {},
  run: generate,
});
