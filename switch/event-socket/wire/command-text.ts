import { CodedError } from '../../../config/errors.ts';

/** Bytes of one command. The switch itself reads up to 10 MiB. */
const MAX_COMMAND_BYTES = 65_536;

/**
 * Writes a command as it goes over the wire. A line break or NUL in any part would begin a command of its own, so it is
 * refused with `request.invalid`, as is anything longer than 64 KiB.
 */
export function encodeCommand(line: string, headers: Readonly<Record<string, string>> = {}): string {
  checkText('command', line);
  let text = `${line}\n`;
  for (const [name, value] of Object.entries(headers)) {
    checkText('command header name', name);
    checkText(name, value);
    text += `${name}: ${value}\n`;
  }
  text += '\n';
  const size = Buffer.byteLength(text);
  if (size > MAX_COMMAND_BYTES) throw new CodedError('request.invalid', { field: 'command', reason: 'too-long', size });
  return text;
}

function checkText(field: string, text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the characters that end a line on the wire
  if (/[\r\n\u0000]/.test(text)) throw new CodedError('request.invalid', { field, reason: 'line-break' });
}
