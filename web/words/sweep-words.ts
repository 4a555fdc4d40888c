/** The sweeps as the Time machine calls them. */
export type SweepWords = {
  readonly name: string;
  readonly title: string;
  /** Follows the count of what a run wrote: `1 wallet renewed`, `3 wallets renewed`. */
  readonly wrote: { readonly one: string; readonly many: string };
};

export const SWEEPS: readonly SweepWords[] = [
  { name: 'renew-wallets', title: 'Renewals', wrote: { one: 'wallet renewed', many: 'wallets renewed' } },
  { name: 'remind-recipients', title: 'Reminders', wrote: { one: 'recipient reminded', many: 'recipients reminded' } },
  { name: 'expire-inmails', title: 'Expiries', wrote: { one: 'InMail expired', many: 'InMails expired' } },
];
