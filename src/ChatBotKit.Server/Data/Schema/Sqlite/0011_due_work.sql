-- Items of work that are due at a time. A worker that takes an item moves its due time to the end of the lease and increases its fencing
-- token. A worker that settles an item names the token, so that a worker that lost its lease changes nothing.
CREATE TABLE "DueWork" (
    "Kind" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    -- The time from which a worker may take the item: the scheduled time, the next attempt after a failure, or the end of the lease.
    -- NULL for a dead letter.
    "DueAt" INTEGER NULL,
    -- The time for which the item was scheduled. Neither a lease nor a retry changes it.
    "ScheduledAt" INTEGER NOT NULL,
    "Token" INTEGER NOT NULL,
    "Attempt" INTEGER NOT NULL,
    "Payload" TEXT NOT NULL,
    -- The process that holds the lease; NULL when there is no lease.
    "Owner" TEXT NULL,
    "LastError" TEXT NULL,
    "LastErrorAt" INTEGER NULL,
    "CreatedAt" INTEGER NOT NULL,
    PRIMARY KEY ("Kind", "Key")
) STRICT;
CREATE INDEX "IX_DueWork_DueAt" ON "DueWork" ("Kind", "DueAt") WHERE "DueAt" IS NOT NULL;
CREATE INDEX "IX_DueWork_List" ON "DueWork" ("CreatedAt", "Kind", "Key");
CREATE INDEX "IX_DueWork_Dead" ON "DueWork" ("CreatedAt", "Kind", "Key") WHERE "DueAt" IS NULL;
CREATE INDEX "IX_DueWork_Owner" ON "DueWork" ("Owner") WHERE "Owner" IS NOT NULL;
