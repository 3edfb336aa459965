import { COMMAND_DONE, conflict, isOutcome, ownCall, type Verb } from '../command.ts';
import { pauseRecording, resumeRecording } from '../recording.ts';

export interface RecordingCommand {
  readonly kind: 'pause-recording' | 'resume-recording';
  readonly contactId: string;
  readonly agentId: string;
}

const verb = (kind: RecordingCommand['kind'], work: typeof pauseRecording): Verb<RecordingCommand> => ({
  kind,
  async run(room, command) {
    const own = ownCall(room, command);
    if (isOutcome(own)) return own;
    return (await work(room, own.call)) ? COMMAND_DONE : conflict('nothing-is-recorded');
  },
});

export const pauseRecordingVerb = verb('pause-recording', pauseRecording);
export const resumeRecordingVerb = verb('resume-recording', resumeRecording);
