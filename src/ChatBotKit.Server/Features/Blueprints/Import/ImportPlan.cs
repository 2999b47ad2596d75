using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;
using ChatBotKit.Server.Features.Uploads;
using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints.Import;

/// <summary>The rows and contents that an import stores.</summary>
/// <param name="BlueprintId">The blueprint.</param>
/// <param name="AccountId">Its account.</param>
/// <param name="Now">The time in Unix milliseconds.</param>
/// <param name="Blueprint">The blueprint, if the import creates it.</param>
/// <param name="Resources">The resources, parents before their children.</param>
/// <param name="Seeds">The contents of new resources.</param>
internal sealed record ImportPlan(
    string BlueprintId, string AccountId, long Now, (ResourceRow Row, ResourceContent Content)? Blueprint,
    IReadOnlyList<ImportedResource> Resources, IReadOnlyList<ImportSeed> Seeds)
{
    /// <summary>The rows that are inserted.</summary>
    public IReadOnlyList<(ResourceRow Row, IReadOnlyList<ResourceLink> Links)> Added()
    {
        var added = new List<(ResourceRow, IReadOnlyList<ResourceLink>)>();
        if (Blueprint is var (row, content))
            added.Add((row, content.Links));
        added.AddRange(Resources.Where(resource => resource.Existing is null).Select(resource => (resource.Row, resource.Content!.Links)));
        return added;
    }

    /// <summary>The rows that are changed.</summary>
    public IEnumerable<(ResourceRow Row, ResourceContent Content)> Updated() => Resources
        .Where(resource => resource is { Existing: not null, Content: not null }).Select(resource => (resource.Row, resource.Content!));

    public ContentRow RowOf(ImportSeed seed, ReceivedFile file) => new()
    {
        Id = Ids.New(Now),
        ResourceId = seed.Resource.Id,
        Path = seed.Path,
        AccountId = AccountId,
        ContentType = seed.ContentType,
        Size = file.Size,
        BlobId = file.BlobId,
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    /// <summary>Returns the response: the resources in the order of the request.</summary>
    public BlueprintResourcesResponse Response() => new()
    {
        Id = BlueprintId,
        Resources = BlueprintItems.Names(Resources.Select(resource => new BlueprintMember(resource.Kind, resource.Row))),
    };
}
