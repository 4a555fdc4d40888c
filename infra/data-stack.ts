import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createTables, type Tables } from './tables.ts';

/** Everything that cannot be made again from this repository. */
export class DataStack extends Stack {
  readonly tables: Tables;

  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'InMail credits: the books and the InMails', terminationProtection: true });
    this.tables = createTables(this);
  }
}
