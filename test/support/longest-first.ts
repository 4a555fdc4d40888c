/** The order of test files. Long files begin first, so that no processor waits for another one's last file. */
import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** A file of another project gets a new process, so projects follow each other. Unit tests fill the rest. */
const PROJECTS = ['dynamodb', 'system', 'page', 'unit'];

/** The files that take some seconds, the longest of each project first. The order of all others matters little. */
const LONGEST = [
  ...['artifact', 'regexes', 'replay', 'start', 'report', 'tables-key', 'command', 'sockets', 'crashes', 'checks'],
  ...['abuse', 'views', 'refusals', 'lists', 'first-load', 'keyboard', 'documents', 'operator-story', 'signing-out'],
  ...['interleaving', 'laws', 'disturbed', 'passing-over', 'statement-csv', 'queues', 'completeness', 'agreement'],
];

const rankIn = (names: readonly string[], name: string): number => {
  const rank = names.indexOf(name);
  return rank < 0 ? names.length : rank;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId, project }: TestSpecification) =>
      rankIn(PROJECTS, project.name) * 1_000 + rankIn(LONGEST, basename(moduleId, '.test.ts'));
    return files.toSorted((one, other) => rankOf(one) - rankOf(other) || (one.moduleId < other.moduleId ? -1 : 1));
  }
}
