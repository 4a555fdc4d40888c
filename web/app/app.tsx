/** The shell: who is signed in, where one can go, and the view that the address names. */
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
      {/* A button, for the hash names the view: a link to `#main` would name another. */}
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

/** `#/operator/ada` is within `#/operator`; everything would be within `#/`. */
const isWithin = (hash: string, href: string): boolean =>
  hash === href || (href !== '#/' && hash.startsWith(`${href}/`));

/** A view brings its own `h1`. Focus goes there, as it would with a page of its own; the first one the browser announces. */
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
        This address names no view that you can see. <a href="#/">Go to My Premium</a>
      </p>
    </>
  );
}

let isFirstView = true;

/** Undefined while its code is loaded; a fault in that is thrown to the error boundary. */
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

/** A fault of the page: it says so instead of vanishing. A view's code that cannot be fetched ends here, too. */
function ErrorBoundary({ children }: { readonly children: ComponentChildren }) {
  const [error, tryAgain] = useErrorBoundary((fault) => console.error(fault));
  if (error === undefined) return <>{children}</>;
  return (
    <>
      <h1 tabIndex={-1}>That went wrong</h1>
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
