namespace ChatBotKit;

/// <summary>Specifies which conversations data is extracted from now.</summary>
public sealed record IntegrationExtractTriggerRequest
{
    /// <summary>Gets the conversations; null for the newest ones.</summary>
    public IReadOnlyList<string>? ConversationIds { get; init; }

    /// <summary>Gets how many of the newest conversations to take, 1 to 100. Default: 20.</summary>
    public int? Sample { get; init; }
}

/// <summary>The work that was begun.</summary>
public sealed record IntegrationExtractTriggerResponse : ApiObject
{
    /// <summary>Gets the id of the integration.</summary>
    public required string Id { get; init; }

    /// <summary>Gets how many conversations to process.</summary>
    public required int Triggered { get; init; }
}
