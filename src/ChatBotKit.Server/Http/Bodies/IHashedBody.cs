namespace ChatBotKit.Server.Http;

/// <summary>The body of a request, as a parameter of a handler.</summary>
internal interface IHashedBody
{
    /// <summary>SHA-256 of the bytes that came; may be null when the request carries no idempotency key.</summary>
    byte[]? Hash { get; }
}
