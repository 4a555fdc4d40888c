import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stageNamed } from '../../infra/stages.ts';
import { QUERIES } from '../../infra/watch/queries.ts';
import { type Properties, resourcesOf, synthesizeTemplates } from '../infra/synthesized.ts';

const text = readFileSync(new URL('../../docs/console.md', import.meta.url), 'utf8');
const templates = Object.values(synthesizeTemplates(stageNamed('dev')));

/** The properties by which the console lists a resource. */
const NAMES = ['TableName', 'QueueName', 'FunctionName', 'UserPoolName', 'DashboardName'];
const all = templates.flatMap(
  (template) => Object.values(template.toJSON().Resources) as { Type: string; Properties: Properties }[],
);
const named = new Set(
  all.flatMap(({ Type, Properties }) => [
    ...NAMES.map((name) => Properties[name]),
    ...(/::Schedule(Group)?$/.test(Type) ? [Properties.Name] : []),
  ]),
);

describe('docs/console.md', () => {
  it('the document docs/console.md asks ten questions', () => {
    expect(text.match(/^## \d+\. .*\?$/gm)).toHaveLength(10);
  });

  it('the document docs/console.md names only things that the templates hold', () => {
    const mentioned = [...text.matchAll(/`((?:inmail-credits-dev|renew-wallets)[\w-]*)`/g)].map(([, name]) => name);
    expect(mentioned.length).toBeGreaterThan(12);
    expect(mentioned.filter((name) => !named.has(name))).toEqual([]);
  });

  it('the document docs/console.md names every saved query', () => {
    const asked = [...text.matchAll(/\*([^*]+)\*/g)].map(([, words]) => words?.replaceAll(/\s+/g, ' '));
    expect(asked).toEqual(expect.arrayContaining(QUERIES.map(({ asks }) => asks)));
  });

  it('the document docs/console.md names the tags that every resource bears', () => {
    const tags = { application: 'inmail-credits-dev', stage: 'dev', owner: 'inmail-credits' };
    for (const queue of templates.flatMap((template) => Object.values(resourcesOf(template, 'AWS::SQS::Queue')))) {
      const found = Object.fromEntries(
        (queue.Tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]),
      );
      expect(found).toEqual({ ...tags, part: 'service' });
    }
    for (const tag of [...Object.keys(tags), 'part']) expect(text).toContain(`\`${tag}\``);
  });
});
