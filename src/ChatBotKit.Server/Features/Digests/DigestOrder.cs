using System.Text.Json.Nodes;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Json;
using ChatBotKit.Server.ModelProviders.Models;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Digests;

/// <summary>An order to process conversations of the past with an integration.</summary>
/// <param name="Kind">The kind of the integration.</param>
/// <param name="WorkKind">The kind of the due work.</param>
/// <param name="IntegrationId">The id or alias of the integration.</param>
/// <param name="ConversationIds">The conversations; null for the newest ones of the integration's bot.</param>
/// <param name="Sample">How many of the newest conversations to process; null for the default.</param>
/// <param name="MaxConversations">The maximum number of conversations.</param>
internal sealed record DigestOrder(
    string Kind, string WorkKind, string IntegrationId, IReadOnlyList<string>? ConversationIds, int? Sample, int MaxConversations);

/// <summary>
/// Starts the processing of conversations: one item of due work for each. Conversations of tasks and of triggers are skipped, because no
/// person took part in them.
/// </summary>
internal sealed class DigestOrders(IStore store, ModelRegistry models, TimeProvider time)
{
    private const int DefaultSample = 20;

    /// <param name="order">The order.</param>
    /// <param name="require">Throws when the integration can't be used; it gets the settings.</param>
    /// <param name="respond">Creates the response for the id of the integration and the number of conversations.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="call">The request.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <exception cref="ApiException">
    /// 400: a field is invalid; 404: the caller has no such integration; 409: it has no bot whose conversations could be processed; 422: the
    /// server has no language model.
    /// </exception>
    public async Task<T> StartAsync<T>(
        DigestOrder order, Action<JsonObject> require, Func<string, int, T> respond, Caller caller, IdempotentCall call,
        CancellationToken cancellationToken)
    {
        var faults = new Faults();
        faults.CheckRange(order.Sample, 1, order.MaxConversations, "sample");
        if (order.ConversationIds?.Count > order.MaxConversations)
            faults.Add($"\"conversationIds\" may not have more than {order.MaxConversations} elements");
        faults.ThrowIfAny();
        var integration = await store.QueryAsync(db => db.FindOwnAsync(order.Kind, order.IntegrationId, caller.AccountId), cancellationToken)
            ?? throw ApiException.NotFound("Integration");
        var settings = ResourceEdit.Read(integration.Data);
        require(settings);
        if (!models.Resolve((string?)settings["model"]).Provider.FollowsInstructions)
            throw new ApiException(ErrorCode.UnprocessableEntity, "The built-in model only quotes texts. This integration needs a language model.");
        var ids = await FindAsync(order, (string?)settings["botId"], caller.AccountId, cancellationToken);
        var (now, response) = (time.GetUtcNow(), respond(integration.Id, ids.Count));
        await store.ChangeAsync(
            async db =>
            {
                foreach (var id in ids)
                    await db.EnsureDueWorkAsync(DueWorkRow.New(order.WorkKind, DigestSubject.KeyOf(integration.Id, id), now, now));
                await db.RememberAsync(call.Answered(response));
                return true;
            },
            cancellationToken);
        return response;
    }

    private async Task<IReadOnlyList<string>> FindAsync(DigestOrder order, string? botId, string accountId, CancellationToken cancellationToken)
    {
        if (order.ConversationIds is { } given)
        {
            return await store.QueryAsync<IReadOnlyList<string>>(
                async db =>
                {
                    var found = new List<string>();
                    foreach (var id in given.Distinct(StringComparer.Ordinal))
                    {
                        if (await db.FindConversationAsync(id, accountId) is { } conversation && DigestSubject.IsOfPeople(conversation))
                            found.Add(id);
                    }

                    return found;
                },
                cancellationToken);
        }

        if (botId is null)
            throw ApiException.Conflict("The integration has no bot. Name the conversations in \"conversationIds\", or give it a bot.");
        return await store.QueryAsync(
            db => db.ListNewestOfBotAsync(accountId, botId, order.Sample ?? DefaultSample), cancellationToken);
    }
}
