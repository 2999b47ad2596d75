namespace ChatBotKit.Server.Resources;

/// <summary>The kinds of resources.</summary>
internal sealed class ResourceKinds(IReadOnlyList<ResourceKind> kinds)
{
    private readonly Dictionary<string, ResourceKind> _byName = kinds.ToDictionary(kind => kind.Name);

    private Dictionary<string, ResourceReference>? _links;

    public IReadOnlyList<ResourceKind> All => kinds;

    /// <summary>Every link that a document can have, by its name in the index.</summary>
    public IReadOnlyDictionary<string, ResourceReference> Links => _links ??= kinds
        .SelectMany(kind => kind.Fields.References.Select(reference => KeyValuePair.Create(kind.Fields.LinkOf(reference), reference)))
        .ToDictionary();

    public ResourceKind? Find(string name) => _byName.GetValueOrDefault(name);
}
