import { describe, expect, it } from 'vitest';
import { CommandReader } from './command-reader.ts';

function lines(reader: CommandReader, ...chunks: string[]): string[] {
  return chunks.flatMap((chunk) => {
    const outcome = reader.push(Buffer.from(chunk));
    return outcome.kind === 'commands' ? outcome.commands.map((command) => command.line) : ['too-large'];
  });
}

describe('command reader', () => {
  it('reads commands however they are cut', () => {
    const text = 'api status\n\nevent plain ALL\r\n\r\n\n\nexit\n\n';
    expect(lines(new CommandReader(), text)).toEqual(['api status', 'event plain ALL', 'exit']);
    expect(lines(new CommandReader(), ...text)).toEqual(['api status', 'event plain ALL', 'exit']);
  });

  it('reads headers in any case and a body of so many bytes', () => {
    const outcome = new CommandReader().push(
      Buffer.from(
        'sendmsg abc\nCall-Command: execute\nEXECUTE-App-Name:playback\nContent-Length: 4\n\n王\n\napi x\n\n',
      ),
    );
    expect(outcome.kind === 'commands' && outcome.commands).toMatchObject([
      { line: 'sendmsg abc', body: '王\n' },
      { line: 'api x', body: undefined },
    ]);
    const [command] = outcome.kind === 'commands' ? outcome.commands : [];
    expect(command?.headers.get('call-command')).toBe('execute');
    expect(command?.headers.get('execute-app-name')).toBe('playback');
  });

  it('refuses what is larger than its limits', () => {
    const limits = { headBytes: 20, headers: 2, bodyBytes: 5 };
    expect(lines(new CommandReader(limits), 'x'.repeat(21))).toEqual(['too-large']);
    expect(lines(new CommandReader(limits), 'a\nb: 1\nc: 2\nd: 3\n\n')).toEqual(['too-large']);
    expect(lines(new CommandReader({ ...limits, headBytes: 99 }), 'a\ncontent-length: 6\n\n')).toEqual(['too-large']);
    expect(lines(new CommandReader({ ...limits, headBytes: 99 }), 'a\ncontent-length: -1\n\n')).toEqual(['too-large']);
  });
});
