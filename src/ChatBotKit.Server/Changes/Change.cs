namespace ChatBotKit.Server.Changes;

/// <summary>How something that is stored has changed.</summary>
internal enum ChangeKind
{
    Created,
    Updated,
    Deleted,

    /// <summary>A credential was revoked: it is refused from now on, but can still be read.</summary>
    Revoked,

    /// <summary>A credential has different rights from now on, so its open streams may no longer be allowed.</summary>
    Reauthorized,
}

/// <summary>
/// A change of something that is stored. It is published once it is durable. It holds only data, so that it can be sent to another
/// process.
/// </summary>
/// <param name="Kind">The kind of the changed thing: one of <see cref="ChangedKinds"/>, or a kind of resources such as <c>bot</c>.</param>
/// <param name="Id">The id of the changed thing.</param>
/// <param name="AccountId">The account that owns it; empty for what belongs to the server as a whole.</param>
/// <param name="What">How it has changed.</param>
internal readonly record struct Change(string Kind, string Id, string AccountId, ChangeKind What)
{
    /// <summary>The conversation of the changed thing; null when it belongs to none.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The contact of the changed conversation; null when it has none.</summary>
    public string? ContactId { get; init; }

    /// <summary>Whether it is a part of another change, such as the start of a task, which has its own entry in the event log.</summary>
    public bool IsPart { get; init; }

    /// <summary>The new entry of the event log; null for any other change.</summary>
    public EventEntry? Event { get; init; }
}

/// <summary>The kinds of changed things that are not resources.</summary>
internal static class ChangedKinds
{
    public const string Conversation = "conversation";

    /// <summary>
    /// A message that was edited or deleted. Storing a new message is no change, because the conversation that stores it holds it
    /// already.
    /// </summary>
    public const string Message = "message";

    public const string Session = "session";

    public const string ApiToken = "apiToken";

    public const string SigningKey = "signingKey";

    public const string Account = "account";

    /// <summary>A record of a dataset was stored, changed or deleted. The id is that of the dataset.</summary>
    public const string Record = "record";

    /// <summary>An entry was added to the event log of the account. The change has the entry, and no id.</summary>
    public const string Event = "event";

    /// <summary>Work was stored, or is due at another time than before. The id is the kind of work.</summary>
    public const string DueWork = "dueWork";
}
