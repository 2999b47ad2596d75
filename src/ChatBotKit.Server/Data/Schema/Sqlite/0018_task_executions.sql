-- The executions of tasks. They are deleted with their task, and outlive their conversation.
CREATE TABLE "TaskExecutions" (
    "Id" TEXT NOT NULL PRIMARY KEY,
    "TaskId" TEXT NOT NULL REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "ConversationId" TEXT NULL REFERENCES "Conversations" ("Id") ON DELETE SET NULL,
    "Status" TEXT NOT NULL,
    "Outcome" TEXT NOT NULL,
    "Name" TEXT NULL,
    "Description" TEXT NULL,
    "Summary" TEXT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "UpdatedAt" INTEGER NOT NULL,
    "CompletedAt" INTEGER NULL
) STRICT;
CREATE INDEX "IX_TaskExecutions_List" ON "TaskExecutions" ("TaskId", "CreatedAt", "Id");
CREATE INDEX "IX_TaskExecutions_ConversationId" ON "TaskExecutions" ("ConversationId") WHERE "ConversationId" IS NOT NULL;

-- Tasks that an earlier version stored have no next run. The first start computes it.
INSERT INTO "DueWork" ("Kind", "Key", "DueAt", "ScheduledAt", "Token", "Attempt", "Payload", "CreatedAt")
SELECT 'task-adoption', 'server', 0, 0, 0, 0, '', 0 WHERE EXISTS (SELECT 1 FROM "Resources" WHERE "Kind" = 'task');
