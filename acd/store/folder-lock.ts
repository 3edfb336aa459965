import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * Takes the folder for this process, or throws `data-dir.locked` naming the process that has it. A lock left behind by a process that is
 * gone (kill -9) is taken over. Taking is atomic: the lock appears whole by a hard link, which fails when one is there already.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, LOCK_FILE);
  const holder: Holder = { pid: process.pid, startedAt: (await startOf(process.pid)) ?? '', token: randomUUID() };
  const draft = `${path}.${holder.token}`;
  await writeFile(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      if (await linked(draft, path)) return { release: () => releaseLock(path, holder.token) };
      const present = await readHolder(path);
      if (present && (await isAlive(present))) throw new CodedError('data-dir.locked', { pid: present.pid });
      await removeStale(path, present, holder.token);
    }
    throw new CodedError('data-dir.locked', {});
  } finally {
    await rm(draft, { force: true });
  }
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

/** Moves the stale lock aside and looks once more at what was moved, so that of two starters neither removes the other's new lock. */
async function removeStale(path: string, stale: Holder | undefined, token: string): Promise<void> {
  const aside = `${path}.stale.${token}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  const moved = await readHolder(aside);
  if (moved?.token !== stale?.token) await linked(aside, path);
  await rm(aside, { force: true });
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
