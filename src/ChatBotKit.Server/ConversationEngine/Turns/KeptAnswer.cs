using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// The idempotency record of a request: the response to repetitions with the same key. It is stored with the effect of the first
/// request.
/// </summary>
/// <param name="Scope">The scope of the credential.</param>
/// <param name="Key">The key.</param>
/// <param name="RequestHash">SHA-256 of the request.</param>
/// <param name="Response">The JSON body of the response; null when it is built again from <paramref name="ResultId"/>.</param>
/// <param name="ResultId">The id of the run or message from which the response is built.</param>
/// <param name="CreatedAt">The time of the request, in Unix milliseconds.</param>
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
