-- The number of bytes of the stored contents of an account. It changes with them, so that a limit needs no sum.
ALTER TABLE "Accounts" ADD "ContentBytes" INTEGER NOT NULL DEFAULT 0;
UPDATE "Accounts" SET "ContentBytes" = stored."Bytes"
FROM (SELECT "AccountId", SUM("Size") AS "Bytes" FROM "Contents" WHERE "BlobId" IS NOT NULL GROUP BY "AccountId") AS stored
WHERE stored."AccountId" = "Accounts"."Id";
