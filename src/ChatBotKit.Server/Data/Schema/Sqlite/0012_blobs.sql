-- The bytes of an attachment are a blob, which is a file with the name "BlobId" in the directory attachments. NULL until they are uploaded.
-- Until now, the file had the name of the attachment's id.
ALTER TABLE "Attachments" ADD COLUMN "BlobId" TEXT NULL;
UPDATE "Attachments" SET "BlobId" = "Id" WHERE "Stored";
ALTER TABLE "Attachments" DROP COLUMN "Stored";
CREATE UNIQUE INDEX "IX_Attachments_BlobId" ON "Attachments" ("BlobId") WHERE "BlobId" IS NOT NULL;
