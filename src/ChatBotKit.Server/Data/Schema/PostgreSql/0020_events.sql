-- The event log. It refers to nothing, because it outlives what its entries are about.
CREATE TABLE "Events" (
    "AccountId" text COLLATE "C" NOT NULL,
    -- The time in milliseconds times 2 to the power of 21, plus a counter. So the primary key has the rows in the order of their times.
    "Number" bigint NOT NULL,
    "Type" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NULL,
    "ContactId" text COLLATE "C" NULL,
    "BotId" text COLLATE "C" NULL,
    "TaskId" text COLLATE "C" NULL,
    -- The other resources that the event is about, as a JSON object. Events about messages, which are most of all, have none.
    "Links" text COLLATE "C" NULL,
    "Meta" text COLLATE "C" NULL,
    CONSTRAINT "PK_Events" PRIMARY KEY ("AccountId", "Number")
);
CREATE INDEX "IX_Events_Type" ON "Events" ("AccountId", "Type", "Number");
-- Only bots are shared between accounts.
CREATE INDEX "IX_Events_ConversationId" ON "Events" ("ConversationId", "Number") WHERE "ConversationId" IS NOT NULL;
CREATE INDEX "IX_Events_ContactId" ON "Events" ("ContactId", "Number") WHERE "ContactId" IS NOT NULL;
CREATE INDEX "IX_Events_BotId" ON "Events" ("BotId", "AccountId", "Number") WHERE "BotId" IS NOT NULL;
CREATE INDEX "IX_Events_TaskId" ON "Events" ("TaskId", "Number") WHERE "TaskId" IS NOT NULL;
CREATE INDEX "IX_Events_Meta" ON "Events" ("AccountId", "Number") WHERE "Meta" IS NOT NULL;

-- The resources in the column Links, for filters.
CREATE TABLE "EventLinks" (
    "AccountId" text COLLATE "C" NOT NULL,
    "TargetId" text COLLATE "C" NOT NULL,
    "Number" bigint NOT NULL,
    CONSTRAINT "PK_EventLinks" PRIMARY KEY ("AccountId", "TargetId", "Number")
);
