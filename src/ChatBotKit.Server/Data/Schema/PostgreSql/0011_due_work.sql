-- Items of work that are due at a time. A worker that takes an item moves its due time to the end of the lease and increases its fencing
-- token. A worker that settles an item names the token, so that a worker that lost its lease changes nothing.
CREATE TABLE "DueWork" (
    "Kind" text COLLATE "C" NOT NULL,
    "Key" text COLLATE "C" NOT NULL,
    -- The time from which a worker may take the item: the scheduled time, the next attempt after a failure, or the end of the lease.
    -- NULL for a dead letter.
    "DueAt" bigint NULL,
    -- The time for which the item was scheduled. Neither a lease nor a retry changes it.
    "ScheduledAt" bigint NOT NULL,
    "Token" bigint NOT NULL,
    "Attempt" bigint NOT NULL,
    "Payload" text COLLATE "C" NOT NULL,
    -- The process that holds the lease; NULL when there is no lease.
    "Owner" text COLLATE "C" NULL,
    "LastError" text COLLATE "C" NULL,
    "LastErrorAt" bigint NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "PK_DueWork" PRIMARY KEY ("Kind", "Key")
) WITH (autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX "IX_DueWork_DueAt" ON "DueWork" ("Kind", "DueAt") WHERE "DueAt" IS NOT NULL;
CREATE INDEX "IX_DueWork_List" ON "DueWork" ("CreatedAt", "Kind", "Key");
CREATE INDEX "IX_DueWork_Dead" ON "DueWork" ("CreatedAt", "Kind", "Key") WHERE "DueAt" IS NULL;
CREATE INDEX "IX_DueWork_Owner" ON "DueWork" ("Owner") WHERE "Owner" IS NOT NULL;
