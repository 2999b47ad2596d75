-- The executions of tasks. They are deleted with their task, and outlive their conversation.
CREATE TABLE "TaskExecutions" (
    "Id" text COLLATE "C" NOT NULL CONSTRAINT "PK_TaskExecutions" PRIMARY KEY,
    "TaskId" text COLLATE "C" NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "ConversationId" text COLLATE "C" NULL REFERENCES "Conversations" ("Id") ON DELETE SET NULL,
    "Status" text COLLATE "C" NOT NULL,
    "Outcome" text COLLATE "C" NOT NULL,
    "Name" text COLLATE "C" NULL,
    "Description" text COLLATE "C" NULL,
    "Summary" text COLLATE "C" NULL,
    "CreatedAt" bigint NOT NULL,
    "UpdatedAt" bigint NOT NULL,
    "CompletedAt" bigint NULL
);
CREATE INDEX "IX_TaskExecutions_List" ON "TaskExecutions" ("TaskId", "CreatedAt", "Id");
CREATE INDEX "IX_TaskExecutions_ConversationId" ON "TaskExecutions" ("ConversationId") WHERE "ConversationId" IS NOT NULL;

-- Tasks that an earlier version stored have no next run. The first start computes it.
INSERT INTO "DueWork" ("Kind", "Key", "DueAt", "ScheduledAt", "Token", "Attempt", "Payload", "CreatedAt")
SELECT 'task-adoption', 'server', 0, 0, 0, 0, '', 0 WHERE EXISTS (SELECT 1 FROM "Resources" WHERE "Kind" = 'task');
