-- Conversations by what they refer to: for lists, and for the deletion of what is referred to. Only bots are shared between accounts.
CREATE INDEX "IX_Conversations_BotId" ON "Conversations" ("BotId", "AccountId", "CreatedAt", "Id") WHERE "BotId" IS NOT NULL;
CREATE INDEX "IX_Conversations_TaskId" ON "Conversations" ("TaskId", "CreatedAt", "Id") WHERE "TaskId" IS NOT NULL;
CREATE INDEX "IX_Conversations_DatasetId" ON "Conversations" ("DatasetId") WHERE "DatasetId" IS NOT NULL;
CREATE INDEX "IX_Conversations_SkillsetId" ON "Conversations" ("SkillsetId") WHERE "SkillsetId" IS NOT NULL;
CREATE INDEX "IX_Conversations_SpaceId" ON "Conversations" ("SpaceId") WHERE "SpaceId" IS NOT NULL;
