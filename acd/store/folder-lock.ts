import { randomUUID } from 'node:crypto';
import { link, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CodedError } from '../../config/errors.ts';

/** Name of the lock inside the data folder. */
const LOCK_FILE = 'tandem.lock';

/** Who holds a folder: a process id, and when that process started, since ids are used again (after a reboot, or in a container). */
interface Holder {
  readonly pid: number;
  readonly startedAt: string;
  readonly token: string;
}

/** A folder that is ours until `release`, which is idempotent. */
export interface FolderLock {
  release(): Promise<void>;
}

/** How often somebody else's takeover is waited for, and how long each time, ms. */
const TAKEOVER_ATTEMPTS = 100;
const TAKEOVER_PAUSE_MS = 20;

/**
 * Takes the folder for this process, or throws `data-dir.locked` naming the process that has it. A lock left behind by a process that is
 * gone (kill -9) is taken over. Taking is atomic: the lock appears whole by a hard link, which fails when one is there already.
 * Removing a stale one is done by one starter at a time, under a second lock of the same kind that lasts a moment.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, LOCK_FILE);
  const takeover = `${path}.takeover`;
  const holder: Holder = { pid: process.pid, startedAt: (await startOf(process.pid)) ?? '', token: randomUUID() };
  const draft = `${path}.${holder.token}`;
  await writeFile(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < TAKEOVER_ATTEMPTS; attempt++) {
      if (await linked(draft, path)) return { release: () => releaseLock(path, holder.token) };
      await refuseWhenHeld(path);
      if (await linked(draft, takeover)) {
        try {
          await refuseWhenHeld(path);
          await rm(path, { force: true });
          if (await linked(draft, path)) return { release: () => releaseLock(path, holder.token) };
        } finally {
          await releaseLock(takeover, holder.token);
        }
      } else {
        const other = await readHolder(takeover);
        if (other && !(await isAlive(other))) await rm(takeover, { force: true });
        await delay(TAKEOVER_PAUSE_MS);
      }
    }
    throw new CodedError('data-dir.locked', { reason: 'takeover' });
  } finally {
    await rm(draft, { force: true });
  }
}

async function refuseWhenHeld(path: string): Promise<void> {
  const present = await readHolder(path);
  if (present && (await isAlive(present))) throw new CodedError('data-dir.locked', { pid: present.pid });
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new CodedError('data-dir.locked', { reason: (fault as NodeJS.ErrnoException).code }, fault);
  }
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const holder: Partial<Holder> = JSON.parse(await readFile(path, 'utf8'));
    if (typeof holder.pid !== 'number') return undefined;
    return { pid: holder.pid, startedAt: String(holder.startedAt ?? ''), token: String(holder.token ?? '') };
  } catch {
    return undefined;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const startedAt = await startOf(holder.pid);
  return startedAt === undefined || holder.startedAt === '' || startedAt === holder.startedAt;
}

/** When a process started, in the kernel's ticks since boot with the boot's own id; undefined where /proc does not tell. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // proc(5): the name in parentheses may hold spaces; field 22 is the 20th after it.
    return `${boot.trim()}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}

async function releaseLock(path: string, token: string): Promise<void> {
  if ((await readHolder(path))?.token === token) await unlink(path).catch(() => {});
}
