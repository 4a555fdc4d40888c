/** A year in the lives of a few members, with one of everything that can become of a credit. */
import { type Act, answer, reply, type Scene, subscribe } from './acts.ts';
import { type Campaign, scenesOf } from './campaigns.ts';

/** Members to sign in as, and what there is to see. */
export const PEOPLE = [
  ['ada', 'Premium Career, then Business: a credit lost at the cap, five lost to the upgrade, some still pending'],
  ['ben', 'Recruiter Lite: a year of writing to candidates'],
  ['cleo', 'Sales Navigator Core, which renews on the 1st'],
  ['dora', 'Premium Business, cancelled, and Career half a year later'],
  ['emil', 'Sales Navigator: Pro, up to Enterprise, down to Teams'],
  ['gus', 'Sales Navigator Teams, and hardly ever writes: renewals that no longer fit'],
  ['hana', 'Sales Navigator Enterprise and Premium Career side by side'],
  ['fay', 'no plan; an inbox with something of everything to respond to'],
] as const;

const UPGRADE_DAY = 203;

const write = (from: string, to: string, subject: string, body: string): Act => ({
  do: 'send',
  from,
  to,
  product: 'premium',
  subject,
  body,
});

const beginnings: Scene = {
  day: 0,
  acts: [
    subscribe('ada', 'premium', 'premium-career'),
    subscribe('ben', 'recruiter', 'recruiter-lite'),
    subscribe('cleo', 'sales-navigator', 'sales-navigator-core'),
    subscribe('dora', 'premium', 'premium-business'),
    subscribe('emil', 'sales-navigator', 'sales-navigator-pro'),
    subscribe('gus', 'sales-navigator', 'sales-navigator-teams'),
    subscribe('hana', 'sales-navigator', 'sales-navigator-enterprise'),
    { do: 'connect', memberId: 'ada', otherId: 'ben' },
    { do: 'connect', memberId: 'cleo', otherId: 'gus' },
  ],
};

/** By day 91 Ada's wallet is full again, so Hugo's response of day 100 finds no room. Kim's of day 205 comes too late. */
const adaUnderCareer: readonly Scene[] = [
  {
    day: 0,
    acts: [
      write('ada', 'fay', 'Your talk on hydrology', 'Dear Fay, would you tell me how you measured the flow?'),
      write('ada', 'ivo', 'A question on your thesis', 'Dear Ivo, is the data of chapter 4 public?'),
    ],
  },
  { day: 2, acts: [reply('ada', 'fay', 'Gladly. Shall we speak on Thursday?')] },
  { day: 21, acts: [write('ada', 'hugo', 'Working with you', 'Dear Hugo, are you looking for an engineer?')] },
  { day: 100, acts: [reply('ada', 'hugo', 'Not at the moment, but keep in touch.', 'at-cap')] },
  { day: 112, acts: [write('ada', 'kim', 'Your open position', 'Dear Kim, is the position still open?')] },
  {
    day: 140,
    acts: [
      write('ada', 'pia', 'Lunch at the conference?', 'Dear Pia, I would like to hear about your team.'),
      write('ada', 'quinn', 'Lunch at the conference?', 'Dear Quinn, I would like to hear about your team.'),
      write('ada', 'rosa', 'Lunch at the conference?', 'Dear Rosa, I would like to hear about your team.'),
      write('ada', 'sven', 'Lunch at the conference?', 'Dear Sven, I would like to hear about your team.'),
    ],
  },
  { day: 142, acts: [answer('ada', 'pia', { type: 'accept' })] },
  {
    day: 149,
    acts: [
      answer('ada', 'quinn', { type: 'decline' }),
      answer('ada', 'rosa', { type: 'quick-reply', text: 'maybe-later' }),
    ],
  },
  {
    day: 196,
    acts: ['uma', 'vera', 'xena', 'yann', 'zoe', 'theo', 'liv', 'max', 'nora', 'olaf'].map((to) =>
      write('ada', to, 'A reference', 'May I name you as a reference?'),
    ),
  },
];

/** The upgrade forfeits what Career had left (R10), and ends the term that Uma's response would have paid back (R13). */
const adaUnderBusiness: readonly Scene[] = [
  { day: UPGRADE_DAY, acts: [subscribe('ada', 'premium', 'premium-business')] },
  {
    day: 205,
    acts: [
      reply('ada', 'uma', 'Of course you may.', 'term-ended'),
      reply('ada', 'kim', 'I am sorry, it was filled in spring.', 'late'),
    ],
  },
  { day: 357, acts: [write('ada', 'walt', 'An introduction', 'Dear Walt, could you introduce me to your board?')] },
  { day: 364, acts: [write('ada', 'fay', 'A year later', 'Dear Fay, the gauge works. May I show you?')] },
];

const changesOfPlan: readonly Scene[] = [
  { day: 119, acts: [subscribe('emil', 'sales-navigator', 'sales-navigator-enterprise')] },
  { day: 150, acts: [{ do: 'cancel', memberId: 'dora', product: 'premium' }] },
  { day: 182, acts: [subscribe('hana', 'premium', 'premium-career')] },
  { day: 252, acts: [subscribe('emil', 'sales-navigator', 'sales-navigator-teams')] },
  { day: 301, acts: [subscribe('dora', 'premium', 'premium-career')] },
];

const toFay = (day: number, from: string, product: 'recruiter' | 'sales-navigator', subject: string): Scene => ({
  day,
  acts: [{ do: 'send', from, to: 'fay', product, subject, body: `Dear Fay, do you have ten minutes?\n\n${from}` }],
});

/** By the end, Cleo's InMail is past its window and Gus's has been pending for months. Ben's and Ada's are fresh. */
const faysInbox: readonly Scene[] = [
  toFay(126, 'ben', 'recruiter', 'A position for a hydrologist'),
  { day: 128, acts: [answer('ben', 'fay', { type: 'accept' })] },
  toFay(203, 'cleo', 'sales-navigator', 'Flow meters, two for one'),
  toFay(280, 'hana', 'sales-navigator', 'Sensors for rivers'),
  { day: 282, acts: [answer('hana', 'fay', { type: 'quick-reply', text: 'maybe-later' })] },
  toFay(301, 'gus', 'sales-navigator', 'A pilot in your region'),
  toFay(362, 'ben', 'recruiter', 'Another position, nearer to you'),
];

const campaigns: readonly Campaign[] = [
  {
    from: 'ada',
    product: 'premium',
    count: 3,
    firstWeek: 31,
    lastWeek: 50,
    recipients: 'reader',
    subject: 'My new book',
    body: 'Hello, may I send you a chapter of my book on rivers?',
  },
  {
    from: 'ben',
    product: 'recruiter',
    count: 5,
    firstWeek: 1,
    lastWeek: 51,
    recipients: 'candidate',
    subject: 'A role you might like',
    body: 'Hello, we are looking for engineers who like to keep things plain. May I tell you more?',
  },
  {
    from: 'cleo',
    product: 'sales-navigator',
    count: 4,
    firstWeek: 2,
    lastWeek: 40,
    recipients: 'lead',
    subject: 'Flow meters for your plant',
    body: 'Hello, may I show you what our meters do?',
  },
  {
    from: 'dora',
    product: 'premium',
    count: 2,
    firstWeek: 1,
    lastWeek: 20,
    recipients: 'editor',
    subject: 'A column on rivers',
    body: 'Hello, I would like to write for you.',
  },
  {
    from: 'emil',
    product: 'sales-navigator',
    count: 3,
    firstWeek: 3,
    lastWeek: 16,
    recipients: 'buyer',
    subject: 'Pumps',
    body: 'Hello, who decides on pumps at your company?',
  },
  {
    from: 'hana',
    product: 'sales-navigator',
    count: 3,
    firstWeek: 10,
    lastWeek: 48,
    recipients: 'partner',
    subject: 'Sensors together',
    body: 'Hello, shall we build something together?',
  },
];

/** In the order of time. All acts of a day are one scene. */
export function story(): Scene[] {
  const scenes = [
    beginnings,
    ...adaUnderCareer,
    ...adaUnderBusiness,
    ...changesOfPlan,
    ...faysInbox,
    ...campaigns.flatMap(scenesOf),
  ];
  const byDay = Map.groupBy(scenes, ({ day }) => day);
  return [...byDay]
    .toSorted(([one], [other]) => one - other)
    .map(([day, sameDay]) => ({ day, acts: sameDay.flatMap(({ acts }) => acts) }));
}
