/** The frame around every view: the member, the links, and the view that the address names. */
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useErrorBoundary, useLayoutEffect, useState } from 'preact/hooks';
import { Button } from '../parts/button.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { useApp } from './context.ts';
import { navFor, placeAt } from './routes.tsx';

const PRODUCT_NAME = 'InMail credits';
const NO_PLACE = 'There is nothing here';

export function Shell() {
  const hash = useHash();
  const { memberId, signOut } = useApp();
  return (
    <>
      {/* A button, because a link to `#main` would change the hash, and the hash names the view. */}
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        Skip to the content
      </button>
      <header class="header">
        <p class="brand">{PRODUCT_NAME}</p>
        <Nav hash={hash} />
        <p class="who">
          <span>
            Signed in as <strong>{memberId}</strong>
          </span>
          <Button onClick={signOut}>Sign out</Button>
        </p>
      </header>
      <main id="main" tabIndex={-1}>
        <ErrorBoundary key={hash}>
          <View hash={hash} />
        </ErrorBoundary>
      </main>
    </>
  );
}

function Nav({ hash }: { readonly hash: string }) {
  return (
    <nav class="nav" aria-label="Views">
      <ul>
        {navFor(useApp()).map(({ href, label }) => (
          <li key={href}>
            <a href={href} {...(isWithin(hash, href) && { 'aria-current': hash === href ? 'page' : 'true' })}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** `#/operator/ada` is within `#/operator`. Nothing counts as within `#/`, because every view would. */
const isWithin = (hash: string, href: string): boolean =>
  hash === href || (href !== '#/' && hash.startsWith(`${href}/`));

/** The focus goes to the `h1` of a new view, as if it were a page of its own. The browser itself announces the first view. */
function View({ hash }: { readonly hash: string }) {
  const place = placeAt(hash, useApp());
  const view = useView(hash, place?.load);
  useLayoutEffect(() => {
    document.title = `${place?.title ?? NO_PLACE} · ${PRODUCT_NAME}`;
  }, [place?.title]);
  const isShown = view !== undefined || !place;
  useLayoutEffect(() => {
    if (!isShown) return;
    if (!isFirstView) document.querySelector('h1')?.focus();
    isFirstView = false;
  }, [isShown, hash]);
  if (place) return view ?? <Loading />;
  return (
    <>
      <h1 tabIndex={-1}>{NO_PLACE}</h1>
      <p>
        No view that you can see has this address. <a href="#/">Go to My Premium</a>
      </p>
    </>
  );
}

let isFirstView = true;

/** Undefined while the code of the view is loading. Throws to the error boundary if that fails. */
function useView(hash: string, load: (() => Promise<VNode>) | undefined): VNode | undefined {
  const [loaded, setLoaded] = useState<{ readonly hash: string; readonly view?: VNode; readonly error?: unknown }>();
  useEffect(() => {
    let isCurrent = true;
    const settle = (outcome: { readonly view: VNode } | { readonly error: unknown }) => {
      if (isCurrent) setLoaded({ hash, ...outcome });
    };
    load?.().then(
      (view) => settle({ view }),
      (error: unknown) => settle({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [hash]);
  if (loaded?.hash !== hash) return undefined;
  if ('error' in loaded) throw loaded.error;
  return loaded.view;
}

const Loading = () => (
  <p class="loading" role="status">
    Loading …
  </p>
);

/** Tells of a fault of the page, which would otherwise leave an empty screen. Code that cannot be fetched is one, too. */
function ErrorBoundary({ children }: { readonly children: ComponentChildren }) {
  const [error, tryAgain] = useErrorBoundary((fault) => console.error(fault));
  if (error === undefined) return <>{children}</>;
  return (
    <>
      <h1 tabIndex={-1}>Something went wrong</h1>
      <ProblemNote problem={{ slug: 'page-fault' }} onRetry={tryAgain} />
    </>
  );
}

function useHash(): string {
  const [hash, setHash] = useState(readHash);
  useEffect(() => {
    const follow = () => setHash(readHash());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return hash;
}

const readHash = (): string => (location.hash === '' || location.hash === '#' ? '#/' : location.hash);
