import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sources = (pattern: string) => globSync(pattern).map((file) => ({ file, text: readFileSync(file, 'utf8') }));

describe('the house', () => {
  it.each(sources('{shared/domain,shared/store,functions}/**/*.ts'))(
    '$file takes time, chance and environment from its caller',
    ({ text }) => {
      // Arithmetic on a given instant is no clock: only a Date without argument, or Date.now, reads one.
      const reads = text.match(/Date\.now\(|new (UTC)?Date\(\)|Math\.random|randomUUID|process\.env|performance\.now/g);
      expect(reads).toBeNull();
    },
  );

  it.each(sources('{infra,functions,shared,local,tools,bench,web,test}/**/*.{ts,tsx}'))(
    '$file has 250 lines at the most',
    ({ text, file }) => {
      // A suite that every store runs, and the suites of tables, are lists: they are read by their headings.
      const most = file.startsWith('test/') ? 400 : 250;
      expect(text.split('\n').length).toBeLessThanOrEqual(most);
    },
  );

  it.each(sources('{infra,functions,shared,local,tools,bench,web,test}/**/*.{ts,tsx}'))(
    '$file is named after an act or a thing',
    ({ file }) => {
      expect(file).toMatch(/^[a-z0-9/.-]+$/);
      expect(file).not.toMatch(/\b(utils?|helpers?|common|misc|types)\b/);
    },
  );

  it.each(sources('{infra,functions,shared,local,tools,bench,web}/**/*.{ts,tsx}'))(
    '$file leaves nothing for later',
    ({ text }) => {
      expect(text).not.toMatch(/\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|expect-error|nocheck)|biome-ignore/);
    },
  );
});
