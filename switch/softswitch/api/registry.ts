import type { ApiCommand } from '../core/switch-core.ts';
import { conference } from './conference.ts';
import { createUuid } from './create-uuid.ts';
import { echo } from './echo.ts';
import { fsctl } from './fsctl.ts';
import { globalGetvar } from './global-getvar.ts';
import { hostname } from './hostname.ts';
import { hupall } from './hupall.ts';
import { originate } from './originate.ts';
import { show } from './show.ts';
import { sofia } from './sofia.ts';
import { sofiaContact } from './sofia-contact.ts';
import { status } from './status.ts';
import { strftime } from './strftime.ts';
import { uptime } from './uptime.ts';
import { uuidAnswer } from './uuid-answer.ts';
import { uuidAudio } from './uuid-audio.ts';
import { uuidBreak } from './uuid-break.ts';
import { uuidBridge } from './uuid-bridge.ts';
import { uuidBroadcast } from './uuid-broadcast.ts';
import { uuidDisplay } from './uuid-display.ts';
import { uuidDump } from './uuid-dump.ts';
import { uuidExists } from './uuid-exists.ts';
import { uuidGetvar } from './uuid-getvar.ts';
import { uuidHold } from './uuid-hold.ts';
import { uuidKill } from './uuid-kill.ts';
import { uuidMedia } from './uuid-media.ts';
import { uuidPark } from './uuid-park.ts';
import { uuidPreAnswer } from './uuid-pre-answer.ts';
import { uuidRecord } from './uuid-record.ts';
import { uuidRecvDtmf } from './uuid-recv-dtmf.ts';
import { uuidRingReady } from './uuid-ring-ready.ts';
import { uuidSendDtmf } from './uuid-send-dtmf.ts';
import { uuidSetvar } from './uuid-setvar.ts';
import { uuidSetvarMulti } from './uuid-setvar-multi.ts';
import { uuidTransfer } from './uuid-transfer.ts';
import { version } from './version.ts';

/** Every `api` command by its name. */
export const API_COMMANDS: ReadonlyMap<string, ApiCommand> = new Map([
  ['break', uuidBreak],
  ['conference', conference],
  ['create_uuid', createUuid],
  ['echo', echo],
  ['fsctl', fsctl],
  ['global_getvar', globalGetvar],
  ['hostname', hostname],
  ['hupall', hupall],
  ['originate', originate],
  ['show', show],
  ['sofia', sofia],
  ['sofia_contact', sofiaContact],
  ['status', status],
  ['strftime', strftime],
  ['switchname', hostname],
  ['uptime', uptime],
  ['uuid_answer', uuidAnswer],
  ['uuid_audio', uuidAudio],
  ['uuid_break', uuidBreak],
  ['uuid_bridge', uuidBridge],
  ['uuid_broadcast', uuidBroadcast],
  ['uuid_display', uuidDisplay],
  ['uuid_dump', uuidDump],
  ['uuid_exists', uuidExists],
  ['uuid_getvar', uuidGetvar],
  ['uuid_hold', uuidHold],
  ['uuid_kill', uuidKill],
  ['uuid_media', uuidMedia],
  ['uuid_park', uuidPark],
  ['uuid_pre_answer', uuidPreAnswer],
  ['uuid_record', uuidRecord],
  ['uuid_recv_dtmf', uuidRecvDtmf],
  ['uuid_ring_ready', uuidRingReady],
  ['uuid_send_dtmf', uuidSendDtmf],
  ['uuid_setvar', uuidSetvar],
  ['uuid_setvar_multi', uuidSetvarMulti],
  ['uuid_transfer', uuidTransfer],
  ['version', version],
]);
