/** Loads the bundle that its argument names, and prints what that has cost this process. */
import { createRequire } from 'node:module';

const [, , bundle = ''] = process.argv;
const cpu = process.cpuUsage();
const begin = performance.now();
createRequire(bundle)(bundle);
const wallMillis = performance.now() - begin;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ wallMillis, cpuMillis: (user + system) / 1_000 }));
// A bundle may keep timers or sockets, and nothing waits for them.
process.exit();
