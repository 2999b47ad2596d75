-- The bot of the conversation at the time of the turn, so that the usage of a bot outlives the conversation.
ALTER TABLE "UsageRecords" ADD "BotId" TEXT NULL;
UPDATE "UsageRecords" SET "BotId" = conversation."BotId"
FROM "Conversations" AS conversation
WHERE conversation."Id" = "UsageRecords"."ConversationId" AND conversation."BotId" IS NOT NULL;
CREATE INDEX "IX_UsageRecords_BotId_CreatedAt" ON "UsageRecords" ("BotId", "CreatedAt") WHERE "BotId" IS NOT NULL;
