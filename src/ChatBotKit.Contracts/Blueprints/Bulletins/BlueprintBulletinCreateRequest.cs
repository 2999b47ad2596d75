namespace ChatBotKit;

/// <summary>A request to write a note for all bots of a blueprint.</summary>
public sealed record BlueprintBulletinCreateRequest
{
    /// <summary>Gets the text, 1 to 4000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the lifetime of the note in seconds, 1 to 604800. Default: 86400, a day.</summary>
    public int? Ttl { get; init; }
}

/// <summary>The note that was created.</summary>
public sealed record BlueprintBulletinCreateResponse : ApiObject
{
    /// <summary>Gets the id of the blueprint.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the note.</summary>
    public required BlueprintBulletinItem Bulletin { get; init; }
}
