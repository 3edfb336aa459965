/** Name of the environment variable that carries the embedded switch's settings, as JSON. */
export const SOFTSWITCH_SETTINGS = 'TANDEM_SOFTSWITCH';

/** The settings that a softswitch process was given, as text; taken out of the environment so that no child of it sees them. */
export function takeSoftswitchSettings(): string | undefined {
  const text = process.env[SOFTSWITCH_SETTINGS];
  delete process.env[SOFTSWITCH_SETTINGS];
  return text;
}
