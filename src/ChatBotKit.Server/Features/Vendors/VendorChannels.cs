using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Vendors;

/// <summary>Refuses what needs the service of a vendor, with which this server does not talk.</summary>
internal sealed class VendorChannels(IStore store, ResourceKinds kinds)
{
    /// <param name="vendor">The name of the service.</param>
    /// <param name="kind">The kind of the integration.</param>
    /// <param name="parameter">The parameter of the path with the integration.</param>
    /// <param name="context">The request.</param>
    /// <returns>Nothing; the request is always refused.</returns>
    /// <exception cref="ApiException">404: the caller has no such integration; 422 for every other one.</exception>
    public async Task<IResult> RefuseAsync(string vendor, string kind, string parameter, HttpContext context)
    {
        await FindAsync(kind, parameter, context);
        throw new ApiException(
            ErrorCode.UnprocessableEntity,
            $"This server does not connect to {vendor}. The integration is stored, so that it can be moved to a server that does.");
    }

    /// <summary>Answers a setup that has nothing to do.</summary>
    /// <exception cref="ApiException">404: the caller has no such integration.</exception>
    public async Task<JsonAnswer<IdResponse>> SetUpAsync(string kind, string parameter, HttpContext context) =>
        JsonAnswer.Of(new IdResponse { Id = (await FindAsync(kind, parameter, context)).Id });

    private async Task<ResourceRow> FindAsync(string kind, string parameter, HttpContext context)
    {
        var (id, accountId) = (context.PathValue(parameter), context.Caller().AccountId);
        return await store.QueryAsync(db => db.FindOwnAsync(kind, id, accountId), context.RequestAborted)
            ?? throw ApiException.NotFound(kinds.Find(kind)!.Title);
    }
}
