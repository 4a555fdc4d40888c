/** Starts the page. It signs the member in first, and then shows everything. */
import { render } from 'preact';
import { Shell } from './app/app.tsx';
import { Provider } from './app/provider.tsx';
import { askForTime, serverClock } from './app/server-clock.ts';
import { type Config, openSession, SignInError, signInAgain } from './app/session.ts';
import './styles.css';

async function start(page: HTMLElement): Promise<void> {
  const config = await readConfig();
  const isLocal = config.local === true;
  const clock = serverClock(() => askForTime(isLocal), Date.now);
  try {
    const session = await openSession(config, () =>
      show(page, 'You are signed out.', 'Sign in', () => void signInAgain(config)),
    );
    if (!session) return;
    await clock.read();
    render(
      <Provider session={session} clock={clock} isLocal={isLocal}>
        <Shell />
      </Provider>,
      page,
    );
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    show(page, error.message, 'Sign in', () => void signInAgain(config));
  }
}

async function readConfig(): Promise<Config> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json: ${response.status}`);
  return (await response.json()) as Config;
}

function show(page: HTMLElement, message: string, label: string, onClick: () => void): void {
  document.title = 'InMail credits';
  render(
    <main>
      <h1>InMail credits</h1>
      <p role="alert">{message}</p>
      <p>
        <button type="button" class="primary" onClick={onClick}>
          {label}
        </button>
      </p>
    </main>,
    page,
  );
}

const page = document.getElementById('page');
if (page) {
  // The text of index.html is no part of the rendered tree.
  page.replaceChildren();
  start(page).catch((error: unknown) => {
    console.error(error);
    show(page, 'The system cannot be reached.', 'Try again', () => location.reload());
  });
}
