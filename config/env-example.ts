import { SETTING_NAMES, SETTINGS, type Setting } from './env-settings.ts';

/** The text of `.env.example`: every variable with what it is for, commented out, showing its default or else an example. */
export function envExample(): string {
  const blocks = SETTING_NAMES.map((name) => {
    const setting: Setting = SETTINGS[name];
    const file = setting.secret ? ` Or name a file that holds it with ${name}_FILE.` : '';
    return `# ${setting.about}${file}\n# ${name}=${setting.fallback ?? setting.example}\n`;
  });
  return `# Made by "npm run env:example". Copy to .env and remove the # before what you change.\n\n${blocks.join('\n')}`;
}
