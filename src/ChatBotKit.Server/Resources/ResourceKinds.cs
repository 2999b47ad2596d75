using System.Collections.Frozen;

namespace ChatBotKit.Server.Resources;

/// <summary>The kinds that the server has.</summary>
internal sealed class ResourceKinds(IReadOnlyList<ResourceKind> kinds)
{
    private readonly FrozenDictionary<string, ResourceKind> _byName = kinds.ToFrozenDictionary(kind => kind.Name);

    private FrozenDictionary<string, ResourceReference>? _links;

    public IReadOnlyList<ResourceKind> All => kinds;

    /// <summary>Every link that a document can have, by its name in the index.</summary>
    public FrozenDictionary<string, ResourceReference> Links => _links ??= kinds
        .SelectMany(kind => kind.Fields.References.Select(reference => KeyValuePair.Create(kind.Fields.LinkOf(reference), reference)))
        .ToFrozenDictionary();

    public ResourceKind? Find(string name) => _byName.GetValueOrDefault(name);
}
