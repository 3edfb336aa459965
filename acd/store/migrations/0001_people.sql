-- Who works here: users, what they may do, their sessions, and the agents among them.

create table users (
  id            text primary key,
  user_name     text not null,
  display_name  text not null,
  password_hash text not null,
  locale        text not null default 'zh-CN',
  disabled      boolean not null default false,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now()
);
create unique index users_user_name on users (lower(user_name));

create table roles (
  id          text primary key,
  name        text not null,
  permissions text[] not null default '{}'
);

create table user_roles (
  user_id text not null references users on delete cascade,
  role_id text not null references roles on delete cascade,
  primary key (user_id, role_id)
);

-- Only a hash of the token is kept: a copy of this table opens no session.
create table sessions (
  token_hash   text primary key,
  user_id      text not null references users on delete cascade,
  created_at   timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at   timestamptz not null
);
create index sessions_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);

create table agents (
  id         text primary key,
  user_id    text not null unique references users on delete cascade,
  phone_user text not null unique,
  active     boolean not null default true,
  created_at timestamptz not null default now()
);

-- What the switch is told about a registering phone: HA1 of RFC 2617, for a shift and not for ever.
create table phone_credentials (
  phone_user text primary key,
  realm      text not null,
  ha1        text not null,
  expires_at timestamptz not null
);

create table dispositions (
  id       text primary key,
  name_en  text not null,
  name_zh  text not null,
  position integer not null default 0,
  active   boolean not null default true
);

create table break_reasons (
  id       text primary key,
  name_en  text not null,
  name_zh  text not null,
  position integer not null default 0,
  active   boolean not null default true
);

create table audit (
  id          bigint generated always as identity primary key,
  at          timestamptz not null default now(),
  actor_id    text,
  action      text not null,
  object_kind text not null,
  object_id   text,
  detail      jsonb not null default '{}'
);
create index audit_at on audit (at desc, id desc);
create index audit_object on audit (object_kind, object_id, id desc);
