using System.Text.Json;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.Data;

/// <summary>Decides who may use a resource besides its owner: related accounts when it is protected, everybody when it is public.</summary>
internal static class ResourceUse
{
    /// <summary>The field of a document with its visibility.</summary>
    public const string Field = "visibility";

    /// <summary>Whether the account may use the resource.</summary>
    public static ValueTask<bool> MayUseAsync(this ISqlSession db, ResourceRow row, string accountId) =>
        row.AccountId == accountId ? ValueTask.FromResult(true) : db.MayUseAsync(row.AccountId, VisibilityOf(row), accountId);

    /// <summary>Whether the account may use a resource with that owner and visibility.</summary>
    public static async ValueTask<bool> MayUseAsync(this ISqlSession db, string ownerId, string? visibility, string accountId) =>
        IsOpen(ownerId, visibility, accountId)
        || (visibility == Visibility.Protected.Value && await db.AnyAsync(ResourceQueries.AreRelated, accountId, ownerId));

    /// <summary>Whether the account may use a resource with that owner and visibility even if the two accounts are not related.</summary>
    public static bool IsOpen(string ownerId, string? visibility, string accountId) =>
        ownerId == accountId || visibility == Visibility.Public.Value;

    /// <summary>Whether everybody may use the resource, even without an account.</summary>
    public static bool IsPublic(ResourceRow row) => VisibilityOf(row) == Visibility.Public.Value;

    private static string? VisibilityOf(ResourceRow row)
    {
        using var document = JsonDocument.Parse(row.Data, JsonRules.Stored);
        return document.RootElement.TryGetProperty(Field, out var value) ? value.GetString() : null;
    }
}
