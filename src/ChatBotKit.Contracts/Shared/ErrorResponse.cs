namespace ChatBotKit;

/// <summary>The body of every failed call, and the data of an error event.</summary>
public sealed record ErrorResponse : ApiObject
{
    /// <summary>Gets the message.</summary>
    public required string Message { get; init; }

    /// <summary>Gets the error code: one of <see cref="ErrorCodes"/>, or one that this version does not know. Rarely null.</summary>
    public string? Code { get; init; }
}
