import type { SpeechProgram } from './program-synthesizer.ts';

/** espeak-ng speaks both languages. Its pinyin voice reads digits in Chinese; the older `cmn` reads them in English. */
export const ESPEAK_NG: SpeechProgram = {
  name: 'espeak-ng',
  program: 'espeak-ng',
  probeArgs: ['--version'],
  voices: { en: ['en-us', 'en'], 'zh-CN': ['cmn-latn-pinyin', 'cmn'] },
  output: 'stdout',
  command: (text, voice) => ({ args: ['-v', voice, '-s', '150', '--stdin', '--stdout'], input: text }),
};

/** flite speaks English only, and more clearly over a telephone. */
export const FLITE: SpeechProgram = {
  name: 'flite',
  program: 'flite',
  probeArgs: ['--version'],
  voices: { en: ['rms'] },
  output: 'file',
  command: (text, voice, file) => ({ args: ['-voice', voice, '-o', file, '-t', text], input: '' }),
};
