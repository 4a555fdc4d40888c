import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { createTables, type Tables } from './tables.ts';

/** Holds the data, which this repository cannot make again. */
export class DataStack extends Stack {
  readonly tables: Tables;

  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'InMail credits: the books and the InMails', terminationProtection: true });
    this.tables = createTables(this);
  }
}
