/** The words of members are shown as they wrote them, and are never markup, script or style. */
import { beforeAll, expect, it } from 'vitest';
import { describeVisits, goTo, overflows } from './browser.ts';

/** Each fits into a subject: one line, 200 characters. */
const TEXTS = [
  '<img src=x onerror="document.title=1"><script>alert(1)</script>',
  '<svg/onload=alert(1)><a href="javascript:alert(1)">here</a>',
  '</textarea></p><h1>Your credits are void</h1><style>*{display:none}</style>',
  '&lt;b&gt; &amp; &#x3c;i&#x3e; "quoted" \'and\' `ticked`',
  "=1+1 +cmd|' /C calc'!A0 @SUM(A1) -2",
  '{{constructor.constructor("alert(1)")()}} <%= 7*7 %> #{7*7} %s __proto__',
  'x'.repeat(200),
  `a${'\u0301'.repeat(30)} مرحبا שלום 👩‍👩‍👧‍👦 \u200bzero\u00a0width`,
] as const;

describeVisits('words of members', (visits) => {
  beforeAll(async () => {
    await visits().api.subscribe('eve', 'premium', 'premium-business');
    const eve = visits().api.as('eve');
    for (const [index, text] of TEXTS.entries()) {
      const params = { header: { 'Idempotency-Key': `text-${index}` } };
      const body = { product: 'premium', recipientId: 'bob', subject: text, body: text } as const;
      const { data } = await eve.POST('/v1/inmails', { params, body });
      const inmailId = data?.inmail.inmailId ?? '';
      const answer = { type: 'reply', text } as const;
      const { response } = await visits()
        .api.as('bob')
        .PUT('/v1/inmails/{inmailId}/response', { params: { path: { inmailId } }, body: answer });
      expect(response.status).toBe(200);
    }
  });

  it.each([
    ['bob', 'Inbox', /^From eve/],
    ['eve', 'Sent', /^To bob/],
  ] as const)(
    'the words of members are shown to the letter in subject, body and reply to %s in %s',
    async (memberId, box, title) => {
      const { page } = await visits().signIn(memberId, [], { width: 320 });
      page.on('dialog', () => expect.unreachable('a text ran as a script'));
      await goTo(page, box);
      const letters = page.getByRole('article');
      await expect.poll(() => letters.count()).toBe(TEXTS.length);
      // Newest first.
      for (const [index, text] of TEXTS.toReversed().entries()) {
        const letter = letters.nth(index);
        await letter.getByRole('button', { name: title }).click();
        await letter.locator('.words').nth(1).waitFor();
        expect(await letter.locator('.letter-subject').textContent()).toBe(text);
        expect(await letter.locator('.words').allTextContents()).toEqual([text, text]);
      }
      expect(
        await page.locator('main :is(img, script, style, svg, iframe, h1 + h1, [href^="javascript:"])').count(),
      ).toBe(0);
      expect(await page.title()).toBe(`${box} · InMail credits`);
      expect(await overflows(page)).toBe(false);
    },
  );

  it('the words of a draft are shown to the letter after it was sent', async () => {
    await visits().api.subscribe('mallory', 'premium', 'premium-business');
    const { page } = await visits().signIn('mallory');
    await goTo(page, 'Write', 'Write an InMail');
    for (const [index, text] of TEXTS.entries()) {
      await page.getByLabel('Recipient').fill(`reader-${index}`);
      await page.getByLabel('Subject').fill(text);
      await page.getByLabel('Message').fill(text);
      await page.getByRole('button', { name: 'Send for one credit' }).click();
      await page.getByText(`Sent to reader-${index}`).waitFor();
      expect(await page.locator('.note').textContent()).toContain(`“${text}” cost one credit`);
      await page.getByRole('button', { name: 'Write another' }).click();
    }
  });

  it('the policy is in force, so that not even markup could run, and every breach of it is noted', async () => {
    const { page, faults } = await visits().signIn('bob');
    await page.evaluate(`
      document.body.setAttribute('style', 'color: red');
      const image = document.createElement('img');
      image.src = 'https://example.invalid/pixel.png';
      document.body.append(image);
      try { document.createElement('div').innerHTML = '<b>bold</b>' } catch {}
      fetch('https://example.invalid/').catch(() => {});
    `);
    await expect.poll(() => faults.length).toBeGreaterThanOrEqual(4);
    for (const breached of [/style-src/, /img-src/, /TrustedHTML|trusted-types/i, /connect-src/]) {
      expect(faults.filter((fault) => breached.test(fault))).not.toEqual([]);
    }
    // On purpose, here and nowhere else.
    faults.length = 0;
  });
});
