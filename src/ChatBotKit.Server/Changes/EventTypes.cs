namespace ChatBotKit.Server.Changes;

/// <summary>The types of events that are not simply the creation, update or deletion of a resource.</summary>
internal static class EventTypes
{
    public const string ConversationCreate = "conversation.create";

    public const string ConversationUpdate = "conversation.update";

    public const string ConversationDelete = "conversation.delete";

    /// <summary>The conversation has had no new message for some time. Each quiet period has one such event.</summary>
    public const string ConversationIdle = "conversation.idle";

    public const string MessageCreate = "message.create";

    public const string MessageUpdate = "message.update";

    public const string MessageDelete = "message.delete";

    /// <summary>The bot has answered: a run has stored its answer.</summary>
    public const string MessageSent = "message.sent";

    public const string RecordCreate = "record.create";

    public const string RecordUpdate = "record.update";

    public const string RecordDelete = "record.delete";

    public const string DatasetSearch = "dataset.search";

    /// <summary>A file, or the body of a request, is being imported into a dataset.</summary>
    public const string ImportStart = "dataset.import.job.start";

    /// <summary>The import has ended. The event of one that has failed has <c>meta</c> with <c>failed</c>.</summary>
    public const string ImportFinish = "dataset.import.job.finish";

    public const string FileUpload = "file.upload";

    public const string FileDownload = "file.download";

    /// <summary>An execution of a task has begun.</summary>
    public const string TaskInteract = "task.interact";

    public const string TaskCompleted = "task.interact.completed";

    /// <summary>The task has no bot, or the execution was canceled.</summary>
    public const string TaskAborted = "task.interact.aborted";

    /// <summary>The task was to begin, but it was running.</summary>
    public const string TaskSkipped = "task.interact.skipped";

    /// <summary>The bot of a trigger has started to handle an event.</summary>
    public const string TriggerInteract = "integration.trigger.interact";

    /// <summary>The bot of a trigger could not handle an event.</summary>
    public const string TriggerAborted = "integration.trigger.interact.aborted";

    /// <summary>Extracted data was sent to the request of its integration.</summary>
    public const string ExtractRequest = "integration.extract.request";

    /// <summary>Extracted data could not be sent, and is not sent again.</summary>
    public const string ExtractRequestError = "integration.extract.request.error";

    /// <summary>A request was refused or has failed.</summary>
    public const string ApiError = "api.error";

    /// <summary>A note was added to a blueprint.</summary>
    public const string BulletinCreate = "blueprint.bulletin.create";

    /// <summary>An ability was executed; the name of its action follows. The event of one that has failed has <c>meta</c> with <c>failed</c>.</summary>
    public const string ActionPrefix = "action.";

    /// <summary>The types of the events of new messages that are stored together, and of a change of their conversation.</summary>
    public static IEnumerable<string> OfMessages(int count, bool isUpdate) =>
        Enumerable.Repeat(MessageCreate, count).Concat(isUpdate ? [ConversationUpdate] : []);
}
