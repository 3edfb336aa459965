import { spawn } from 'node:child_process';

export type ProgramOutcome =
  | { readonly kind: 'ended'; readonly code: number; readonly stdout: Buffer }
  /** There is no such program on the PATH. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'late' }
  | { readonly kind: 'too-much' }
  | { readonly kind: 'crashed'; readonly detail: string };

/** Sound of three minutes at 22 kHz. */
const MAX_OUTPUT_BYTES = 8 * 1024 * 1024;

/** Runs a program without a shell; it is killed at the deadline, and when it writes more than 8 MiB. Its error output is not kept: it may repeat the text. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { readonly input: string; readonly deadlineMs: number },
): Promise<ProgramOutcome> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { stdio: ['pipe', 'pipe', 'ignore'], shell: false });
    const chunks: Buffer[] = [];
    let bytes = 0;
    let verdict: ProgramOutcome | undefined;
    const stop = (outcome: ProgramOutcome) => {
      verdict ??= outcome;
      child.kill('SIGKILL');
    };
    const deadline = setTimeout(() => stop({ kind: 'late' }), options.deadlineMs);
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(deadline);
      resolve(error.code === 'ENOENT' ? { kind: 'absent' } : { kind: 'crashed', detail: error.code ?? 'unknown' });
    });
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT_BYTES) stop({ kind: 'too-much' });
      else chunks.push(chunk);
    });
    child.once('close', (code, signal) => {
      clearTimeout(deadline);
      if (verdict) resolve(verdict);
      else if (code === null) resolve({ kind: 'crashed', detail: String(signal) });
      else resolve({ kind: 'ended', code, stdout: Buffer.concat(chunks) });
    });
    // A program that ends before it has read everything is judged by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}
