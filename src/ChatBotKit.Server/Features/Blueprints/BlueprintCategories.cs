using ChatBotKit.Server.Resources;

namespace ChatBotKit.Server.Features.Blueprints;

/// <summary>The kinds that can be part of a blueprint, by the names that they have in exports. They follow from the declarations.</summary>
internal sealed class BlueprintCategories(ResourceKinds kinds)
{
    private readonly Lazy<IReadOnlyList<ResourceKind>> _all = new(() =>
        [.. kinds.All.Where(kind => !kind.IsOfUser && kind.Fields.IsReference(ResourceFields.BlueprintId))]);

    public IReadOnlyList<ResourceKind> All => _all.Value;

    /// <summary>The names of the links to a blueprint in the index.</summary>
    public IReadOnlyList<string> Links => field ??= [.. All.Select(LinkOf)];

    /// <summary>The links of kinds with children that belong to the blueprint of their parent.</summary>
    public IReadOnlyList<string> ParentLinks => field ??=
        [.. All.Where(kind => All.Any(child => child.Parent == kind.Name)).Select(LinkOf)];

    /// <summary>Returns the name of a kind in exports: <c>bot</c>, <c>slackIntegration</c>.</summary>
    public static string NameOf(ResourceKind kind)
    {
        var words = kind.Name.Split('.');
        return words[^1] + string.Concat(words[..^1].Reverse().Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>Returns the kind of a name; null when no resource of that name can be part of a blueprint.</summary>
    public ResourceKind? Find(string category) => All.FirstOrDefault(kind => NameOf(kind) == category);

    private static string LinkOf(ResourceKind kind) =>
        kind.Fields.LinkOf(kind.Fields.References.Single(reference => reference.Field == ResourceFields.BlueprintId));
}
