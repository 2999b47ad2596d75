using ChatBotKit.Server.Data;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Security;
using Microsoft.AspNetCore.Http;

namespace ChatBotKit.Server.Tests.Security;

/// <summary>An endpoint that mints, so that tests can go through the whole door.</summary>
internal static class SessionCreation
{
    public static Task<IResult> CreateAsync(
        string conversationId,
        JsonBody<SessionCreateRequest> body,
        HttpContext context,
        Idempotency idempotency,
        SessionMinter minter,
        IStore store,
        CancellationToken cancellationToken) =>
        idempotency.RunAsync(context, body.Hash, async call =>
        {
            var found = await store.LoadConversationAsync(conversationId, 1, cancellationToken)
                ?? throw ApiException.NotFound("Conversation");
            return JsonAnswer.Of(await minter.MintAsync(found.Conversation, body.Value.DurationInSeconds, call, cancellationToken));
        });
}
