/** The views by their place in the address. Each is loaded when it is first shown, which keeps the first load small. */
import type { ComponentType, VNode } from 'preact';
import { PRODUCTS } from '../../shared/domain/plans.ts';
import { nameOf } from '../words/names.ts';
import { partsOfAddress } from './address.ts';
import type { App } from './context.ts';

/** `title` is that of the window. A view has an `h1` of its own. */
export type Place = { readonly title: string; readonly load: () => Promise<VNode> };

export type NavItem = { readonly href: string; readonly label: string };

type Module<Props> = { readonly default: ComponentType<Props> };

function place<Props extends object>(title: string, view: () => Promise<Module<Props>>, props: NoInfer<Props>): Place {
  const load = async () => {
    const { default: View } = await view();
    return <View {...props} />;
  };
  return { title, load };
}

const viewOf = {
  myPremium: () => import('../views/my-premium.tsx'),
  compose: () => import('../views/compose.tsx'),
  inmails: () => import('../views/inmails.tsx'),
  statement: () => import('../views/statement.tsx'),
  operator: () => import('../views/operator.tsx'),
  timeMachine: () => import('../views/time-machine.tsx'),
};

/** By the part between the slashes: `#/operator/ada` is `operator` and `ada`. */
const PLACES: Readonly<
  Record<string, (id: string | undefined, app: Pick<App, 'scopes' | 'isLocal'>) => Place | undefined>
> = {
  '': () => place('My Premium', viewOf.myPremium, {}),
  compose: (id) => (id ? undefined : place('Write an InMail', viewOf.compose, {})),
  inbox: (inmailId) => place('Inbox', viewOf.inmails, { box: 'inbox', inmailId }),
  sent: (inmailId) => place('Sent', viewOf.inmails, { box: 'sent', inmailId }),
  statement: (id) => {
    const product = PRODUCTS.find((name) => name === id);
    return product && place(`Statement of ${nameOf(product)}`, viewOf.statement, { product });
  },
  // The view itself tells members without a scope what it takes.
  operator: (memberId) => place(memberId ? `Member ${memberId}` : 'Members', viewOf.operator, { memberId }),
  time: (id, { isLocal }) => (isLocal && !id ? place('Time machine', viewOf.timeMachine, {}) : undefined),
};

/** Undefined if this page has no such place, or if this member may not see it. */
export function placeAt(hash: string, app: Pick<App, 'scopes' | 'isLocal'>): Place | undefined {
  const { name, id } = partsOfAddress(hash) ?? {};
  return name !== undefined && Object.hasOwn(PLACES, name) ? PLACES[name]?.(id, app) : undefined;
}

export function navFor({ scopes, isLocal }: Pick<App, 'scopes' | 'isLocal'>): NavItem[] {
  return [
    { href: '#/', label: 'My Premium' },
    { href: '#/compose', label: 'Write' },
    { href: '#/inbox', label: 'Inbox' },
    { href: '#/sent', label: 'Sent' },
    ...(scopes.size > 0 ? [{ href: '#/operator', label: 'Members' }] : []),
    ...(isLocal ? [{ href: '#/time', label: 'Time machine' }] : []),
  ];
}
