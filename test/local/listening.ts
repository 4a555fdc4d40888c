/** The sockets on which a process and all its children listen, as Linux lists them under `/proc`. */
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

export const HAS_PROC = existsSync('/proc/net/tcp');

export type Listening = { readonly command: string; readonly address: string; readonly port: number };

export function listeningIn(root: number): Listening[] {
  const sockets = new Map(['tcp', 'tcp6'].flatMap(socketsIn).map((socket) => [socket.inode, socket]));
  return familyOf(root).flatMap((pid) => {
    const command = textOf(`/proc/${pid}/comm`).trim();
    const own = inodesOf(pid).flatMap((inode) => sockets.get(inode) ?? []);
    return own.map(({ address, port }) => ({ command, address, port }));
  });
}

/** A process, its children and theirs. Those in a process group of their own are children all the same. */
function familyOf(root: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  // State and parent stand after the command in brackets, and the command may hold any character.
  const parents = pids.map(
    (pid) => [Number(pid), Number(/\) \S (\d+)/.exec(textOf(`/proc/${pid}/stat`))?.[1])] as const,
  );
  const family = [root];
  for (const pid of family) family.push(...parents.filter(([, parent]) => parent === pid).map(([child]) => child));
  return family;
}

const LISTENING = '0A';

function socketsIn(table: string): { inode: string; address: string; port: number }[] {
  const [, ...rows] = textOf(`/proc/net/${table}`).trim().split('\n');
  return rows.flatMap((row) => {
    const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    return state === LISTENING ? [{ inode, address: addressOf(address), port: Number.parseInt(port, 16) }] : [];
  });
}

/**
 * Four bytes at a time, the last first. Only loopback matters in IPv6, mapped or not, so other addresses stay as they
 * are.
 */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse()).join('');
  const mapped = /^(?:0{20}f{4})?([0-9a-f]{8})$/i.exec(bytes);
  if (mapped) return (mapped[1] ?? '').replace(/../g, (byte) => `${Number.parseInt(byte, 16)}.`).slice(0, -1);
  return bytes === `${'0'.repeat(31)}1` ? '::1' : bytes;
}

function inodesOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const target = linkOf(`/proc/${pid}/fd/${fd}`);
      return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [];
    });
  } catch {
    return [];
  }
}

/** Undefined if the process has ended in the meantime. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function linkOf(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
