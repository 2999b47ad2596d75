using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Http;
using ChatBotKit.Server.Resources;
using ChatBotKit.Server.Security;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>Finds the space in the path of a request. It must belong to the caller.</summary>
internal static class StorageAccess
{
    /// <exception cref="ApiException">404: the space does not exist.</exception>
    public static ValueTask<ResourceRow> FindSpaceAsync(this IStore store, HttpContext context) =>
        store.QueryAsync(db => db.FindSpaceAsync(context, context.Caller()), context.RequestAborted);

    /// <exception cref="ApiException">404: the space does not exist.</exception>
    public static async ValueTask<ResourceRow> FindSpaceAsync(this ISqlSession db, HttpContext context, Caller caller) =>
        await db.FindOwnAsync(SpaceKind.Name, context.PathValue("spaceId"), caller.AccountId) ?? throw ApiException.NotFound("Space");
}
