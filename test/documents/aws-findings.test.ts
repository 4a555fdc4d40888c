/** Each fault that was found of AWS, by its number, and the tests and steps that hold its mending. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testNamesIn } from '../support/test-names.ts';

const FINDINGS = {
  'D1: the user pool went with the service, and every wallet lost its member': [
    'tables, identities and addresses keep their logical ids, because a new id is a new and empty one',
    'the stack alone is protected from deletion, in stages that hold what people own',
    'rehearsal: all but the data is destroyed and made anew, and a member is the same with the same credits',
    'rehearsal: to destroy the data is refused',
  ],
  'D2: a stack did not notice that what it points at was replaced': [
    'every flag in cdk.json is set as CDK recommends, but for references that CloudFormation guards',
    'rehearsal: to replace',
    'rehearsal: the page is served, and signs people in at this stage',
  ],
  'D3: a schedule fires within a minute, and reminders came too late': [
    'the schedules run at the times of the sweep table, in UTC',
    'a reminder that has just missed a run comes before 72 hours, though Scheduler may be a minute late (R15)',
  ],
  'D4: the first command failed in a new account': [
    'an account that CDK has not been set up in stops the deployment, and the CLI can mend it',
    'a deployment builds, shows what would change, asks, and deploys what it has shown',
    'rehearsal: The CDK CLI bootstraps the account',
  ],
  'D5: there was no second stage, and no second region': [
    'each name that a whole account shares carries the stage and the region',
    'rehearsal: the CDK CLI deploys all stacks',
  ],
  'D6: domain, certificate and front ends lived in a shell history': [
    'a distribution under its own domain takes at least TLS 1.2',
    'browsers let other front ends call the API, and no origin that the stage does not name',
    'a stage with a domain is told the DNS record to set (D6)',
  ],
  'D7: a new account could not deploy': [
    'a stage without the page has no distribution, and its API lets in machines',
    'an account without a distribution is told of the way to go without one',
    'a stage without an identity of SES is told how few mails a day Cognito sends',
    'tables and user pool of the stage %s have the deletion policy %s',
    'rehearsal: destroyed, it leaves nothing behind',
  ],
  'D8: 70 requests a second, with no knob': [
    'a stage multiplies all rates by its factor',
    'the topic mails each address of the stage',
  ],
  'O1: no alarm reached anybody': [
    'the alarm $name tells the topic, the harm, its runbook, its query and the dashboard',
    'rehearsal: every alarm of a single metric tells of its failure',
  ],
  'O2: a failing lister rang after hours': [
    'the lister gives its message back if it cannot send',
    'a failing lister rings within 15 minutes',
  ],
  'O3: a 503 left no trace': [
    'a database that gives no response is logged when the time of the function is nearly up',
    'a race that is lost every time is logged with all its attempts',
  ],
  'O4: no alarm watched what members feel': [
    'the alarm %s rings at its failure, and is quiet while all is well',
    'every queue of failures has an alarm',
    'the dashboard shows the state of every alarm',
  ],
  'O5: there was no way back from a bad table': [
    'books are copied, damaged, restored, audited and used again, each by its command',
    'every restored table has all that its source has, and its own name in its policy',
  ],
  'O6: a request could not be followed': [
    'a minified stack is told with the files, lines and names of its sources',
    'the access log has caller, address, route and both ids, and no path, because paths name other members',
  ],
  'O7: lost events could not be sent again': [
    'the books make the events of the streams, with the same ids and details',
  ],
  'O8: nobody could get in': [
    'an invitation makes an account, and mails a first password',
    'a rotation makes a second secret, and finishing it removes the first',
  ],
  'O9: the cost was not said': ['the command prints a bill as JSON, with its prices'],
  'O10: the console showed hashes': [
    'the document docs/console.md names only things that the templates hold',
    'the names of the queues sort by stage and sweep, each beside its failures',
  ],
};

const tests = new Set(globSync('test/**/*.test.ts').flatMap((file) => testNamesIn(file, readFileSync(file, 'utf8'))));
const STEPS = readFileSync('tools/rehearse/steps.ts', 'utf8');

describe('the findings of AWS', () => {
  it('the findings of AWS are all there: eight of the deployment, and ten of operation', () => {
    const numbers = Object.keys(FINDINGS).map((finding) => finding.split(':')[0]);
    const upTo = (letter: string, last: number) => Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
    expect(numbers).toEqual([...upTo('D', 8), ...upTo('O', 10)]);
  });

  it.each(Object.entries(FINDINGS))('the finding %s is held by tests and steps that exist', (_, held) => {
    const missing = held.filter((name) => {
      const step = /^rehearsal: (.*)$/.exec(name)?.[1];
      return step === undefined ? !tests.has(name) : !STEPS.includes(step);
    });
    expect(missing).toEqual([]);
  });
});
