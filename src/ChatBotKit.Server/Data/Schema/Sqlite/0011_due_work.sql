-- What is to be done at a time. Who takes an item moves its time to the end of the lease and raises its token; who finishes it names
-- the token, so that a worker whose lease is over changes nothing.
CREATE TABLE "DueWork" (
    "Kind" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    -- When it is looked at next: its time, the next try after a failure, or the end of the lease. None for a dead letter.
    "DueAt" INTEGER NULL,
    -- The time that it was meant for, which neither a lease nor a failure moves.
    "ScheduledAt" INTEGER NOT NULL,
    "Token" INTEGER NOT NULL,
    "Attempt" INTEGER NOT NULL,
    "Payload" TEXT NOT NULL,
    -- The process that holds the lease.
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
