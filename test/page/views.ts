/** The views of the page by the name of their picture. The books hold a year, as `npm run demo` plays it. */
import type { Locator, Page } from 'playwright-core';
import type { Scope } from '../../local/identity/issuer.ts';

type Act = (page: Page) => Promise<unknown>;

export type View = {
  readonly name: string;
  /** Describes the picture for readers who cannot see it. */
  readonly shows: string;
  readonly as: string;
  readonly scopes?: readonly Scope[];
  readonly hash: string;
  readonly heading: string;
  /** Is done there before the picture is taken. */
  readonly act?: Act;
  /** The part of the page to show. By default it is one screen. */
  readonly part?: (page: Page) => Locator;
};

const click =
  (name: string | RegExp): Act =>
  (page) =>
    page.getByRole('button', { name }).first().click();

export const VIEWS: readonly View[] = [
  {
    name: 'my-premium',
    shows: 'My Premium: balance against the cap, next renewal, credits that can come back, balance over time',
    as: 'ada',
    hash: '#/',
    heading: 'My Premium',
    act: (page) => page.locator('.plot canvas').first().waitFor(),
    part: (page) => page.locator('body'),
  },
  {
    name: 'compose',
    shows: 'Write: the credits left in sight, and a refusal in words with what would lift it',
    as: 'ada',
    hash: '#/compose',
    heading: 'Write an InMail',
    act: async (page) => {
      await page.getByLabel('Recipient').fill('walt');
      await page.getByLabel('Subject').fill('An introduction');
      await page.getByLabel('Message').fill('Dear Walt, could you introduce me to your board?');
      await page.getByRole('button', { name: 'Send for one credit' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'inbox',
    shows: 'Inbox: an InMail open, with what a response would do and the ways to respond',
    as: 'fay',
    hash: '#/inbox',
    heading: 'Inbox',
    act: async (page) => {
      await click(/From ada/)(page);
      await page.getByRole('button', { name: 'Accept' }).first().waitFor();
    },
  },
  {
    name: 'sent',
    shows: 'Sent: how each InMail stands, and what became of its credit',
    as: 'ada',
    hash: '#/sent',
    heading: 'Sent',
  },
  {
    name: 'statement',
    shows: 'Statement: every entry in a sentence with its rule, and the hash chain verified in the browser',
    as: 'ada',
    hash: '#/statement/premium',
    heading: 'Statement of Premium',
    act: async (page) => {
      await click('Verify')(page);
      await page.getByText('The statement holds').waitFor();
    },
  },
  {
    name: 'operator',
    shows: 'Members: what a change of plan would write, before it is done',
    as: 'desk',
    scopes: ['billing'],
    hash: '#/operator/emil',
    heading: 'Member emil',
    act: async (page) => {
      await page.getByLabel('Plan').nth(1).selectOption('Sales Navigator Core');
      await click('Change plan …')(page);
      await page.getByText('this would be written').waitFor();
      await page.locator('.plot canvas').first().waitFor();
    },
    part: (page) => page.getByRole('region').nth(1),
  },
  {
    name: 'time-machine',
    shows: 'Time machine: the local clock moved on, with what ran and what came of it',
    as: 'ada',
    hash: '#/time',
    heading: 'Time machine',
    act: async (page) => {
      await click('+3 days')(page);
      await page.getByText('On the way', { exact: true }).waitFor();
      await page.locator('.events li').first().waitFor();
    },
  },
];
