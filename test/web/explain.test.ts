import { describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../shared/contract/problems.ts';
import { instant } from '../../shared/domain/instant.ts';
import { answered } from '../../web/app/answered.ts';
import { explain } from '../../web/app/explain.ts';
import { type Problem, problemFrom, problemIn, RefusedError } from '../../web/app/problem.ts';

const NOW = instant('2026-11-20T12:00:00Z');

/** As the API sends it. */
const documentOf = (slug: string, more: object = {}) =>
  problemIn(409, { type: `/problems/${slug}`, title: 'As the contract has it', status: 409, ...more });

const RENEWAL = { nextRenewal: { at: '2026-12-01T00:00:00.000Z', brings: 5, forfeits: 0 } };

describe('the words for a problem', () => {
  it.each(Object.keys(PROBLEMS))('the page has words of its own for the problem %s', (slug) => {
    const { title, detail } = explain(documentOf(slug, { inmailId: 'ada~bob~000001', ...RENEWAL }), NOW);
    expect(title).not.toBe('As the contract has it');
    expect(detail).toMatch(/\.$/);
  });

  it.each([
    { slug: 'insufficient-credits', lifted: /Dec 1, 2026.*in 10 days.*brings 5 credits.*gives one back at once/ },
    { slug: 'response-pending', lifted: /^Only a response lifts this, at any time\. Expiry does not/ },
    { slug: 'no-active-subscription', lifted: /subscribe/ },
    { slug: 'self-inmail', lifted: /another recipient/ },
    { slug: 'already-connected', lifted: /ordinary message/ },
  ])('the words for $slug say what lifts it (R8)', ({ slug, lifted }) => {
    expect(explain(documentOf(slug, { inmailId: 'ada~bob~000001', ...RENEWAL }), NOW).lift).toMatch(lifted);
  });

  it('the words for a locked pair name the recipient who has not responded', () => {
    expect(explain(documentOf('response-pending', { inmailId: 'ada~bob~000001' }), NOW).detail).toMatch(/^bob has not/);
  });

  it('the words for an invalid request name each fault and its field', () => {
    const errors = [
      { in: 'body', pointer: '/subject', detail: 'at most 200 characters' },
      { in: 'body', pointer: '', detail: 'an object' },
    ];
    expect(explain(documentOf('invalid-request', { errors }), NOW).detail).toBe(
      'subject: at most 200 characters. an object.',
    );
  });

  it('a problem that the page does not know is told in the words of its document', () => {
    const { title, detail } = explain(documentOf('too-late', { detail: 'It is over.' }), NOW);
    expect([title, detail]).toEqual(['As the contract has it', 'It is over.']);
  });
});

describe('a problem', () => {
  it.each([
    { status: 401, body: { message: 'Unauthorized' }, slug: 'unauthenticated' },
    { status: 403, body: { message: 'Forbidden' }, slug: 'forbidden' },
    { status: 429, body: { message: 'Too Many Requests' }, slug: 'too-many-requests' },
    { status: 500, body: '<html>', slug: 'internal-error' },
    { status: 502, body: undefined, slug: 'internal-error' },
    { status: 400, body: { type: 'javascript:alert(1)' }, slug: 'internal-error' },
    { status: 404, body: { type: '/problems/not-found' }, slug: 'not-found' },
  ])('a response of status $status with $body is the problem $slug', ({ status, body, slug }) => {
    expect(problemIn(status, body).slug).toBe(slug);
  });

  it('only a response that is a problem is thrown', () => {
    const body = { type: '/problems/not-found', title: 'Not found', status: 404 };
    const refused = () => answered({ error: body, response: new Response('', { status: 404 }) });
    expect(refused).toThrow(RefusedError);
    expect(answered({ data: { plans: [] }, response: new Response('', { status: 200 }) })).toEqual({ plans: [] });
  });

  it('a caught problem stays what it was', () => {
    const problem: Problem = { slug: 'unreachable' };
    expect(problemFrom(new RefusedError(problem))).toBe(problem);
  });
});
