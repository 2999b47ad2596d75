DROP INDEX "IX_LogBatches_CreatedAt";
ALTER TABLE "ApiTokens" ADD "ExpiresAt" INTEGER NULL;
ALTER TABLE "ApiTokens" ADD "KeyId" TEXT NULL;
ALTER TABLE "ApiTokens" ADD "LastUsedAt" INTEGER NULL;
