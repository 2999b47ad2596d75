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
    /// <exception cref="ApiException">404: the caller has no such integration; 422 for every other one.</exception>
    public async Task RefuseAsync(string vendor, string kind, string parameter, HttpContext context)
    {
        var (id, accountId) = (context.PathValue(parameter), context.Caller().AccountId);
        if (await store.QueryAsync(db => db.FindOwnAsync(kind, id, accountId), context.RequestAborted) is null)
            throw ApiException.NotFound(kinds.Find(kind)!.Title);
        throw new ApiException(
            ErrorCode.UnprocessableEntity,
            $"This server does not connect to {vendor}. The integration is stored, so that it can be moved to a server that does.");
    }
}
