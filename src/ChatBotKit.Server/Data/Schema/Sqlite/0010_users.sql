-- A user of a partner is an account whose parent is the partner's.
ALTER TABLE "Accounts" ADD "Description" TEXT NULL;
ALTER TABLE "Accounts" ADD "Image" TEXT NULL;
ALTER TABLE "Accounts" ADD "Meta" TEXT NULL;
ALTER TABLE "Accounts" ADD "UpdatedAt" INTEGER NULL;
-- The account is being deleted: nobody can use it any more, and what it owns goes bit by bit.
ALTER TABLE "Accounts" ADD "DeletedAt" INTEGER NULL;
CREATE INDEX "IX_Accounts_DeletedAt" ON "Accounts" ("DeletedAt") WHERE "DeletedAt" IS NOT NULL;
-- The address names an account in calls, so no two of a partner have the same.
UPDATE "Accounts" SET "Email" = lower("Email") WHERE "Email" IS NOT NULL;
CREATE UNIQUE INDEX "UX_Accounts_Email" ON "Accounts" ("ParentId", "Email") WHERE "Email" IS NOT NULL;

ALTER TABLE "ApiTokens" ADD "Description" TEXT NULL;
ALTER TABLE "ApiTokens" ADD "Config" TEXT NULL;
ALTER TABLE "ApiTokens" ADD "Meta" TEXT NULL;
ALTER TABLE "ApiTokens" ADD "UpdatedAt" INTEGER NULL;
-- Made for a session of a user: it is short-lived, and in no list.
ALTER TABLE "ApiTokens" ADD "IsSession" INTEGER NOT NULL DEFAULT 0;
