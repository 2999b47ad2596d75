ALTER TABLE "Attachments" ADD "SessionId" TEXT NULL;
