ALTER TABLE "SigningKeys" ADD "ActiveFrom" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Sessions" ADD "DurationInSeconds" INTEGER NOT NULL DEFAULT 3600;
ALTER TABLE "Sessions" ADD "FirstUsedAt" INTEGER NULL;
ALTER TABLE "Sessions" ADD "Generation" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "Sessions" ADD "Limits" TEXT NULL;
ALTER TABLE "Sessions" ADD "Meta" TEXT NULL;
ALTER TABLE "Sessions" ADD "PreviousUntil" INTEGER NULL;
ALTER TABLE "Sessions" ADD "RefreshedAt" INTEGER NULL;
ALTER TABLE "Sessions" ADD "UsedAttachmentBytes" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Sessions" ADD "UsedMessages" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Sessions" ADD "UsedTokens" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Runs" ADD "SessionId" TEXT NULL;

CREATE TABLE "AuditRecords" (
    "AccountId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Id" TEXT NULL,
    "Type" TEXT NOT NULL,
    "Code" TEXT NULL,
    "ActorKind" TEXT NOT NULL,
    "ActorId" TEXT NULL,
    "SessionId" TEXT NULL,
    "ConversationId" TEXT NULL,
    "ContactId" TEXT NULL,
    "Address" TEXT NULL,
    "Origin" TEXT NULL,
    "Count" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "PreviousHash" BLOB NOT NULL,
    "Hash" BLOB NOT NULL,
    CONSTRAINT "PK_AuditRecords" PRIMARY KEY ("AccountId", "Number")
);
CREATE INDEX "IX_Sessions_ContactId" ON "Sessions" ("ContactId");
CREATE UNIQUE INDEX "IX_AuditRecords_Id" ON "AuditRecords" ("Id");
CREATE INDEX "IX_AuditRecords_SessionId" ON "AuditRecords" ("SessionId");
