-- The contact and task of the turn, its times in milliseconds, and the reason of its end, so that all of them outlive the conversation.
ALTER TABLE "UsageRecords" ADD "ContactId" TEXT NULL;
ALTER TABLE "UsageRecords" ADD "TaskId" TEXT NULL;
ALTER TABLE "UsageRecords" ADD "FirstToken" INTEGER NULL;
ALTER TABLE "UsageRecords" ADD "Duration" INTEGER NULL;
ALTER TABLE "UsageRecords" ADD "EndReason" TEXT NULL;
UPDATE "UsageRecords" SET "ContactId" = conversation."ContactId", "TaskId" = conversation."TaskId"
FROM "Conversations" AS conversation
WHERE conversation."Id" = "UsageRecords"."ConversationId" AND (conversation."ContactId" IS NOT NULL OR conversation."TaskId" IS NOT NULL);
CREATE INDEX "IX_UsageRecords_List" ON "UsageRecords" ("AccountId", "CreatedAt", "Id");
-- The indexes of conversations and bots also have the order of lists.
DROP INDEX "IX_UsageRecords_ConversationId_CreatedAt";
DROP INDEX "IX_UsageRecords_BotId_CreatedAt";
CREATE INDEX "IX_UsageRecords_ConversationId" ON "UsageRecords" ("ConversationId", "AccountId", "CreatedAt", "Id") WHERE "ConversationId" IS NOT NULL;
CREATE INDEX "IX_UsageRecords_BotId" ON "UsageRecords" ("BotId", "AccountId", "CreatedAt", "Id") WHERE "BotId" IS NOT NULL;

-- How many messages and tokens a conversation got on a day in UTC. The rows outlive the conversation.
CREATE TABLE "ConversationDays" (
    "AccountId" TEXT NOT NULL,
    -- The number of days since 1970-01-01.
    "Day" INTEGER NOT NULL,
    "ConversationId" TEXT NOT NULL,
    -- Bot, contact and task of the conversation at its first message of the day.
    "BotId" TEXT NULL,
    "ContactId" TEXT NULL,
    "TaskId" TEXT NULL,
    -- 1 on the day on which the conversation was created.
    "Started" INTEGER NOT NULL,
    "UserMessages" INTEGER NOT NULL,
    "BotMessages" INTEGER NOT NULL,
    "Activities" INTEGER NOT NULL,
    "OtherMessages" INTEGER NOT NULL,
    -- The tokens of the turns of the day, input and output together.
    "Tokens" INTEGER NOT NULL,
    PRIMARY KEY ("AccountId", "Day", "ConversationId")
) STRICT, WITHOUT ROWID;
INSERT INTO "ConversationDays"
SELECT conversation."AccountId", message."CreatedAt" / 86400000, conversation."Id",
    conversation."BotId", conversation."ContactId", conversation."TaskId",
    CASE WHEN conversation."CreatedAt" / 86400000 = message."CreatedAt" / 86400000 THEN 1 ELSE 0 END,
    sum(CASE WHEN message."Type" = 'user' THEN 1 ELSE 0 END), sum(CASE WHEN message."Type" = 'bot' THEN 1 ELSE 0 END),
    sum(CASE WHEN message."Type" = 'activity' THEN 1 ELSE 0 END),
    sum(CASE WHEN message."Type" IN ('user', 'bot', 'activity') THEN 0 ELSE 1 END), 0
FROM "Conversations" AS conversation JOIN "Messages" AS message ON message."ConversationId" = conversation."Id"
GROUP BY conversation."Id", message."CreatedAt" / 86400000;
-- Of conversations that were deleted, only their turns are known.
INSERT INTO "ConversationDays"
SELECT usage."AccountId", usage."CreatedAt" / 86400000, usage."ConversationId", max(usage."BotId"), NULL, NULL,
    CASE WHEN usage."CreatedAt" / 86400000 = (
        SELECT min(first."CreatedAt") / 86400000 FROM "UsageRecords" AS first WHERE first."ConversationId" = usage."ConversationId") THEN 1 ELSE 0 END,
    sum(CASE WHEN usage."Messages" > 1 THEN usage."Messages" - 1 ELSE 0 END), sum(CASE WHEN usage."Messages" > 0 THEN 1 ELSE 0 END), 0, 0,
    sum(usage."InputTokens" + usage."OutputTokens")
FROM "UsageRecords" AS usage
WHERE usage."ConversationId" IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM "Conversations" AS conversation WHERE conversation."Id" = usage."ConversationId")
GROUP BY usage."AccountId", usage."ConversationId", usage."CreatedAt" / 86400000;
INSERT INTO "ConversationDays"
SELECT conversation."AccountId", usage."CreatedAt" / 86400000, conversation."Id", conversation."BotId", conversation."ContactId", conversation."TaskId",
    0, 0, 0, 0, 0, sum(usage."InputTokens" + usage."OutputTokens")
FROM "UsageRecords" AS usage JOIN "Conversations" AS conversation ON conversation."Id" = usage."ConversationId"
WHERE TRUE GROUP BY conversation."Id", usage."CreatedAt" / 86400000
ON CONFLICT ("AccountId", "Day", "ConversationId") DO UPDATE SET "Tokens" = excluded."Tokens";
-- Runs without a conversation have no such rows.
CREATE INDEX "IX_UsageRecords_WithoutConversation" ON "UsageRecords" ("AccountId", "CreatedAt") WHERE "ConversationId" IS NULL;

-- Ratings of an account by their time.
CREATE INDEX "IX_Ratings_AccountId" ON "Ratings" ("AccountId", "CreatedAt", "Id");

-- What a policy of usage has done: until when its bots are blocked, and when it sent its last e-mail.
CREATE TABLE "PolicyStates" (
    "PolicyId" TEXT NOT NULL PRIMARY KEY REFERENCES "Resources" ("Id") ON DELETE CASCADE,
    "BlockedUntil" INTEGER NULL,
    "MailedAt" INTEGER NULL
) STRICT;
-- The policies of all accounts.
CREATE INDEX "IX_Resources_Policies" ON "Resources" ("Id") WHERE "Kind" = 'policy';
