/** One year of a few members' books, with every type of entry and every way an InMail can end, written by the rules. */
import type { Books } from '../../shared/domain/books.ts';
import { World } from './world.ts';

/** Ada's Premium: 19 entries, four terms, InMails returned, at the cap, late, after their term, expired and pending. */
function adaOnPremium(world: World): void {
  world.at('2024-01-31T15:00Z').subscribe('ada', 'premium-career');
  world.at('2024-02-01T10:00Z').send({ from: 'ada', to: 'bob' });
  world.at('2024-02-02T10:00Z').respond('ada~bob~000001');
  world.at('2024-02-03T10:00Z').send({ from: 'ada', to: 'cyd' });
  world.at('2024-04-01T10:00Z').send({ from: 'ada', to: 'bob' });
  world.at('2024-05-01T10:00Z').respond('ada~bob~000002', { type: 'decline' });
  world.at('2024-06-01T10:00Z').respond('ada~cyd~000001', { type: 'reply', text: 'Sorry for the delay' });
  world.at('2024-06-02T10:00Z').send({ from: 'ada', to: 'dan' });
  world.at('2024-06-10T10:00Z').subscribe('ada', 'premium-business');
  world.at('2024-06-11T10:00Z').respond('ada~dan~000001', { type: 'quick-reply', text: 'maybe-later' });
  world.at('2024-07-01T10:00Z').send({ from: 'ada', to: 'eve' });
  world.at('2024-08-15T10:00Z').cancel('ada', 'premium');
  world.at('2024-09-05T10:00Z').subscribe('ada', 'premium-career');
  world.at('2024-10-06T10:00Z').send({ from: 'ada', to: 'bob' });
  world.at('2024-10-07T03:00Z').expire();
}

/**
 * Core, renewed up to its cap and written down by the sweep. These are entries 1 to 4, and the last, on 1 Apr, adds
 * nothing.
 */
function adaOnSalesNavigator(world: World): void {
  world.at('2024-01-20T08:00Z').subscribe('ada', 'sales-navigator-core');
  world.at('2024-04-02T00:05Z').renew('ada#sales-navigator');
}

/** The others have a pending InMail, an empty wallet, a cancelled one, and one whose paying term has just ended. */
function theOthers(world: World): void {
  world.at('2024-02-29T10:00Z').subscribe('bob', 'recruiter-lite');
  world.at('2024-03-01T10:00Z').send({ from: 'bob', to: 'ada', product: 'recruiter' });
  world.at('2024-03-05T10:00Z').subscribe('cyd', 'premium-career');
  for (const to of ['ada', 'bob', 'dan', 'eve', 'fay']) world.send({ from: 'cyd', to });
  world.at('2024-03-06T10:00Z').subscribe('dan', 'premium-career');
  world.at('2024-03-07T10:00Z').cancel('dan', 'premium');
  world.at('2024-03-08T10:00Z').subscribe('eve', 'premium-career');
  world.at('2024-03-09T10:00Z').send({ from: 'eve', to: 'ada' });
  world.at('2024-03-10T10:00Z').respond('eve~ada~000001');
  world.at('2024-03-11T10:00Z').subscribe('fay', 'premium-career');
  world.at('2024-03-12T10:00Z').send({ from: 'fay', to: 'ada' });
  world.at('2024-03-13T10:00Z').subscribe('fay', 'premium-business');
  world.at('2024-03-14T10:00Z').subscribe('gil', 'premium-career');
}

export function storyBooks(): Books {
  const world = new World();
  adaOnPremium(world);
  adaOnSalesNavigator(world);
  theOthers(world);
  return world.books();
}
