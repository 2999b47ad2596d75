-- Triggers and sitemaps that an earlier version stored have no next time. The first start computes it.
INSERT INTO "DueWork" ("Kind", "Key", "DueAt", "ScheduledAt", "Token", "Attempt", "Payload", "CreatedAt")
SELECT 'schedule-adoption', 'server', 0, 0, 0, 0, '', 0
WHERE EXISTS (SELECT 1 FROM "Resources" WHERE "Kind" IN ('integration.trigger', 'integration.sitemap'));

-- Every filter of the list of usage has an index with the order of the list, so that a filter that few records match reads few.
CREATE INDEX "IX_UsageRecords_ContactId" ON "UsageRecords" ("ContactId", "AccountId", "CreatedAt", "Id") WHERE "ContactId" IS NOT NULL;
CREATE INDEX "IX_UsageRecords_TaskId" ON "UsageRecords" ("TaskId", "AccountId", "CreatedAt", "Id") WHERE "TaskId" IS NOT NULL;
CREATE INDEX "IX_UsageRecords_Model" ON "UsageRecords" ("AccountId", "Model", "CreatedAt", "Id");
