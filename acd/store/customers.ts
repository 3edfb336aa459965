import { randomUUID } from 'node:crypto';
import type { Database, Queryable } from './database.ts';
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

/** The customer with this identity, or undefined. */
export async function findCustomerByIdentity(db: Queryable, identity: Identity): Promise<Customer | undefined> {
  const { rows } = await db.query<Customer>(
    `select ${COLUMNS} from customer_identities i join customers c on c.id = i.customer_id where i.kind = $1 and i.value = $2`,
    [identity.kind, identity.value],
  );
  return rows[0];
}

/**
 * The customer with this identity, made when there is none. Two calls of one new number at the same moment get the same customer:
 * the second waits for the first by a lock on the identity.
 */
export async function customerOfIdentity(
  db: Database,
  identity: Identity,
): Promise<{ readonly customer: Customer; readonly isNew: boolean }> {
  const known = await findCustomerByIdentity(db, identity);
  if (known) return { customer: known, isNew: false };
  return db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `customer ${identity.kind} ${identity.value}`,
    ]);
    const meanwhile = await findCustomerByIdentity(tx, identity);
    if (meanwhile) return { customer: meanwhile, isNew: false };
    const customer = await insertCustomer(tx, {});
    await addIdentity(tx, customer.id, identity);
    return { customer, isNew: true };
  });
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
