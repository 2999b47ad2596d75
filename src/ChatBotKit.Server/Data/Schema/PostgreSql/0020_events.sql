-- The event log. It refers to nothing, because it outlives what its entries are about. It has no index but its key: an index per
-- resource would cost a new message more than the message itself.
CREATE TABLE "Events" (
    "AccountId" text COLLATE "C" NOT NULL,
    -- The time in milliseconds times 2 to the power of 21, plus a counter. So the key sorts the rows by their times.
    "Number" bigint NOT NULL,
    "Type" text COLLATE "C" NOT NULL,
    "ConversationId" text COLLATE "C" NULL,
    "ContactId" text COLLATE "C" NULL,
    "BotId" text COLLATE "C" NULL,
    "TaskId" text COLLATE "C" NULL,
    -- The other resources that the event is about, as a JSON object.
    "Links" text COLLATE "C" NULL,
    "Meta" text COLLATE "C" NULL,
    CONSTRAINT "PK_Events" PRIMARY KEY ("AccountId", "Number")
);

-- In which spans of about four seconds there are events of a type, or about a resource. Filters read only these spans of the log. A row
-- may be there several times: lanes that insert the same row would wait for each other if the index were unique.
CREATE TABLE "EventSpans" (
    "AccountId" text COLLATE "C" NOT NULL,
    "Target" text COLLATE "C" NOT NULL,
    -- The number of an event divided by 2 to the power of 33.
    "Span" bigint NOT NULL
);
CREATE INDEX "IX_EventSpans" ON "EventSpans" ("AccountId", "Target", "Span");
