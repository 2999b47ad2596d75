namespace ChatBotKit.Server.Data.Rows;

/// <summary>The data that an integration has extracted from one conversation.</summary>
internal sealed record ExtractItemRow
{
    /// <summary>The id, which follows from the integration and the conversation.</summary>
    public required string Id { get; init; }

    public required string IntegrationId { get; init; }

    public required string ConversationId { get; init; }

    /// <summary>The data as JSON text, an object.</summary>
    public required string Data { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }
}
