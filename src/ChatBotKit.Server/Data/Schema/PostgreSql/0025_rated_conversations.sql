-- The time at which the rated conversation was created, by which rated conversations are listed. It never changes.
ALTER TABLE "Ratings" ADD "ConversationAt" bigint NOT NULL DEFAULT 0;
UPDATE "Ratings" SET "ConversationAt" = coalesce((SELECT "CreatedAt" FROM "Conversations" WHERE "Id" = "Ratings"."ConversationId"), 0);
CREATE INDEX "IX_Ratings_Good" ON "Ratings" ("AccountId", "ConversationAt", "ConversationId") WHERE "Value" > 0;
CREATE INDEX "IX_Ratings_Bad" ON "Ratings" ("AccountId", "ConversationAt", "ConversationId") WHERE "Value" < 0;
