/** `npm run check:templates`: what cfn-lint and checkov say about the templates of all stages. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addStacks, createApp } from '../../infra/build-app.ts';
import { STAGES, type Stage } from '../../infra/stages.ts';
import { buildPage } from '../build-page.ts';
import { runCommand, type Verdict } from '../command.ts';
import { pythonPrograms } from '../python-environment.ts';
import { type Finding, findingsOfCheckov, findingsOfLint, judge, lineOf } from './findings.ts';
import { REASONS } from './reasons.ts';

const ROOT = dirname(fileURLToPath(import.meta.resolve('../../package.json')));

/** Pinned, because another release finds other things. Each has a Python of its own, because they need other packages. */
const CFN_LINT = 'cfn-lint==1.58.0';
const CHECKOV = 'checkov==3.3.30';

/** Cfn-lint says which types and properties one of these lacks. Some other regions have no budgets. */
const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'eu-west-1', 'ap-southeast-2'];

const programIn = (name: string, requirement: string): string =>
  join(pythonPrograms({ folder: join(ROOT, '.cache', name), requirements: [requirement] }), name);

async function check(): Promise<Verdict> {
  const [lint, checkov] = [programIn('cfn-lint', CFN_LINT), programIn('checkov', CHECKOV)];
  const pageDir = await buildPage(console.log);
  const folder = mkdtempSync(join(tmpdir(), 'inmail-credits-templates-'));
  try {
    const templates = STAGES.flatMap((stage) => templatesOf(stage, join(folder, stage.name), pageDir));
    const findings = [
      ...findingsOfLint(await outputOf(lint, ['--format', 'json', '--regions', ...REGIONS, '--', ...templates])),
      ...findingsOfCheckov(await outputOf(checkov, [...CHECKOV_OPTIONS, '--file', ...templates])),
    ];
    return tell(findings, templates.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Without the bundles of the functions, because no rule looks into them. */
function templatesOf(stage: Stage, outdir: string, pageDir: string): string[] {
  const app = createApp({ outdir, analyticsReporting: false, context: { 'aws:cdk:bundling-stacks': [] } });
  addStacks(app, { stage, pageDir });
  app.synth();
  return readdirSync(outdir)
    .filter((name) => name.endsWith('.template.json'))
    .map((name) => join(outdir, name));
}

const CHECKOV_OPTIONS = [
  '--framework',
  'cloudformation',
  '--output',
  'json',
  '--quiet',
  '--compact',
  '--skip-download',
];

/** Some thousand findings with their resources. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Both programs end with another code than 0 where they find something. Any output but JSON is a failure of the program. */
async function outputOf(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(program, [...args], { maxBuffer: MAX_OUTPUT_BYTES })).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    if (!/^[[{]/.test(stdout)) throw new Error(`${program} failed: ${stderr || String(error)}`);
    return stdout;
  }
}

function tell(findings: readonly Finding[], templates: number): Verdict {
  const { unexplained, unused } = judge(findings, REASONS);
  for (const finding of unexplained) console.log(lineOf(finding));
  for (const { tool, rule } of unused) console.log(`${tool} ${rule}: nothing needs its reason any more`);
  console.log(`${templates} templates: ${findings.length} findings, ${unexplained.length} of them without a reason.`);
  return unexplained.length + unused.length > 0 ? 'found' : 'done';
}

await runCommand({
  name: 'check:templates',
  call: 'npm run check:templates',
  does: `Holds the templates of all stages against the rules of cfn-lint and checkov. What they find either has a reason in
    tools/check-templates/reasons.ts, or is a fault.

    The first run installs both below .cache. It needs Python 3.10 or later, and PyPI.`,
  options: {},
  finds: 'a finding has no reason, or a reason has no finding',
  run: check,
});
