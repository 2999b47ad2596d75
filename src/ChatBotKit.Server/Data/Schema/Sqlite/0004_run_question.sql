ALTER TABLE "Runs" ADD "QuestionEntities" TEXT NULL;
ALTER TABLE "Runs" ADD "QuestionId" TEXT NULL;
ALTER TABLE "Runs" ADD "QuestionText" TEXT NULL;
