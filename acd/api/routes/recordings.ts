import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, join, normalize, sep } from 'node:path';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { byteRange } from '../../../media/index.ts';
import type { Identity } from '../../access/index.ts';
import { addAudit, findRecording, segmentsOf } from '../../store/index.ts';
import { allowed, identityOf } from '../authorize.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { refuse } from '../problem.ts';

/** The file's absolute path, or undefined for one that would leave the folder. */
function within(folder: string, path: string): string | undefined {
  const full = isAbsolute(path) ? normalize(path) : join(folder, path);
  return full.startsWith(folder + sep) ? full : undefined;
}

/** Playing recordings: only with permission, in ranges (RFC 9110, 14), each listening in the audit once. */
export function recordingRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  async function mayListen(identity: Identity, contactId: string): Promise<boolean> {
    if (identity.permissions.has('recordings.listen-all')) return true;
    const agentId = identity.agent?.agentId;
    if (agentId === undefined || !identity.permissions.has('recordings.listen-own')) return false;
    return (await segmentsOf(deps.db, contactId)).some((segment) => segment.agentId === agentId);
  }

  return async (app) => {
    app.get(
      '/recordings/:recordingId/audio',
      { ...allowed(), schema: { params: z.object({ recordingId: z.string().max(60) }) } },
      async (request, reply) => {
        const identity = identityOf(request);
        const recording = await findRecording(deps.db, request.params.recordingId);
        if (!recording) return refuse(request, reply, 'thing.not-found');
        if (!(await mayListen(identity, recording.contactId))) return refuse(request, reply, 'access.forbidden');
        const path = within(deps.settings.recordingsDir, recording.path);
        const file = path === undefined ? undefined : await stat(path).catch(() => undefined);
        if (path === undefined || !file?.isFile()) return refuse(request, reply, 'recording.missing');

        const range = byteRange(request.headers.range, file.size);
        reply.header('accept-ranges', 'bytes').header('cache-control', 'private, no-store').type('audio/wav');
        if (range.kind === 'unsatisfiable') {
          return reply.code(416).header('content-range', `bytes */${file.size}`).send();
        }
        const start = range.kind === 'part' ? range.start : 0;
        const end = range.kind === 'part' ? range.end : file.size - 1;
        if (start === 0) {
          await addAudit(deps.db, {
            actorId: identity.userId,
            action: 'listened',
            objectKind: 'recording',
            objectId: recording.id,
          });
        }
        if (range.kind === 'part') reply.code(206).header('content-range', `bytes ${start}-${end}/${file.size}`);
        reply.header('content-length', end - start + 1);
        return reply.send(createReadStream(path, { start, end }));
      },
    );
  };
}
