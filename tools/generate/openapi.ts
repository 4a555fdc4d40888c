/** `npm run openapi`: writes the contract, `openapi.json`, and the types that its clients are checked with, `client/api.ts`. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '../../local/telemetry-settings.ts';
import { clientSource } from './client-source.ts';
import { apiDocument } from './document.ts';

const [contract, types] = ['openapi.json', 'client/api.ts'].map((file) =>
  fileURLToPath(new URL(`../../${file}`, import.meta.url)),
) as [string, string];

const document = apiDocument();
writeFileSync(contract, JSON.stringify(document));
writeFileSync(types, await clientSource(document));
execFileSync('biome', ['format', '--write', contract, types], { stdio: 'inherit' });
