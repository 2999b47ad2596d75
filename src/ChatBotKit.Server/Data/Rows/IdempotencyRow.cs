namespace ChatBotKit.Server.Data.Rows;

/// <summary>
/// The response to a request with an idempotency key. It is written in the transaction of the request's effect, so that a repeated
/// request finds either both or neither.
/// </summary>
internal sealed class IdempotencyRow
{
    /// <summary>The credential of the request. Keys of different callers never collide.</summary>
    public required string Scope { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of verb, path and body. A key that returns with another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The JSON body of the response; null when the response is built again from <see cref="ResultId"/>.</summary>
    public byte[]? Response { get; init; }

    /// <summary>
    /// The run whose log is the response, or the session whose token is signed again. So streams are not stored twice, and secrets
    /// are not stored at all.
    /// </summary>
    public string? ResultId { get; init; }

    public required long CreatedAt { get; init; }
}
