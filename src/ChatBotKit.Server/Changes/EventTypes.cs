namespace ChatBotKit.Server.Changes;

/// <summary>The types of events that are not simply the creation, update or deletion of a resource.</summary>
internal static class EventTypes
{
    public const string ConversationCreate = "conversation.create";

    public const string ConversationUpdate = "conversation.update";

    public const string ConversationDelete = "conversation.delete";

    public const string MessageCreate = "message.create";

    public const string MessageUpdate = "message.update";

    public const string MessageDelete = "message.delete";

    /// <summary>The bot has answered: a run has stored its answer.</summary>
    public const string MessageSent = "message.sent";
}
