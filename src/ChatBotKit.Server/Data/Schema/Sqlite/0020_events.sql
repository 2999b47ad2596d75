-- The event log. It refers to nothing, because it outlives what its entries are about. It has no index but its key: an index per
-- resource would cost a new message more than the message itself.
CREATE TABLE "Events" (
    "AccountId" TEXT NOT NULL,
    -- The time in milliseconds times 2 to the power of 21, plus a counter. So the rows are stored in the order of their times.
    "Number" INTEGER NOT NULL,
    "Type" TEXT NOT NULL,
    "ConversationId" TEXT NULL,
    "ContactId" TEXT NULL,
    "BotId" TEXT NULL,
    "TaskId" TEXT NULL,
    -- The other resources that the event is about, as a JSON object.
    "Links" TEXT NULL,
    "Meta" TEXT NULL,
    PRIMARY KEY ("AccountId", "Number")
) STRICT, WITHOUT ROWID;

-- In which spans of about four seconds there are events of a type, or about a resource. Filters read only these spans of the log.
CREATE TABLE "EventSpans" (
    "AccountId" TEXT NOT NULL,
    "Target" TEXT NOT NULL,
    -- The number of an event divided by 2 to the power of 33.
    "Span" INTEGER NOT NULL,
    PRIMARY KEY ("AccountId", "Target", "Span")
) STRICT, WITHOUT ROWID;
