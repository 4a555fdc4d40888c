/** Every refusal of a send or a response, in words. The text of the member is never lost (R8, R9, R12). */
import type { Route } from 'playwright-core';
import { expect, it } from 'vitest';
import type { LocalClient } from '../local/local-client.ts';
import { secondTab, send, TEXT, write } from './acts.ts';
import { describeVisits, goTo, open } from './browser.ts';

type Refusal = {
  /** The sender, with a plan of Premium and no InMail sent yet. */
  readonly by: string;
  readonly to: string;
  /** Happens elsewhere while the InMail is being written. */
  readonly meanwhile?: (api: LocalClient) => Promise<unknown>;
  readonly says: string;
  readonly because: RegExp;
  readonly lift: RegExp;
};

const BILLING = { as: 'desk', scopes: ['billing'] } as const;

const REFUSALS: readonly Refusal[] = [
  {
    by: 'selma',
    to: 'selma',
    says: 'You cannot send an InMail to yourself (rule R8)',
    because: /No credit was spent/,
    lift: /Name another recipient/,
  },
  {
    by: 'carl',
    to: 'cora',
    meanwhile: (api) => api.call('PUT', '/v1/members/carl/connections/cora', BILLING),
    says: 'You are already connected (rule R14)',
    because: /Connections message each other for free/,
    lift: /Send an ordinary message instead/,
  },
  {
    by: 'lars',
    to: 'lena',
    meanwhile: (api) => api.send('lars', 'lena', 'premium'),
    says: 'Your last InMail is still unanswered (rule R9)',
    because: /lena has not responded to it yet/,
    lift: /Only a response lifts this, at any time/,
  },
  {
    by: 'olga',
    to: 'otto',
    meanwhile: async (api) => {
      for (const to of ['a', 'b', 'c', 'd', 'e']) await api.send('olga', to, 'premium');
    },
    says: 'No credit left (rule R7)',
    because: /the wallet of this product is empty/,
    lift: /The next renewal, on 12 Feb 2026, 01:00 CET \(in 30 days\), brings 5 credits/,
  },
  {
    by: 'nils',
    to: 'nele',
    meanwhile: (api) => api.call('DELETE', '/v1/members/nils/subscriptions/premium', BILLING),
    says: 'No active subscription (rule R8)',
    because: /You have no plan of this one/,
    lift: /subscribe to a plan of this one/,
  },
];

/** The page finds them itself, by the rules of the API. */
const FIELD_FAULTS: readonly (readonly [label: string, value: string, fault: string | RegExp])[] = [
  [
    'Recipient',
    'no body',
    'A member id has 1 to 128 of A-Z a-z 0-9 . _ : @ | + -, but neither dots alone nor __proto__.',
  ],
  ['Subject', '', 'It is empty.'],
  ['Subject', 'x'.repeat(201), 'At most 200 characters, but it has 201.'],
  ['Message', '😀'.repeat(1_901), 'At most 1,900 characters, but it has 1,901.'],
  ['Message', ' \u200b\u3164', 'At least 1 character that shows.'],
  ['Message', `a${'\u0301'.repeat(31)}`, /combining/],
  ['Subject', 'a bell \u0007', /control/],
];

/** The fates of a request at the gateway or on the network. */
const OUTCOMES: readonly (readonly [what: string, meet: (route: Route) => Promise<unknown>, says: RegExp])[] = [
  ['the network is down', (route) => route.abort(), /The system cannot be reached/],
  [
    'the response gets lost',
    async (route) => [await route.fetch(), await route.abort()],
    /The system cannot be reached/,
  ],
  ['the system is busy', (route) => route.fulfill(problem(503, 'busy')), /The system is busy/],
  ['the system fails', (route) => route.fulfill(problem(500, 'internal-error')), /Something went wrong on our side/],
  ['a gateway gives up', (route) => route.fulfill({ status: 504, body: '<html>' }), /Something went wrong on our side/],
  [
    'there are too many requests',
    (route) => route.fulfill({ status: 429, json: { message: 'x' } }),
    /Too many requests/,
  ],
];

const problem = (status: number, slug: string) => ({
  status,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: `/problems/${slug}`, title: slug, status }),
});

describeVisits('a refusal', (visits) => {
  it.each(REFUSALS)('a refused send says «$says», why, and what would lift it', async (refusal) => {
    const { by, to, meanwhile, says, because, lift } = refusal;
    const { api } = visits();
    await api.subscribe(by, 'premium', 'premium-career');
    const { page } = await visits().signIn(by);
    await write(page, to);
    await meanwhile?.(api);
    const entries = await api.ledger(by, 'premium');
    await send(page);
    const note = page.getByRole('alert');
    await note.getByText(says, { exact: true }).waitFor();
    expect(await note.innerText()).toMatch(because);
    expect(await note.innerText()).toMatch(lift);
    // It is read out, and the next Tab goes on from it.
    expect(await note.evaluate((element) => element.matches(':focus'))).toBe(true);
    expect(await page.getByLabel('Message').inputValue()).toBe(TEXT);
    expect(await api.ledger(by, 'premium')).toEqual(entries);
    const left = entries.at(-1)?.balance;
    await page.getByText(new RegExp(`^${left} credits? left of Premium`)).waitFor();
  });

  it('the refusal for a locked pair leads to the InMail that locks it', async () => {
    await visits().api.subscribe('pia', 'premium', 'premium-career');
    await visits().api.send('pia', 'paul', 'premium');
    const { page } = await visits().signIn('pia');
    await write(page, 'paul');
    await send(page);
    await page.getByRole('link', { name: 'Show the InMail that has no response yet' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sent' }).waitFor();
    await page.getByRole('button', { name: /To paul/ }).waitFor();
  });

  it('the fault of a field stands beside it, and the field is marked as invalid', async () => {
    await visits().api.subscribe('tess', 'premium', 'premium-career');
    const entries = await visits().api.ledger('tess', 'premium');
    const { page } = await visits().signIn('tess');
    for (const [label, value, fault] of FIELD_FAULTS) {
      await write(page, 'toni');
      const field = page.getByLabel(label);
      await field.fill(value);
      await send(page);
      const id = `${await field.getAttribute('id')}-fault`;
      await page.locator(`#${id}`).getByText(fault).waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      expect((await field.getAttribute('aria-describedby'))?.split(' ')).toContain(id);
      await goTo(page, 'My Premium');
    }
    expect(await visits().api.ledger('tess', 'premium')).toEqual(entries);
  });

  it.each(OUTCOMES)(
    'a send whose outcome is unknown, because %s, can be repeated and costs one credit',
    async (_, meet, says) => {
      const by = `unsure-${OUTCOMES.findIndex(([what]) => what === _)}`;
      await visits().api.subscribe(by, 'premium', 'premium-career');
      const { page } = await visits().signIn(by);
      await write(page, 'bob');
      await page.route('**/v1/inmails', meet);
      await send(page);
      await page.getByRole('alert').getByText(says).waitFor();
      expect(await page.getByLabel('Message').inputValue()).toBe(TEXT);
      await page.unroute('**/v1/inmails');
      await page.getByRole('button', { name: 'Send again' }).click();
      await page.getByText('Sent to bob').waitFor();
      expect((await visits().api.ledger(by, 'premium')).map(({ balance }) => balance)).toEqual([5, 4]);
    },
  );

  it('a second response is refused, and shows the first', async () => {
    await visits().api.subscribe('rita', 'premium', 'premium-career');
    await visits().api.send('rita', 'ron', 'premium');
    const ron = await visits().signIn('ron');
    const { page } = ron;
    const second = await secondTab(ron);
    for (const tab of [page, second]) {
      // A tab in the background is seldom drawn, and would be waited for long.
      await tab.bringToFront();
      await goTo(tab, 'Inbox');
      await tab.getByRole('button', { name: /From rita/ }).click();
    }
    await page.bringToFront();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Accepted', { exact: true }).first().waitFor();
    await second.bringToFront();
    await second.getByRole('button', { name: 'Decline' }).click();
    await second.getByRole('alert').getByText('You have already responded to this InMail').waitFor();
    await second.getByRole('button', { name: 'Show its response' }).click();
    await second.getByText('Accepted', { exact: true }).first().waitFor();
    expect(await second.getByRole('button', { name: 'Decline' }).count()).toBe(0);
    expect((await visits().api.ledger('rita', 'premium')).map(({ type }) => type)).toEqual([
      'subscribed',
      'sent',
      'returned',
    ]);
  });

  it('another member’s InMail is refused in the same words as one that does not exist', async () => {
    await visits().api.subscribe('ada', 'premium', 'premium-career');
    await visits().api.send('ada', 'bob', 'premium');
    const { page } = await visits().signIn('eve');
    const notes: string[] = [];
    for (const inmailId of ['ada~bob~000001', 'ada~bob~000002', 'nobody~knows~000001']) {
      await open(page, `#/inbox/${inmailId}`, 'Inbox');
      notes.push(await page.getByRole('alert').innerText());
    }
    expect(notes[0]).toMatch(/There is nothing here/);
    expect(new Set(notes).size).toBe(1);
  });

  it('a sign-in that has ended says how to go on, and keeps the text of the InMail', async () => {
    await visits().api.subscribe('uli', 'premium', 'premium-career');
    const { page } = await visits().signIn('uli');
    await write(page, 'bob');
    await page.route('**/v1/**', (route) => route.fulfill({ status: 401, json: { message: 'Unauthorized' } }));
    await send(page);
    await page.getByText('You are signed out').first().waitFor();
    expect(await page.getByLabel('Message').inputValue()).toBe(TEXT);
  });
});
