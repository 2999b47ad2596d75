namespace ChatBotKit;

/// <summary>The body of every failed call, and the data of an error event.</summary>
public sealed record ErrorResponse : ApiObject
{
    /// <summary>Gets what went wrong, for people.</summary>
    public required string Message { get; init; }

    /// <summary>Gets what went wrong, for programs: one of <see cref="ErrorCodes"/> or a newer one. Rarely null.</summary>
    public string? Code { get; init; }
}
