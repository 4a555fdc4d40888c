import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { synthesizeTableDefinitions } from '../../infra/data/data-template.ts';
import { TABLE_DEFINITIONS } from '../../local/table-definitions.ts';
import { ENDPOINTS } from '../../shared/contract/endpoints.ts';
import { PROBLEMS } from '../../shared/contract/problems.ts';
import { limit } from '../../shared/contract/schemas.ts';
import { clientSource } from '../../tools/generate/client-source.ts';
import { apiDocument } from '../../tools/generate/document.ts';

const STALE = 'the contract has changed: write it anew with `npm run generate`, and look at what changed for clients';
const document = JSON.parse(JSON.stringify(apiDocument()));
const text = JSON.stringify(document);

describe('the committed files', () => {
  it('the committed contract is the one that the code makes', () => {
    expect(JSON.parse(readFileSync('openapi.json', 'utf8')), STALE).toEqual(document);
  });

  it('the committed client has the types of that contract', async () => {
    const input = await clientSource(document);
    const formatted = execFileSync('biome', ['format', '--stdin-file-path=client/api.ts'], { input, encoding: 'utf8' });
    expect(readFileSync('client/api.ts', 'utf8') === formatted, STALE).toBe(true);
  });
});

describe('the tables of the local system', () => {
  it('the tables of both engines are those of the data stack', () => {
    expect(TABLE_DEFINITIONS, 'write them anew with `npm run generate`').toEqual(synthesizeTableDefinitions());
  });
});

describe('the contract', () => {
  it.each(Object.entries(PROBLEMS))(
    'the contract documents the problem %s',
    (slug, { title, status, means, lifts }) => {
      const schemas: { properties?: Record<string, { const?: unknown }>; description?: string }[] = Object.values(
        document.components.schemas,
      );
      const schema = schemas.find(({ properties }) => properties?.type?.const === `/problems/${slug}`);
      expect(schema?.properties).toMatchObject({ title: { const: title }, status: { const: status } });
      expect(schema?.description).toBe(`${means} ${lifts}`);
      expect([means, lifts]).toEqual([expect.stringMatching(/^[A-Z].*\.$/), expect.stringMatching(/^[A-Z].*\.$/)]);
    },
  );

  it('the contract closes requests, and leaves responses open to fields of later versions', () => {
    expect(document.paths['/v1/inmails'].post.requestBody.content['application/json'].schema).toMatchObject({
      additionalProperties: false,
    });
    expect(JSON.stringify(document.components)).not.toContain('additionalProperties');
  });

  it('the contract states the longest text, though the schema counts characters in its own way', () => {
    const { properties } = document.paths['/v1/inmails'].post.requestBody.content['application/json'].schema;
    expect([properties.subject.maxLength, properties.body.maxLength]).toEqual([200, 1_900]);
  });

  it('the contract bounds the length of a page of results as the schema does', () => {
    const { parameters } = document.paths['/v1/inmails'].get;
    const { schema } = parameters.find(({ name }: { name: string }) => name === 'limit');
    const taken = [schema.minimum - 1, schema.minimum, schema.maximum, schema.maximum + 1].map(
      (value) => limit.safeParse(String(value)).success,
    );
    expect(taken).toEqual([false, true, true, false]);
  });

  it('the contract bounds every text', () => {
    const texts = [...text.matchAll(/\{"type":"string"[^{}]*\}/g)].map(([schema]) => JSON.parse(schema));
    expect(texts.length).toBeGreaterThan(40);
    for (const schema of texts) {
      expect(Object.keys(schema).join()).toMatch(/maxLength|pattern|enum|const|format/);
    }
  });

  it.each(ENDPOINTS)('the contract has an example of every response of $name', ({ name, responses: promised }) => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods as object));
    const { responses } = operations.find(({ operationId }) => operationId === name);
    for (const [status, { json, csv }] of Object.entries(promised)) {
      if (json) expect(responses[status].content['application/json']).toHaveProperty('examples');
      if (csv) expect(responses[status].content['text/csv']).toHaveProperty('examples');
    }
  });
});
