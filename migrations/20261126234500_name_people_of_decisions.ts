import type { Knex } from 'knex';

/**
 * Which records a decision is about, and as which correspondents: there may be several of both. They stood
 * in decisions.person_id, one at most.
 */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table decision_people (
      decision_id bigint not null references decisions on delete cascade,
      person_id integer not null references people on delete cascade,
      -- As which correspondent of the email; '' where it names none.
      address text not null,
      primary key (decision_id, person_id, address)
    );
    create index decision_people_person on decision_people (person_id);
    insert into decision_people (decision_id, person_id, address)
    select d.id, d.person_id, coalesce(l.address, '')
      from decisions d
      left join email_people l on l.email_id = d.email_id and l.person_id = d.person_id
     where d.person_id is not null;
    alter table decisions drop column person_id;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    alter table decisions add column person_id integer references people on delete set null;
    update decisions d
       set person_id = (select min(n.person_id) from decision_people n where n.decision_id = d.id);
    drop table decision_people;
  `);
}
