-- The event log. It refers to nothing, because it outlives what its entries are about.
CREATE TABLE "Events" (
    "AccountId" TEXT NOT NULL,
    -- The time in milliseconds times 2 to the power of 21, plus a counter. So the rows are stored in the order of their times.
    "Number" INTEGER NOT NULL,
    "Type" TEXT NOT NULL,
    "ConversationId" TEXT NULL,
    "ContactId" TEXT NULL,
    "BotId" TEXT NULL,
    "TaskId" TEXT NULL,
    -- The other resources that the event is about, as a JSON object. Events about messages, which are most of all, have none.
    "Links" TEXT NULL,
    "Meta" TEXT NULL,
    PRIMARY KEY ("AccountId", "Number")
) STRICT, WITHOUT ROWID;
CREATE INDEX "IX_Events_Type" ON "Events" ("AccountId", "Type", "Number");
-- Only bots are shared between accounts.
CREATE INDEX "IX_Events_ConversationId" ON "Events" ("ConversationId", "Number") WHERE "ConversationId" IS NOT NULL;
CREATE INDEX "IX_Events_ContactId" ON "Events" ("ContactId", "Number") WHERE "ContactId" IS NOT NULL;
CREATE INDEX "IX_Events_BotId" ON "Events" ("BotId", "AccountId", "Number") WHERE "BotId" IS NOT NULL;
CREATE INDEX "IX_Events_TaskId" ON "Events" ("TaskId", "Number") WHERE "TaskId" IS NOT NULL;
CREATE INDEX "IX_Events_Meta" ON "Events" ("AccountId", "Number") WHERE "Meta" IS NOT NULL;

-- The resources in the column Links, for filters.
CREATE TABLE "EventLinks" (
    "AccountId" TEXT NOT NULL,
    "TargetId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    PRIMARY KEY ("AccountId", "TargetId", "Number")
) STRICT, WITHOUT ROWID;
