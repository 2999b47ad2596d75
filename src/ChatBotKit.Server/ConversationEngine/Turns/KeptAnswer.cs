using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// What a request is answered with that is repeated with its idempotency key. It is stored with the effect of the first one.
/// </summary>
/// <param name="Scope">The credential that sent the key.</param>
/// <param name="Key">The key.</param>
/// <param name="RequestHash">SHA-256 of what the key was sent with.</param>
/// <param name="Response">The JSON body of the answer; null when it is made anew from <paramref name="ResultId"/>.</param>
/// <param name="ResultId">The id of the run or message that the answer is made from.</param>
/// <param name="CreatedAt">When the request came, in Unix milliseconds.</param>
internal sealed record KeptAnswer(
    string Scope, string Key, byte[] RequestHash, byte[]? Response, string? ResultId, long CreatedAt)
{
    public IdempotencyRow ToRow() => new()
    {
        Scope = Scope,
        Key = Key,
        RequestHash = RequestHash,
        Response = Response,
        ResultId = ResultId,
        CreatedAt = CreatedAt,
    };
}
