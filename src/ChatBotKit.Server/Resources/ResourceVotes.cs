using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;

namespace ChatBotKit.Server.Resources;

/// <summary>Stores votes on resources. A caller has one vote on each resource; a later one replaces it.</summary>
internal sealed class ResourceVotes(IStore store, TimeProvider time)
{
    /// <exception cref="ApiException">404: the resource does not exist.</exception>
    public async Task<IResult> AddAsync(ResourceRequest request, Vote vote, IdempotentCall call)
    {
        var row = await store.QueryAsync(request.FindUsableAsync, request.Cancelled);
        var response = new IdResponse { Id = row.Id };
        var (caller, now) = (request.Caller, time.GetUtcNow().ToUnixTimeMilliseconds());
        try
        {
            await store.ChangeAsync(
                async db =>
                {
                    await db.ExecuteAsync(
                        ResourceRatings.Put, DerivedId.Of("rating", caller.ScopeId, row.Id), caller.AccountId, row.Id, vote.Value, vote.Reason, now);
                    await db.RememberAsync(call.Answered(response));
                    return true;
                },
                request.Cancelled);
        }
        catch (MissingParentException)
        {
            throw ApiException.NotFound(request.Kind.Title);
        }

        return JsonAnswer.Of(response);
    }
}
