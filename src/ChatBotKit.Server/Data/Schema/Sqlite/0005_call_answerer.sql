ALTER TABLE "Messages" ADD "AnswerFrom" TEXT NULL;
