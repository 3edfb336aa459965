import type { Verb } from '../command.ts';
import {
  type ConsultCommand,
  type ConsultEndCommand,
  consultCancelVerb,
  consultCompleteVerb,
  consultConferenceVerb,
  consultVerb,
} from './consult.ts';
import { type DeclineCommand, declineVerb } from './decline.ts';
import { type DigitsCommand, digitsVerb } from './digits.ts';
import { type HangUpCommand, hangUpVerb } from './hang-up.ts';
import { type HoldCommand, holdVerb } from './hold.ts';
import { pauseRecordingVerb, type RecordingCommand, resumeRecordingVerb } from './recording.ts';
import { type StopSupervisingCommand, type SuperviseCommand, stopSupervisingVerb, superviseVerb } from './supervise.ts';
import {
  type AssignCommand,
  assignVerb,
  type MoveCommand,
  moveVerb,
  type ReprioritiseCommand,
  reprioritiseVerb,
  type TakeOverCommand,
  takeOverVerb,
} from './take-over.ts';
import { type TransferCommand, transferVerb } from './transfer.ts';
import { type UnholdCommand, unholdVerb } from './unhold.ts';
import { type ExtendWrapUpCommand, extendWrapUpVerb, type WrapUpCommand, wrapUpVerb } from './wrap-up.ts';

/** Everything that a person can ask of a call. */
export type VoiceCommand =
  | HoldCommand
  | UnholdCommand
  | DigitsCommand
  | HangUpCommand
  | TransferCommand
  | RecordingCommand
  | WrapUpCommand
  | ExtendWrapUpCommand
  | DeclineCommand
  | ConsultCommand
  | ConsultEndCommand
  | SuperviseCommand
  | StopSupervisingCommand
  | TakeOverCommand
  | AssignCommand
  | MoveCommand
  | ReprioritiseCommand;

const VERBS = [
  holdVerb,
  unholdVerb,
  digitsVerb,
  hangUpVerb,
  transferVerb,
  pauseRecordingVerb,
  resumeRecordingVerb,
  wrapUpVerb,
  extendWrapUpVerb,
  declineVerb,
  consultVerb,
  consultCancelVerb,
  consultConferenceVerb,
  consultCompleteVerb,
  superviseVerb,
  stopSupervisingVerb,
  takeOverVerb,
  assignVerb,
  moveVerb,
  reprioritiseVerb,
] as const;

const BY_KIND = new Map(VERBS.map((verb) => [verb.kind as string, verb as unknown as Verb<VoiceCommand>]));

export function verbOf(kind: VoiceCommand['kind']): Verb<VoiceCommand> {
  return BY_KIND.get(kind)!;
}
