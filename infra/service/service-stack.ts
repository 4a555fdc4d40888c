import type { App } from 'aws-cdk-lib/core';
import type { DataStack } from '../data/data-stack.ts';
import { tablesInUse } from '../lambda/tables-in-use.ts';
import type { PageClients } from '../page/page-clients.ts';
import { StageStack } from '../stage-stack.ts';
import type { Stage } from '../stages.ts';
import { createApi } from './api.ts';
import { createEvents } from './events.ts';
import { createMachineClients } from './machine-clients.ts';
import { createRunbooksRole } from './runbooks-role.ts';
import { createSweeps } from './sweeps.ts';

export type ServiceStackParts = {
  readonly stage: Stage;
  readonly data: DataStack;
  /** Those of the page. A stage without any front end has none. */
  readonly clients: PageClients | undefined;
};

/** Everything that runs: the routes of the API, the sweeps and the events. */
export class ServiceStack extends StageStack {
  constructor(app: App, { stage, data, clients }: ServiceStackParts) {
    super(app, { stage, part: 'service', description: 'the HTTP API, the sweeps and the events' });
    const tables = tablesInUse(this, data.tables);
    const machines = createMachineClients(this, data.identity);
    const callers = [...machines, ...Object.values(clients ?? {})];
    createApi(this, {
      address: data.api,
      userPool: data.identity.userPool,
      evidence: data.evidence,
      callers,
      tables,
    });
    const queues = createSweeps(this, tables);
    const { bus, failures } = createEvents(this, tables);
    createRunbooksRole(this, { tables, bus, queues: [...queues, failures] });
  }
}
