import { randomUUID } from 'node:crypto';
import { isCoded } from '../../config/errors.ts';
import type { Queryable } from './database.ts';
import type { Identity } from './phone-number.ts';

export interface Customer {
  readonly id: string;
  readonly displayName: string | null;
  readonly locale: string | null;
  /** Customer segment of the routing configuration, e.g. `vip`. */
  readonly tier: string | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly createdAtMs: number;
}

const COLUMNS = `c.id, c.display_name as "displayName", c.locale, c.tier, c.attributes, c.created_at as "createdAtMs"`;

/** A customer with everything by which they are known. */
export interface IdentifiedCustomer extends Customer {
  readonly identities: readonly Identity[];
}

/** The customer with this identity, or undefined. One round trip: callers wait for it. */
export async function findCustomerByIdentity(
  db: Queryable,
  identity: Identity,
): Promise<IdentifiedCustomer | undefined> {
  const { rows } = await db.query<IdentifiedCustomer>(
    `select ${COLUMNS},
            (select json_agg(json_build_object('kind', o.kind, 'value', o.value) order by o.kind, o.value)
               from customer_identities o where o.customer_id = c.id) as identities
       from customer_identities i join customers c on c.id = i.customer_id where i.kind = $1 and i.value = $2`,
    [identity.kind, identity.value],
  );
  return rows[0];
}

/**
 * The customer with this identity, made when there is none. Two calls of one new number at the same moment get the same customer:
 * the identity's key lets one statement through, and the other finds what it made.
 */
export async function customerOfIdentity(
  db: Queryable,
  identity: Identity,
): Promise<{ readonly customer: IdentifiedCustomer; readonly isNew: boolean }> {
  const known = await findCustomerByIdentity(db, identity);
  if (known) return { customer: known, isNew: false };
  try {
    const { rows } = await db.query<Customer>(
      `with c as (insert into customers (id) values ($1) returning *),
            linked as (insert into customer_identities (kind, value, customer_id) select $2, $3, c.id from c)
       select ${COLUMNS} from c`,
      [randomUUID(), identity.kind, identity.value],
    );
    return { customer: { ...rows[0]!, identities: [identity] }, isNew: true };
  } catch (error) {
    if (!isCoded(error, 'store.conflict')) throw error;
    const meanwhile = await findCustomerByIdentity(db, identity);
    if (!meanwhile) throw error;
    return { customer: meanwhile, isNew: false };
  }
}

export interface CustomerFields {
  readonly displayName?: string;
  readonly locale?: string;
  readonly tier?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export async function insertCustomer(db: Queryable, fields: CustomerFields): Promise<Customer> {
  const { rows } = await db.query<Customer>(
    `insert into customers as c (id, display_name, locale, tier, attributes) values ($1, $2, $3, $4, $5::jsonb) returning ${COLUMNS}`,
    [
      randomUUID(),
      fields.displayName ?? null,
      fields.locale ?? null,
      fields.tier ?? null,
      JSON.stringify(fields.attributes ?? {}),
    ],
  );
  return rows[0]!;
}

/** Changes what is given and leaves the rest. Undefined when there is no such customer. */
export async function updateCustomer(db: Queryable, id: string, fields: CustomerFields): Promise<Customer | undefined> {
  const { rows } = await db.query<Customer>(
    `update customers as c set display_name = coalesce($2, display_name), locale = coalesce($3, locale), tier = coalesce($4, tier),
            attributes = attributes || $5::jsonb, updated_at = now()
      where id = $1 returning ${COLUMNS}`,
    [
      id,
      fields.displayName ?? null,
      fields.locale ?? null,
      fields.tier ?? null,
      JSON.stringify(fields.attributes ?? {}),
    ],
  );
  return rows[0];
}

export async function findCustomer(db: Queryable, id: string): Promise<Customer | undefined> {
  const { rows } = await db.query<Customer>(`select ${COLUMNS} from customers c where c.id = $1`, [id]);
  return rows[0];
}

/** Throws `store.conflict` when somebody else has this identity. */
export async function addIdentity(db: Queryable, customerId: string, identity: Identity): Promise<void> {
  await db.query('insert into customer_identities (kind, value, customer_id) values ($1, $2, $3)', [
    identity.kind,
    identity.value,
    customerId,
  ]);
}

export async function identitiesOf(db: Queryable, customerId: string): Promise<readonly Identity[]> {
  const { rows } = await db.query<Identity>(
    'select kind, value from customer_identities where customer_id = $1 order by kind, value',
    [customerId],
  );
  return rows;
}
