/**
 * The streams that events are made of, and the changes on them that can be news. CDK makes an event source mapping of
 * every row; the local system reads the same rows. A filter that says more, such as which attributes differ, would lose
 * events without a trace where it is wrong, and no emulator would show it: what is no news, the translation leaves out.
 */
export const EVENT_SOURCES = [
  /** Entries are only ever added (I9). */
  { table: 'ledger', change: 'INSERT' },
  /** That an InMail was created the ledger tells, with what it cost. */
  { table: 'inmails', change: 'MODIFY' },
] as const;

export type EventSource = (typeof EVENT_SOURCES)[number];
