namespace ChatBotKit.Server.Changes;

/// <summary>What happened to something that is stored.</summary>
internal enum ChangeKind
{
    Created,
    Updated,
    Deleted,

    /// <summary>A credential is refused from now on; it is still there to be looked at.</summary>
    Revoked,

    /// <summary>A credential opens something else from now on, so what it has open may be nothing that it opens any more.</summary>
    Reauthorized,
}

/// <summary>
/// Says that something is no longer as it was; published once that is durable. It is data alone, so that it can be sent to another
/// process.
/// </summary>
/// <param name="Kind">What changed: one of <see cref="ChangedKinds"/>, or a kind of resources such as <c>bot</c>.</param>
/// <param name="Id">Its id.</param>
/// <param name="AccountId">The account that owns it; empty for what belongs to the server as a whole.</param>
/// <param name="What">What happened.</param>
internal readonly record struct Change(string Kind, string Id, string AccountId, ChangeKind What)
{
    /// <summary>The conversation that it belongs to; null for what belongs to none.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The contact that a conversation is with from now on; null for nobody.</summary>
    public string? ContactId { get; init; }
}

/// <summary>What changes besides resources.</summary>
internal static class ChangedKinds
{
    public const string Conversation = "conversation";

    /// <summary>A message that somebody has edited or deleted. A new message is no change: the conversation that stores it knows it.</summary>
    public const string Message = "message";

    public const string Session = "session";

    public const string ApiToken = "apiToken";

    public const string SigningKey = "signingKey";

    public const string Account = "account";

    /// <summary>Work was stored, or is due at another time than before. The id is the kind of work.</summary>
    public const string DueWork = "dueWork";
}
