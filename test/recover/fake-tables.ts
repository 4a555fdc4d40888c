/**
 * DynamoDB's control plane, as far as a restore needs it. It keeps what it is told, and refuses what DynamoDB refuses.
 * Engines on this machine know no restore.
 */
import type { Tag } from '@aws-sdk/client-dynamodb';
import type { Control } from '../../tools/restore/table-control.ts';

/** The fields of all the commands together. Each command has its own of them. */
type Input = {
  readonly TableName: string;
  readonly SourceTableName: string;
  readonly TargetTableName: string;
  readonly RestoreDateTime: Date;
  readonly ResourceArn: string;
  readonly Tags: readonly Tag[];
  readonly Policy: string;
  readonly StreamSpecification?: { readonly StreamViewType: string };
  readonly DeletionProtectionEnabled?: boolean;
  readonly WarmThroughput?: FakeTable['warm'];
  readonly TimeToLiveSpecification: { readonly AttributeName: string };
};
type Command = { readonly constructor: { readonly name: string }; readonly input: Input };

export type FakeTable = {
  readonly name: string;
  readonly arn: string;
  /** How many more looks find the table busy. */
  busyFor: number;
  source?: { readonly name: string; readonly to: Date };
  stream?: string;
  isProtected: boolean;
  recovers: boolean;
  warm: { ReadUnitsPerSecond: number; WriteUnitsPerSecond: number };
  timeToLive?: string;
  tags: readonly Tag[];
  policy?: string;
};

class AwsError extends Error {
  constructor(
    override readonly name: string,
    message = name,
  ) {
    super(message);
  }
}

const WARM = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 };

export class FakeTables {
  readonly tables = new Map<string, FakeTable>();
  readonly calls: string[] = [];
  /** A restore and a change of a table keep it busy for so many looks. */
  readonly busyLooks: number;
  /** Tables with recovery can be restored to any instant between these. */
  readonly window: { readonly from: Date; readonly until: Date };

  constructor({ from, until, busyLooks = 2 }: { from: string; until: string; busyLooks?: number }) {
    this.window = { from: new Date(from), until: new Date(until) };
    this.busyLooks = busyLooks;
  }

  create(name: string, more: Partial<FakeTable> = {}): FakeTable {
    const arn = `arn:aws:dynamodb:eu-central-1:123456789012:table/${name}`;
    const table = { name, arn, busyFor: 0, isProtected: false, recovers: false, warm: WARM, tags: [], ...more };
    this.tables.set(name, table);
    return table;
  }

  readonly control: Control = {
    send: async (command: unknown) => {
      const { input } = command as Command;
      const call = (command as Command).constructor.name.replace('Command', '');
      if (!call.startsWith('Describe') && !/^(List|Get)/.test(call)) this.calls.push(call);
      return this.#answer(call, input);
    },
  } as Control;

  #answer(call: string, input: Input): unknown {
    switch (call) {
      case 'DescribeTable':
        return { Table: this.#describe(this.#named(input.TableName)) };
      case 'DescribeContinuousBackups':
        return { ContinuousBackupsDescription: this.#backupsOf(this.#named(input.TableName)) };
      case 'RestoreTableToPointInTime':
        return this.#restore(input);
      case 'UpdateTable':
        return this.#update(this.#idle(input.TableName), input);
      case 'UpdateContinuousBackups':
        this.#idle(input.TableName).recovers = true;
        return {};
      case 'DescribeTimeToLive': {
        const { timeToLive } = this.#named(input.TableName);
        const status = timeToLive ? 'ENABLED' : 'DISABLED';
        return { TimeToLiveDescription: { TimeToLiveStatus: status, AttributeName: timeToLive } };
      }
      case 'UpdateTimeToLive':
        return this.#updateTimeToLive(this.#idle(input.TableName), input);
      default:
        return this.#answerOfResource(call, input);
    }
  }

  #answerOfResource(call: string, input: Input): unknown {
    const table = [...this.tables.values()].find(({ arn }) => arn === input.ResourceArn);
    if (!table) throw new AwsError('ResourceNotFoundException');
    switch (call) {
      case 'ListTagsOfResource':
        return { Tags: table.tags };
      case 'TagResource':
        table.tags = input.Tags;
        return {};
      case 'GetResourcePolicy':
        if (table.policy === undefined) throw new AwsError('PolicyNotFoundException');
        return { Policy: table.policy };
      case 'PutResourcePolicy':
        if (!String(input.Policy).includes(table.arn)) throw new AwsError('ValidationException', 'another resource');
        table.policy = input.Policy;
        return {};
      default:
        throw new Error(`the fake does not know ${call}`);
    }
  }

  #named(name: string): FakeTable {
    const table = this.tables.get(name);
    if (!table) throw new AwsError('ResourceNotFoundException', `no table ${name}`);
    return table;
  }

  #idle(name: string): FakeTable {
    const table = this.#named(name);
    if (table.busyFor > 0) throw new AwsError('ResourceInUseException', `${name} is being changed`);
    return table;
  }

  #describe(table: FakeTable) {
    const isBusy = table.busyFor > 0;
    if (isBusy) table.busyFor -= 1;
    return {
      TableName: table.name,
      TableArn: table.arn,
      TableStatus: isBusy ? 'UPDATING' : 'ACTIVE',
      GlobalSecondaryIndexes: [{ IndexName: 'due', IndexStatus: 'ACTIVE' }],
      DeletionProtectionEnabled: table.isProtected,
      WarmThroughput: table.warm,
      ...(table.stream && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: table.stream },
        LatestStreamArn: `${table.arn}/stream/1`,
      }),
    };
  }

  #backupsOf({ recovers }: FakeTable) {
    if (!recovers) return { PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' } };
    const { from, until } = this.window;
    return { PointInTimeRecoveryDescription: { EarliestRestorableDateTime: from, LatestRestorableDateTime: until } };
  }

  #restore(input: Input): object {
    const { SourceTableName: source, TargetTableName: target, RestoreDateTime: to } = input;
    if (!this.#named(source).recovers) throw new AwsError('PointInTimeRecoveryUnavailableException');
    if (this.tables.has(target)) throw new AwsError('TableAlreadyExistsException');
    const { from, until } = this.window;
    if (to < from || to > until) throw new AwsError('InvalidRestoreTimeException');
    this.create(target, { busyFor: this.busyLooks, source: { name: source, to } });
    return {};
  }

  #update(table: FakeTable, { StreamSpecification, DeletionProtectionEnabled, WarmThroughput }: Input): object {
    if (StreamSpecification && table.stream) throw new AwsError('ValidationException', 'the stream is on already');
    if (StreamSpecification) table.stream = StreamSpecification.StreamViewType;
    if (DeletionProtectionEnabled !== undefined) table.isProtected = DeletionProtectionEnabled;
    if (WarmThroughput) table.warm = WarmThroughput;
    table.busyFor = this.busyLooks;
    return {};
  }

  #updateTimeToLive(table: FakeTable, { TimeToLiveSpecification }: Input): object {
    if (table.timeToLive) throw new AwsError('ValidationException', 'TimeToLive is already enabled');
    table.timeToLive = TimeToLiveSpecification.AttributeName;
    return {};
  }
}
