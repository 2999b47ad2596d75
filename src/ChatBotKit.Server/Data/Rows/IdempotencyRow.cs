namespace ChatBotKit.Server.Data.Rows;

/// <summary>
/// What was answered to a request that carried an idempotency key. It is written in the same transaction as the
/// request's effect, so that a repeated request finds either both or none.
/// </summary>
internal sealed class IdempotencyRow
{
    /// <summary>The credential that sent the key: keys of different callers never meet.</summary>
    public required string Scope { get; init; }

    public required string Key { get; init; }

    /// <summary>SHA-256 of verb, path and body: a key that comes back with another request is refused.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The JSON body of the answer; null when it is made anew from <see cref="ResultId"/>.</summary>
    public byte[]? Response { get; init; }

    /// <summary>
    /// The run whose log is the answer, or the session whose token is signed again: what streams is not kept twice, and
    /// what is secret is not kept at all.
    /// </summary>
    public string? ResultId { get; init; }

    public required long CreatedAt { get; init; }
}
