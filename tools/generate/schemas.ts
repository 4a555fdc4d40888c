/** `npm run events:schemas`: writes a JSON Schema of every event to `events/`, for whoever consumes them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventSchemas } from './event-schemas.ts';

const folder = fileURLToPath(new URL('../../events', import.meta.url));

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [type, schema] of Object.entries(eventSchemas())) {
  writeFileSync(join(folder, `${type}.schema.json`), JSON.stringify(schema));
}
execFileSync('biome', ['format', '--write', folder], { stdio: 'inherit' });
