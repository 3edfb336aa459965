import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CodedError } from '../../../config/errors.ts';
import type { Person } from '../../access/index.ts';
import { answer } from '../answers.ts';
import { allowed, identityOf, personOf } from '../authorize.ts';
import {
  changePasswordSchema,
  doneSchema,
  editUserSchema,
  newUserSchema,
  ROLES,
  resetPasswordSchema,
  type User,
  userSchema,
  usersSchema,
} from '../contract/index.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { refuse } from '../problem.ts';

const params = z.object({ userId: z.string().max(60) });
const manages = allowed('users.manage');
/** Somebody who found an open page must not guess its owner's password. */
const passwordLimit = { rateLimit: { max: 10, timeWindow: 60_000 } };

const userView = (person: Person): User => ({
  userId: person.id,
  username: person.userName,
  displayName: person.displayName,
  role: [...ROLES].reverse().find((role) => person.roleIds.includes(role)) ?? 'agent',
  locale: person.locale === 'en' ? 'en' : 'zh-CN',
  disabled: person.disabled,
  ...(person.agent ? { agent: { ...person.agent } } : {}),
});

/** People: adding, changing, disabling, passwords. Pages that lose their rights are signed out. */
export function userRoutes(deps: ApiDependencies): FastifyPluginAsyncZod {
  const { people } = deps;
  async function viewOf(userId: string): Promise<User> {
    const person = await people.find(userId);
    if (!person) throw new CodedError('thing.not-found', { what: 'user' });
    return userView(person);
  }

  return async (app) => {
    app.get('/users', { ...manages, schema: { response: { 200: usersSchema } } }, async () => ({
      items: (await people.list()).map(userView),
    }));

    app.post(
      '/users',
      { ...manages, schema: { body: newUserSchema, response: { 201: userSchema } } },
      async (request, reply) => {
        const { locale = deps.settings.defaultLocale, ...person } = request.body;
        const userId = await people.add({ ...person, locale }, identityOf(request).userId);
        await deps.staffChanged();
        return reply.code(201).send(await viewOf(userId));
      },
    );

    app.patch(
      '/users/:userId',
      { ...manages, schema: { params, body: editUserSchema, response: { 200: userSchema } } },
      async (request, reply) => {
        const { userId } = request.params;
        const outcome = await people.change(userId, request.body, identityOf(request).userId);
        if (outcome.kind === 'not-found') return refuse(request, reply, 'thing.not-found') as never;
        if (outcome.kind === 'conflict')
          return refuse(request, reply, 'state.conflict', undefined, outcome.why) as never;
        await deps.staffChanged();
        return viewOf(userId);
      },
    );

    app.put(
      '/users/:userId/password',
      { ...manages, schema: { params, body: resetPasswordSchema, response: { 200: doneSchema } } },
      async (request, reply) => {
        const { userId } = request.params;
        const outcome = await people.resetPassword(userId, request.body.password, identityOf(request).userId);
        return answer(request, reply, outcome) as never;
      },
    );

    app.put(
      '/session/password',
      {
        ...allowed(),
        schema: { body: changePasswordSchema, response: { 200: doneSchema } },
        config: passwordLimit,
      },
      async (request, reply) => {
        const { identity, token } = personOf(request);
        const { current, next } = request.body;
        return answer(request, reply, await people.changePassword(identity.userId, current, next, token)) as never;
      },
    );
  };
}
