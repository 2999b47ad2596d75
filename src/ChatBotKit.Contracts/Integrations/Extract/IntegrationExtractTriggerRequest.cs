namespace ChatBotKit;

/// <summary>Specifies the conversations from which data is extracted.</summary>
public sealed record IntegrationExtractTriggerRequest
{
    /// <summary>Gets the conversations; null for the newest ones.</summary>
    public IReadOnlyList<string>? ConversationIds { get; init; }

    /// <summary>Gets how many of the newest conversations to process, 1 to 100. Default: 20.</summary>
    public int? Sample { get; init; }
}

/// <summary>The work that was started.</summary>
public sealed record IntegrationExtractTriggerResponse : ApiObject
{
    /// <summary>Gets the id of the integration.</summary>
    public required string Id { get; init; }

    /// <summary>Gets how many conversations to process.</summary>
    public required int Triggered { get; init; }
}
