/** The acts on the page that several stories share. */
import type { Page } from 'playwright-core';
import { goTo, type Visitor } from './browser.ts';

export const TEXT = 'Would you like to talk?';

/** Picks a member at the picker. */
export async function pick(page: Page, memberId: string): Promise<void> {
  await page.getByLabel('Member id').fill(memberId);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'My Premium' }).waitFor();
}

/** Fills the form of a new InMail, and does not send it. */
export async function write(page: Page, to: string, text = TEXT): Promise<void> {
  await goTo(page, 'Write', 'Write an InMail');
  await page.getByLabel('Recipient').fill(to);
  await page.getByLabel('Subject').fill('Hello');
  await page.getByLabel('Message').fill(text);
}

export const send = (page: Page) => page.getByRole('button', { name: 'Send for one credit' }).click();

/** A member who is signed in need not sign in again in a second tab. */
export async function secondTab({ page, context }: Visitor): Promise<Page> {
  const second = await context.newPage();
  await second.goto(new URL('/', page.url()).href);
  await second.getByRole('heading', { level: 1, name: 'My Premium' }).waitFor();
  return second;
}
