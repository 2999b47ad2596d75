using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints;

/// <summary>A resource of a blueprint.</summary>
internal sealed record BlueprintMember(ResourceKind Kind, ResourceRow Row);

/// <summary>A blueprint with all of its resources, the oldest first.</summary>
internal sealed record BlueprintContents(ResourceRow Blueprint, IReadOnlyList<BlueprintMember> Members);

/// <summary>Reads blueprints with their resources, which are in memory together. Number and size are bounded.</summary>
internal sealed class BlueprintReading(IStore store, BlueprintCategories categories)
{
    /// <summary>The maximum number of resources that are read, imported or cloned together.</summary>
    public const int MaxResources = 1_000;

    /// <summary>The maximum size of their documents in bytes.</summary>
    public const long MaxBytes = 8 * 1024 * 1024;

    /// <summary>Reads a blueprint of the caller.</summary>
    /// <exception cref="ApiException">404: it does not exist; 429: it has too many resources.</exception>
    public Task<BlueprintContents> ReadOwnAsync(string address, string accountId, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FindOwnAsync(BlueprintKind.Name, address, accountId), cancellationToken);

    /// <summary>Reads a blueprint that the caller may use: an own one, or one that another account shares or publishes.</summary>
    /// <inheritdoc cref="ReadOwnAsync"/>
    public Task<BlueprintContents> ReadUsableAsync(string address, string accountId, CancellationToken cancellationToken) =>
        ReadAsync(db => db.FindUsableAsync(BlueprintKind.Name, address, accountId), cancellationToken);

    private async Task<BlueprintContents> ReadAsync(Func<ISqlSession, ValueTask<ResourceRow?>> find, CancellationToken cancellationToken)
    {
        var (blueprint, page) = await store.QueryAsync(
            async db => await find(db) is { } found
                ? (found, await db.ListMembersAsync(found.Id, categories.Links, categories.ParentLinks, MaxResources + 1, MaxBytes))
                : throw ApiException.NotFound("Blueprint"),
            cancellationToken);
        if (page.IsCut || page.Rows.Count > MaxResources)
        {
            throw ApiException.LimitsReached(
                $"The blueprint is too large: at most {MaxResources} resources of {MaxBytes} bytes in all can be read together");
        }

        var members = new List<BlueprintMember>(page.Rows.Count);
        foreach (var row in page.Rows)
        {
            if (categories.All.FirstOrDefault(kind => kind.Name == row.Kind) is { } kind && row.AccountId == blueprint.AccountId)
                members.Add(new BlueprintMember(kind, row));
        }

        return new BlueprintContents(blueprint, members);
    }
}
