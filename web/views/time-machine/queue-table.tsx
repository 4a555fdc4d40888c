/** The queues between schedules and workers. They are mostly empty, and failures need a look. */
import { useRead } from '../../app/use-read.ts';
import { Button } from '../../parts/button.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { readQueues } from './local-api.ts';

export function QueueTable() {
  const { data, problem, isLoading, reload } = useRead(readQueues, []);
  return (
    <section class="card" aria-labelledby="queues">
      <h2 id="queues">Queues</h2>
      {problem && <ProblemNote problem={problem} onRetry={reload} />}
      <table>
        <caption>Messages in each queue</caption>
        <thead>
          <tr>
            <th scope="col">Queue</th>
            <th scope="col" class="number">
              Waiting
            </th>
            <th scope="col" class="number">
              Under way
            </th>
            <th scope="col" class="number">
              Failed
            </th>
          </tr>
        </thead>
        <tbody>
          {data?.queues.map(({ name, waiting, underWay, failures }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{waiting}</td>
              <td class="number">{underWay}</td>
              <td class="number">{failures}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <Button onClick={reload} isBusy={isLoading}>
          Look again
        </Button>
      </div>
    </section>
  );
}
