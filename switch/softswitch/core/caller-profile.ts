import { microseconds } from './time.ts';

/** When something happened to a leg, microseconds since 1970; 0 for not yet. */
export interface LegTimes {
  profileCreated: number;
  created: number;
  answered: number;
  progress: number;
  progressMedia: number;
  hangup: number;
  transfer: number;
  resurrect: number;
  bridged: number;
  lastHold: number;
  holdAccum: number;
}

/** Who calls whom, as the `Caller-*` headers say it. */
export interface CallerProfile {
  username?: string;
  dialplan?: string;
  callerIdName: string;
  callerIdNumber: string;
  origCallerIdName: string;
  origCallerIdNumber: string;
  calleeIdName: string;
  calleeIdNumber: string;
  networkAddr?: string;
  ani: string;
  destinationNumber: string;
  rdnis?: string;
  uniqueId: string;
  source: string;
  transferSource?: string;
  context: string;
  channelName: string;
  direction: 'inbound' | 'outbound';
  logicalDirection: 'inbound' | 'outbound';
  /** 1 for the first profile; each bridge or transfer makes another. */
  index: number;
  times: LegTimes;
}

/** All times of a new leg. */
export function newTimes(nowMs: number): LegTimes {
  const now = microseconds(nowMs);
  return {
    profileCreated: now,
    created: now,
    answered: 0,
    progress: 0,
    progressMedia: 0,
    hangup: 0,
    transfer: 0,
    resurrect: 0,
    bridged: 0,
    lastHold: 0,
    holdAccum: 0,
  };
}

/** A copy with the next index, as a bridge or a transfer starts it; `transferSource` says what did. */
export function nextProfile(profile: CallerProfile, nowMs: number, transferSource: string): CallerProfile {
  return {
    ...profile,
    index: profile.index + 1,
    transferSource,
    times: { ...profile.times, profileCreated: microseconds(nowMs), bridged: 0 },
  };
}

/** The profile as headers with names starting `prefix`: `Caller-` or `Other-Leg-`. Empty values are left out, as FreeSWITCH does. */
export function profileHeaders(prefix: 'Caller-' | 'Other-Leg-', profile: CallerProfile): [string, string][] {
  const times = profile.times;
  const rows: [string, string | undefined][] = [
    ['Direction', profile.direction],
    ['Logical-Direction', profile.logicalDirection],
    ['Username', profile.username],
    ['Dialplan', profile.dialplan],
    ['Caller-ID-Name', profile.callerIdName],
    ['Caller-ID-Number', profile.callerIdNumber],
    ['Orig-Caller-ID-Name', profile.origCallerIdName],
    ['Orig-Caller-ID-Number', profile.origCallerIdNumber],
    ['Callee-ID-Name', profile.calleeIdName],
    ['Callee-ID-Number', profile.calleeIdNumber],
    ['Network-Addr', profile.networkAddr],
    ['ANI', profile.ani],
    ['RDNIS', profile.rdnis],
    ['Destination-Number', profile.destinationNumber],
    ['Unique-ID', profile.uniqueId],
    ['Source', profile.source],
    ['Transfer-Source', profile.transferSource],
    ['Context', profile.context],
    ['Channel-Name', profile.channelName],
    ['Profile-Index', prefix === 'Caller-' ? String(profile.index) : undefined],
    ['Profile-Created-Time', String(times.profileCreated)],
    ['Channel-Created-Time', String(times.created)],
    ['Channel-Answered-Time', String(times.answered)],
    ['Channel-Progress-Time', String(times.progress)],
    ['Channel-Progress-Media-Time', String(times.progressMedia)],
    ['Channel-Hangup-Time', String(times.hangup)],
    ['Channel-Transfer-Time', String(times.transfer)],
    ['Channel-Resurrect-Time', String(times.resurrect)],
    ['Channel-Bridged-Time', String(times.bridged)],
    ['Channel-Last-Hold', String(times.lastHold)],
    ['Channel-Hold-Accum', String(times.holdAccum)],
    ['Screen-Bit', 'true'],
    ['Privacy-Hide-Name', 'false'],
    ['Privacy-Hide-Number', 'false'],
  ];
  return rows.filter((row): row is [string, string] => !!row[1]).map(([name, value]) => [prefix + name, value]);
}
